"""What free capacity is made of: what jobs ask for, when bays are free, when people are at work."""

from dataclasses import dataclass, field
from datetime import datetime

from db.enums import BayKind, Skill
from services.slots import runs


@dataclass(frozen=True)
class Need:
    """What one job asks for. `people` do it together (1 or 2); `group` is the job's group in the catalogue, for limits."""

    bay_kind: BayKind
    skill: Skill
    minutes: int
    people: int = 1
    group: str = ""


@dataclass(frozen=True)
class Leg:
    """Jobs done one after the other in one bay by the same people. A visit is one leg, or several that follow each other."""

    bay_kind: BayKind
    skills: frozenset[Skill]
    minutes: int
    people: int = 1


@dataclass(frozen=True)
class Stay:
    """One bay and the people for one leg, or for the part of a large one that is done in a day."""

    bay_id: int
    staff_ids: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Wish:
    """The bay and person asked for, for the stay of that number; `rather` are people to keep when they are free."""

    bay_id: int | None = None
    staff_id: int | None = None
    stay: int = 0
    rather: frozenset[int] = frozenset()


ANYWHERE = Wish()


@dataclass
class BayTime:
    """A bay: when the garage is `open`, when cars stand there (`taken`), the same with the buffers around (`held`), and when the
    cars are those of bookings (`booked`)."""

    id: int
    name: str
    kind: BayKind
    open: int
    taken: int = 0
    held: int = 0
    booked: int = 0

    @property
    def free(self) -> int:
        """When a car can stand here."""
        return self.open & ~self.held


@dataclass
class PersonTime:
    """A person: at work without breaks, with breaks worked through, and taken.

    In quarters of a usual week: `pause` the longest break, `longest` the longest stretch between breaks.
    """

    id: int
    name: str
    skills: set[Skill] = field(default_factory=set)
    stretch: int = 0
    through: int = 0
    taken: int = 0
    pause: int = 0
    longest: int = 0

    def keep(self, mask: int) -> None:
        """At work only where the bits are set."""
        self.stretch &= mask
        self.through &= mask

    def places(self, need: int) -> tuple[int, int, int]:
        """`(time, begins, length)` for work of `need` quarters: when it can run, where it can begin, how long the place is held.

        Work longer than any stretch between breaks goes on after the break: the place is then held over the break too.
        """
        if need <= self.longest:
            return self.stretch & ~self.taken, self.stretch, need
        return self.through & ~self.taken, self.stretch, need + self.pause

    def works(self, need: int) -> int:
        """The bits at which work of `need` quarters can begin, other cars counted."""
        time, begins, length = self.places(need)
        return runs(time, length) & begins


Team = tuple[PersonTime, ...]


def together(team: Team) -> PersonTime:
    """The time people have in common, as if they were one person."""
    if len(team) == 1:
        return team[0]
    one, other = team
    return PersonTime(
        0, "", one.skills & other.skills, one.stretch & other.stretch, one.through & other.through,
        one.taken | other.taken, max(one.pause, other.pause), min(one.longest, other.longest),
    )  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A bay and people who can do a leg: where it can begin (bits), and for how many quarters the place is held."""

    bay: BayTime
    team: Team
    begins: int
    length: int

    def suits(self, wish: Wish) -> bool:
        """Whether it has the bay and the person asked for."""
        return wish.bay_id in (None, self.bay.id) and (wish.staff_id is None or wish.staff_id in self.ids)

    @property
    def ids(self) -> tuple[int, ...]:
        """Who."""
        return tuple(person.id for person in self.team)
