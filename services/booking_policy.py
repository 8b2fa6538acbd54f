"""What the garage's own rules say about a booking, and who may make an exception.

Every rule that stands in the way is a PolicyRefusal. With a reason, an authorised person may go ahead: the reason is kept in
`Appointment.override_reason`, and the event ("created", "move") names the rules in its detail `override`, joined by commas:
same_day, too_far, day_limit, walk_in. Exceptions are counted by that detail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from services import permissions as may
from services.capacity import Capacity
from services.day_limits import full_days
from services.free_time import Need, Stay
from services.i18n import N_
from services.refusals import InThePast, Refusal
from services.validate import reason_given
from services.work import Work


class PolicyRefusal(Refusal):
    """The rules for bookings do not allow this. A supervisor or the manager may make an exception, with a reason."""

    rule: ClassVar[str] = ""


class SameDay(PolicyRefusal):
    """Bookings are taken from tomorrow on. A supervisor or the manager may make an exception, with a reason."""

    rule = "same_day"


class TooFarAhead(PolicyRefusal):
    """Bookings are taken at most {days} days ahead. A supervisor or the manager may make an exception, with a reason."""

    rule = "too_far"


class DayFull(PolicyRefusal):
    """{group}: that day has its {most} bookings. A supervisor or the manager may make an exception, with a reason."""

    rule = "day_limit"


class KeptForWalkIns(PolicyRefusal):
    """The rest of that day is kept for cars without a booking. A supervisor or the manager may make an exception, with a reason."""

    rule = "walk_in"


RULES: dict[str, str] = {
    SameDay.rule: N_("Same day"),
    TooFarAhead.rule: N_("Too far ahead"),
    DayFull.rule: N_("Limit of the day"),
    KeptForWalkIns.rule: N_("Share kept for cars without a booking"),
}


@dataclass(frozen=True)
class Exemption:
    """An exception that was made: for which rules, and why. Both are empty when none was needed."""

    reason: str = ""
    rules: tuple[str, ...] = ()

    @property
    def details(self) -> dict[str, str]:
        """What the event says about it."""
        return {"override": ",".join(self.rules)} if self.rules else {}


def bookable_days(work: Work) -> tuple[date, int]:
    """The first day bookings are taken for, and for how many days from it."""
    garage, today = work.garage, work.local(work.now).date()
    first = 0 if garage.same_day_booking else 1
    return today + timedelta(days=first), max(garage.book_days_ahead - first + 1, 1)


def check_day(work: Work, at: datetime) -> list[PolicyRefusal]:
    """What the days that can be booked say about a time. Refuses with InThePast, which nobody can change."""
    if at < work.now:
        raise InThePast
    first, days = bookable_days(work)
    day = work.local(at).date()
    if day < first:
        return [SameDay()]
    return [] if day < first + timedelta(days=days) else [TooFarAhead(days=work.garage.book_days_ahead)]


def check_places(
    work: Work, needs: Sequence[Need], stays: Sequence[Stay], free: Capacity, without: int | None
) -> list[PolicyRefusal]:
    """What the limits of the day and the share for cars without a booking say about a visit at these places."""
    found: list[PolicyRefusal] = []
    day = work.local(stays[0].starts_at).date()
    for group, most in full_days(work, needs, day, 1, without).values():
        found.append(DayFull(group=group, most=most))
    if not free.share.leaves(stays):
        found.append(KeptForWalkIns())
    return found


def excused(work: Work, broken: Sequence[PolicyRefusal], reason: str) -> Exemption:
    """The exception made for the rules that stand in the way. Refuses with the first of them when no reason is given, with
    NotAllowed when the person may not make exceptions, TooLong for a reason over 300 characters."""
    if not broken:
        return Exemption()
    if not reason.strip():
        raise broken[0]
    work.needs(*may.OVERRIDES_POLICY)
    return Exemption(reason_given(reason), tuple(one.rule for one in broken))
