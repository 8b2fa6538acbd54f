"""One door per status: a table of moves per subject, and `advance()` that runs it.

Buttons, blockers, permission tests, random walks and the trainer's explanations are drawn from the same tables.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from db.base import Base
from db.choice import Choice
from db.enums import Role
from services.refusals import NotAllowed, NotFound, NotNow, Refusal, WrongStatus
from services.work import Work
from services.workspace import Person

F = TypeVar("F")  # the facts conditions are judged by


@dataclass(frozen=True)
class Move(Generic[F]):
    """One thing that can be done to a subject.

    `after` None: the status stays. `detour`: where it goes instead when the predicate holds. `conditions` give the refusal
    that stands in the way, or None. `shown` says whether the move makes sense now at all. `row` is the row of process.md.
    `optional`: while it holds, the move can be made but is not the next step.
    """

    action: str
    label: str
    icon: str
    before: frozenset[Choice]
    after: Choice | None
    roles: tuple[Role, ...]
    row: str
    conditions: tuple[Callable[[F], Refusal | None], ...] = ()
    shown: Callable[[F], bool] | None = None
    detour: tuple[Callable[[F], bool], Choice] | None = None
    primary: bool = False
    optional: Callable[[F], bool] | None = None

    def target(self, facts: F, now: Choice) -> Choice:
        """The status the move leads to."""
        if self.detour and self.detour[0](facts):
            return self.detour[1]
        return self.after or now

    def fits(self, facts: F, status: Choice) -> bool:
        """Whether the move makes sense in this status, whoever asks."""
        return status in self.before and (self.shown is None or self.shown(facts))

    def blockers(self, facts: F) -> list[Refusal]:
        """What stands in the way, all of it."""
        return [refusal for condition in self.conditions if (refusal := condition(facts))]


@dataclass(frozen=True)
class Flow(Generic[F]):
    """All moves of one kind of subject, in the order of the process.

    `load` reads the facts of many rows in a fixed number of queries.
    """

    table: type[Base]
    moves: tuple[Move[F], ...]
    load: Callable[[Work, Sequence[Any]], dict[int, F]]

    def move(self, action: str) -> Move[F]:
        """The move of that name."""
        return next(m for m in self.moves if m.action == action)

    def possible(self, facts: F, status: Choice) -> list[Move[F]]:
        """Every move that makes sense now, in order; the first primary one is the next step."""
        return [m for m in self.moves if m.fits(facts, status)]

    def next_step(self, facts: F, status: Choice) -> Move[F] | None:
        """The one thing to do next."""
        return next_of(self.possible(facts, status), facts)


def next_of(moves: Sequence[Move[F]], facts: F, person: Person | None = None) -> Move[F] | None:
    """Of the moves that are possible the one to do next: for a `person` the first that is theirs, where one is."""
    steps = [m for m in moves if m.primary and not (m.optional and m.optional(facts))]
    mine = (m for m in steps if person and allowed(m, person))
    return next(mine, steps[0] if steps else None)


def allowed(move: Move[Any], person: Person) -> bool:
    """Whether the person's roles permit the move."""
    return person.has(*move.roles)


def advance(work: Work, flow: Flow[Any], key: int, action: str, **details: Any) -> Any:
    """Do `action` on the row with id `key`: lock it, check status, role and conditions, write, leave the event.

    Returns the locked row. Refuses with NotFound, WrongStatus (someone was faster), NotAllowed, or the first condition's refusal.
    """
    row: Any = work.lock(flow.table, key)
    move, facts = flow.move(action), flow.load(work, [row])[key]
    if row.status not in move.before:
        raise WrongStatus(status=row.status.label)
    if not allowed(move, work.by):
        raise NotAllowed(who=move.roles[0].label)
    if move.shown and not move.shown(facts):
        raise NotNow
    for refusal in move.blockers(facts):
        raise refusal
    before, row.status = row.status, move.target(facts, row.status)
    work.db.add(row)
    work.event(row, action, before.value, row.status.value, **details)
    work.known[_mark(work, flow, key)] = facts
    return row


def facts_of(work: Work, flow: Flow[F], key: int) -> F:
    """The facts of one row; those `advance` judged by, as long as nothing else was written since. Raises NotFound."""
    row, mark = work.get(flow.table, key), _mark(work, flow, key)
    work.db.flush()  # what was written since makes the work forget
    if mark not in work.known:
        found = flow.load(work, [row])
        if key not in found:
            raise NotFound
        work.known[mark] = found[key]
    facts: F = work.known[mark]
    return facts


def _mark(work: Work, flow: Flow[Any], key: int) -> tuple[Any, ...]:
    """Facts also tell who asks and when."""
    return flow.table, key, work.by.id, work.now
