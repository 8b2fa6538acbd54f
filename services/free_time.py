"""What free capacity is made of: what jobs ask for, when bays are free, when people are at work."""

from dataclasses import dataclass, field
from datetime import datetime

from db.enums import BayKind, Skill
from services.slots import runs


@dataclass(frozen=True)
class Need:
    """What one job asks for."""

    bay_kind: BayKind
    skill: Skill
    minutes: int


@dataclass(frozen=True)
class Leg:
    """Jobs done one after the other in one bay by one person. A visit is one leg, or several that follow each other."""

    bay_kind: BayKind
    skills: frozenset[Skill]
    minutes: int


@dataclass(frozen=True)
class Stay:
    """One bay and one person for one leg."""

    bay_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass
class BayTime:
    """A bay: when the garage is open, and when the bay is taken."""

    id: int
    name: str
    kind: BayKind
    open: int
    taken: int = 0

    @property
    def free(self) -> int:
        """When a car can stand here."""
        return self.open & ~self.taken


@dataclass
class PersonTime:
    """A person: at work without breaks, with breaks worked through, and taken. `pause` is the longest break in quarters."""

    id: int
    name: str
    skills: set[Skill] = field(default_factory=set)
    stretch: int = 0
    through: int = 0
    taken: int = 0
    pause: int = 0

    def keep(self, mask: int) -> None:
        """At work only where the bits are set."""
        self.stretch &= mask
        self.through &= mask

    def places(self, need: int) -> tuple[int, int, int]:
        """`(time, begins, length)` for work of `need` quarters: when it can run, where it can begin, how long the place is held.

        Work longer than any stretch between breaks goes on after the break: the place is then held over the break too.
        """
        if runs(self.stretch, need):
            return self.stretch & ~self.taken, self.stretch, need
        return self.through & ~self.taken, self.stretch, need + self.pause


@dataclass(frozen=True)
class Spot:
    """A bay and a person who can do a leg: where it can begin (bits), and for how many quarters the place is held."""

    bay: BayTime
    person: PersonTime
    begins: int
    length: int
