"""Where a booking stands, with everything the rules of the desk's tasks ask about, and the wall clock they reckon by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.enums import AppointmentStatus
from db.enums_desk import TaskKind, TaskOutcome
from db.models import Appointment, TaskResult

MORNING = time(10)
LOOK_BACK_DAYS = 14  # a garage closed for longer reminds of the day before, open or not


@dataclass(frozen=True)
class Stand:
    """A booking and what happened around it. All instants aware; None where it has not happened.

    `agreed_at`: when the customer and the garage last agreed on the booked time. `asked_at`: the question on stock.
    `ended_at`: the no-show or the wish not met. `part_in_at`: the last of its parts came. `parts_open`: some are still to come.
    `parts_dropped_at`: none will come. `reminded`: the tasks a message takes over. `rebooked`: the car has a later booking.
    `attempts`: how often somebody tried to reach the customer about it.
    """

    row: Appointment
    now: datetime
    zone: ZoneInfo
    grace: timedelta
    is_open: Callable[[date], bool]
    agreed_at: datetime
    asked_at: datetime
    ended_at: datetime | None = None
    part_in_at: datetime | None = None
    parts_open: bool = False
    parts_dropped_at: datetime | None = None
    reminded: frozenset[TaskKind] = frozenset()
    rebooked: bool = False
    attempts: int = 0
    results: tuple[TaskResult, ...] = ()

    @property
    def status(self) -> AppointmentStatus:
        """Where the booking stands."""
        return self.row.status

    def starts(self, minutes: int = 0) -> datetime | None:
        """The booked time and so many minutes."""
        at = self.row.starts_at
        return at + timedelta(minutes=minutes) if at else None

    def days_ahead(self) -> int:
        """For how many days ahead the time was agreed, by the calendar on the garage's wall."""
        at = self.row.starts_at
        return (self._day(at) - self._day(self.agreed_at)).days if at else 0

    def morning_before(self, days: int) -> datetime | None:
        """10:00 of the last open day that lies `days` before the booked one, or earlier."""
        if self.row.starts_at is None:
            return None
        wanted = self._day(self.row.starts_at) - timedelta(days=days)
        earlier = (wanted - timedelta(days=n) for n in range(LOOK_BACK_DAYS))
        return self.morning(next((day for day in earlier if self.is_open(day)), wanted))

    def next_morning(self, after: datetime) -> datetime:
        """10:00 of the next open day after the day of an instant."""
        wanted = self._day(after) + timedelta(days=1)
        later = (wanted + timedelta(days=n) for n in range(LOOK_BACK_DAYS))
        return self.morning(next((day for day in later if self.is_open(day)), wanted))

    def morning(self, day: date) -> datetime:
        """10:00 of a day on the garage's wall clock, as an instant."""
        return datetime.combine(day, MORNING, self.zone).astimezone(UTC)

    def last(self, kind: TaskKind, outcome: TaskOutcome) -> datetime | None:
        """When a task last came out so."""
        return max((one.at for one in self.results if one.kind == kind and one.outcome == outcome), default=None)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()
