"""The places of a booking: found in the free capacity, judged by the policy, held by reservations which the database guards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.models import Appointment, Garage, Reservation
from services.booking_policy import Exemption, PolicyRefusal, check_day, check_places, excused
from services.capacity import LONG_VISIT_DAYS, Capacity, capacity
from services.free_time import ANYWHERE, Need, Stay, Wish
from services.refusals import Refusal
from services.work import Work


@dataclass(frozen=True)
class Placed:
    """The places found for a visit, and the exception made for it, if one was needed."""

    stays: tuple[Stay, ...]
    exemption: Exemption


def place_for(
    work: Work,
    at: datetime,
    needs: Sequence[Need],
    *,
    wish: Wish = ANYWHERE,
    reason: str = "",
    without: int | None = None,
    was: datetime | None = None,
) -> Placed:
    """Bay and people for a visit that begins at `at`, by the rules or as an exception with a `reason` (booking_policy.excused).

    `without` is the booking that is moved, `was` its time so far: on the same day it is no news to the rules of the day.
    Refuses with InThePast, a PolicyRefusal, or what stands in the way of the place (Capacity.place).
    """
    same_day = was is not None and work.local(was).date() == work.local(at).date()
    broken: list[PolicyRefusal] = [] if was == at else check_day(work, at)
    if same_day:
        broken = []
    elif not reason.strip():
        excused(work, broken, "")
    free, stays = find_place(work, at, needs, wish=wish, without=without)
    if stays and not same_day:
        broken += check_places(work, needs, stays, free, without)
    return Placed(stays, excused(work, broken, reason))


def find_place(
    work: Work, at: datetime, needs: Sequence[Need], *, wish: Wish = ANYWHERE, without: int | None = None
) -> tuple[Capacity, tuple[Stay, ...]]:
    """The places as the capacity has them, whatever the policy says.

    One booking after the other: the second of two people sees the first one's place and may still get another bay.
    """
    work.lock(Garage, work.garage.id)
    first = work.local(at).date()
    free = capacity(work, first, 2, without=without)  # the second day for a visit across midnight
    legs = free.legs(needs)
    try:
        return free, free.place(legs, at, wish)
    except Refusal:
        if not free.is_long(legs):
            raise
    free = _far(work, first, without)
    return free, free.place(legs, at, wish)


def _far(work: Work, first: date, without: int | None) -> Capacity:
    return capacity(work, first, LONG_VISIT_DAYS + 1, without=without)


def hold(work: Work, row: Appointment, stays: Sequence[Stay]) -> None:
    """Reserve the places for the booking."""
    for stay in stays:
        who: list[dict[str, int]] = [{"bay_id": stay.bay_id}, *({"staff_id": one} for one in stay.staff_ids)]
        for place in who:
            work.add(Reservation(appointment_id=row.id, starts_at=stay.starts_at, ends_at=stay.ends_at, **place))
