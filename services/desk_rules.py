"""What a booking desk must not forget, as one table: which task follows from which state, until when, whose, with which results.

Tasks are never stored. What was settled already is taken off by the results (services/desk_tasks.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.enums import EXPECTED, Role
from db.enums import AppointmentStatus as S
from db.enums_desk import TaskKind as K
from db.enums_desk import TaskOutcome as O
from db.models import TaskResult
from services import permissions as may
from services.desk_stand import Stand
from services.i18n import N_

Moment = Callable[[Stand], datetime | None]
AT_ONCE = timedelta(days=3650)  # shown as soon as it arises
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OPEN = frozenset(EXPECTED)


@dataclass(frozen=True)
class Result:
    """One thing that can come of a task, with its button. `again`: the task comes back so long after; None settles it."""

    outcome: O
    label: str
    icon: str
    again: timedelta | None = None


@dataclass(frozen=True)
class Rule:
    """One kind of task.

    `due` says when; None while there is nothing to do. `lead`: shown so long before. `until`: pointless from then on.
    `since`: results before it are about something else; None: they count for the booked time they were for (`about_at`).
    `owner` None is the booking's advisor; `roles` may settle it. `row` is the row of process.md.
    """

    kind: K
    states: frozenset[S]
    due: Moment
    lead: timedelta
    roles: tuple[Role, ...]
    results: tuple[Result, ...]
    row: str
    owner: Role | None = None
    until: Moment | None = None
    since: Moment | None = None

    def counted(self, stand: Stand) -> list[TaskResult]:
        """What came of this very task so far, the oldest first."""
        mine = [one for one in stand.results if one.kind == self.kind]
        if self.since is None:
            return [one for one in mine if one.about_at == stand.row.starts_at]
        arose = self.since(stand)
        return [one for one in mine if arose is not None and one.at >= arose]

    def due_at(self, stand: Stand) -> datetime | None:
        """When it is due now, what came of it so far reckoned in; None when it is settled, pointless or does not arise."""
        due = self.due(stand) if stand.status in self.states else None
        end = self.until(stand) if self.until else None
        if due is None or (end is not None and (stand.now >= end or due >= end)):
            return None
        for one in self.counted(stand):
            again = self._again(one.outcome)
            if again is None:
                return None
            due = max(due, one.at + again)
        return due

    def is_shown(self, stand: Stand, due: datetime) -> bool:
        """Whether what is due then is on the list: some time before, but once it was put off only when it is due again."""
        return due <= stand.now or (due - self.lead <= stand.now and due == self.due(stand))

    def result(self, outcome: O) -> Result | None:
        """The result of that name, None when the task cannot come out so."""
        return next((one for one in self.results if one.outcome == outcome), None)

    def _again(self, outcome: O) -> timedelta | None:
        found = self.result(outcome)
        return found.again if found else None


def _stock(stand: Stand) -> datetime | None:
    return stand.asked_at + 5 * MINUTE if stand.row.stock_question else None


def _tell(stand: Stand) -> datetime | None:
    """The part cannot be had, by the answer of the store or because nothing is on order any more."""
    no = stand.last(K.STOCK, O.NO)
    said = no if no is not None and no >= stand.asked_at else None
    gone = stand.status == S.WAITING_PARTS and not stand.parts_open and stand.part_in_at is None
    return max((at for at in (said, stand.parts_dropped_at if gone else None) if at), default=None)


def _report(stand: Stand) -> datetime | None:
    return stand.row.created_at if stand.row.returns else None


def _confirm(stand: Stand) -> datetime | None:
    return stand.row.created_at + HOUR / 2


def _before(kind: K, days: int) -> Moment:
    """10:00 so many days before, unless the time was agreed later than that or a message does it."""

    def due(stand: Stand) -> datetime | None:
        at = stand.morning_before(days)
        return None if at is None or at < stand.agreed_at or kind in stand.reminded else at

    return due


def _early(stand: Stand) -> datetime | None:
    return _before(K.REMIND_EARLY, 2)(stand) if stand.days_ahead() > 3 else None


def _arrival(stand: Stand) -> datetime | None:
    at = stand.starts(-30)
    return None if at is None or at < stand.agreed_at else at


def _not_in(stand: Stand) -> datetime | None:
    return stand.morning_before(1) if stand.parts_open else None


def _part_in(stand: Stand) -> datetime | None:
    return None if stand.parts_open else stand.part_in_at


def _grace_over(stand: Stand) -> datetime | None:
    at = stand.starts()
    return at + stand.grace if at else None


def _next_day(stand: Stand) -> datetime | None:
    return None if stand.rebooked or stand.ended_at is None else stand.next_morning(stand.ended_at)


def _decided(stand: Stand) -> datetime | None:
    return stand.last(K.DECIDE, O.DONE)


def _offer(stand: Stand) -> datetime | None:
    wanted = _decided(stand)
    return None if stand.rebooked or wanted is None else wanted + 2 * HOUR


def _made(stand: Stand) -> datetime | None:
    return stand.row.created_at


def _asked(stand: Stand) -> datetime | None:
    return stand.asked_at


def _ended(stand: Stand) -> datetime | None:
    return stand.ended_at


def _not_reached(again: timedelta) -> Result:
    return Result(O.NOT_REACHED, N_("Not reached"), "phone_missed", again)


_TOLD = Result(O.DONE, N_("Told"), "check")
_NO = Result(O.NO, N_("Does not want to"), "thumb_down")
_STORE = (*may.ISSUES_PARTS, *may.BOOKS)
_STOCK = (
    Result(O.IN_STOCK, N_("It is there"), "check"),
    Result(O.ORDER, N_("Must be ordered"), "shopping_cart"),
    Result(O.NO, N_("Cannot be had"), "block"),
)
_DECISIONS = (Result(O.DONE, N_("Offer a new time"), "event_repeat"), Result(O.NO, N_("Leave it"), "block"))

RULES: tuple[Rule, ...] = (
    Rule(K.REPORT, OPEN, _report, AT_ONCE, may.MANAGES, (Result(O.DONE, N_("Seen"), "visibility"),), "B03",
         owner=Role.MANAGER, since=_made),
    Rule(K.STOCK, OPEN, _stock, AT_ONCE, _STORE, _STOCK, "B04", owner=Role.PARTS_CLERK, since=_asked),
    Rule(K.TELL, OPEN, _tell, AT_ONCE, may.BOOKS, (_TOLD, _not_reached(HOUR)), "B04", since=_tell),
    Rule(K.CONFIRM, frozenset({S.REQUESTED}), _confirm, AT_ONCE, may.BOOKS, (Result(O.DONE, N_("Confirm"), "event_available"),),
         "B08", since=_made),
    Rule(K.REMIND_EARLY, frozenset({S.CONFIRMED}), _early, 3 * HOUR, may.BOOKS, (_TOLD, _not_reached(3 * HOUR)), "B09",
         until=lambda stand: stand.morning_before(1)),
    Rule(K.REMIND, frozenset({S.CONFIRMED}), _before(K.REMIND, 1), 3 * HOUR, may.BOOKS, (_TOLD, _not_reached(2 * HOUR)), "B09",
         until=lambda stand: stand.starts(-60)),
    Rule(K.CONFIRM_ARRIVAL, frozenset({S.CONFIRMED}), _arrival, HOUR / 2, may.BOOKS,
         (Result(O.DONE, N_("On the way"), "directions_car"), _not_reached(10 * MINUTE)), "B09",
         until=lambda stand: stand.starts(-5)),
    Rule(K.GREET, frozenset({S.CONFIRMED}), lambda stand: stand.starts(-5), 10 * MINUTE, may.BOOKS,
         (Result(O.DONE, N_("Going out"), "waving_hand"),), "B09", until=_grace_over),
    Rule(K.MISSING, frozenset({S.CONFIRMED}), _grace_over, timedelta(), may.BOOKS,
         (Result(O.DONE, N_("On the way"), "directions_car", 15 * MINUTE), _not_reached(timedelta())), "B11"),
    Rule(K.PART_LATE, frozenset({S.WAITING_PARTS}), _not_in, 3 * HOUR, may.BOOKS, (_TOLD, _not_reached(2 * HOUR)), "B10"),
    Rule(K.PART_IN, frozenset({S.WAITING_PARTS}), _part_in, AT_ONCE, may.BOOKS, (_not_reached(2 * HOUR),), "B10",
         since=_part_in),
    Rule(K.REBOOK, frozenset({S.NO_SHOW}), _next_day, AT_ONCE, may.BOOKS, (_NO, _not_reached(DAY)), "B11", since=_ended),
    Rule(K.DECIDE, frozenset({S.UNMET}), _next_day, AT_ONCE, may.MANAGES, _DECISIONS, "B11", owner=Role.MANAGER, since=_ended),
    Rule(K.OFFER, frozenset({S.UNMET}), _offer, AT_ONCE, may.BOOKS, (_NO, _not_reached(DAY)), "B11",
         since=_decided),
)  # fmt: skip
RULE = {rule.kind: rule for rule in RULES}
