"""What came of a call the garage made first. Nobody who said no is called about the same thing again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import select

from db.enums import Channel
from db.enums_desk import OutreachReason, OutreachResult
from db.models import CarDue, Customer, OutreachCall, Vehicle
from services import permissions as may
from services.booking import book
from services.due_work import reckon
from services.i18n import N_, translate
from services.messages import consents
from services.outreach_claims import check_free, let_go
from services.outreach_log import newest_call
from services.outreach_sql import ENDS, TRIES
from services.people import names
from services.refusals import InThePast, Missing, NotNow, Refusal
from services.validate import text
from services.work import Work

LATEST = timedelta(days=366)
_EXPIRY = {OutreachReason.INSPECTION: "inspection_until", OutreachReason.INSURANCE: "insurance_until"}
_SERVICE = (OutreachReason.SERVICE, OutreachReason.FIRST_SERVICE)


class WantsNoCalls(Refusal):
    """This customer wants no calls from us."""


class SaidNo(Refusal):
    """This customer has already been asked about this and said no."""


class EnoughTries(Refusal):
    """Nobody answered {most} times; this call is off the list."""


class CalledMeanwhile(Refusal):
    """{name} called this customer at {at} while you had it open: {result}."""


class TooFarOff(Refusal):
    """Choose a day within a year."""


class NotYetDone(Refusal):
    """That day is still to come."""


@dataclass(frozen=True)
class Occasion:
    """What the call is about; `seen` is the newest call to the customer when the page was opened (0: none)."""

    vehicle_id: int
    reason: OutreachReason
    about: str
    seen: int = 0


def call_result(
    work: Work,
    occasion: Occasion,
    result: OutreachResult,
    *,
    note: str = "",
    again_on: date | None = None,
    done_on: date | None = None,
) -> OutreachCall:
    """Keep what came of a call; for a booking use `call_booked`.

    LATER needs the day to call `again_on`. With DONE_ELSEWHERE `done_on` may say when the service was, or until when inspection or
    insurance now run. NEVER takes the customer off every list. Refuses with NotAllowed, WantsNoCalls, SaidNo, EnoughTries,
    HeldByOther, CalledMeanwhile, NotNow when nothing is due any more, Missing, InThePast, TooFarOff, a note over 500 characters.
    """
    car, customer = _begin(work, occasion)
    if result == OutreachResult.LATER:
        _check_day(work, again_on)
    if done_on and result == OutreachResult.DONE_ELSEWHERE:
        _done_elsewhere(work, car, occasion.reason, done_on)
    if result == OutreachResult.NEVER:
        customer.no_calls = True
        work.db.add(customer)
        work.event(customer, "no_calls")
    kept = again_on if result == OutreachResult.LATER else None
    return _keep(work, car, occasion, result, note, again_on=kept)


def call_booked(
    work: Work, occasion: Occasion, *, job_ids: Sequence[int], starts_at: datetime, note: str = ""
) -> OutreachCall:
    """The customer takes a time: the booking and the log of the call are one act. Refuses as `call_result` and `book` do."""
    car, _ = _begin(work, occasion)
    row = book(
        work,
        car.id,
        concern=concern_for(work, occasion),
        clarification=note,
        job_ids=job_ids,
        starts_at=starts_at,
        channel=Channel.PHONE,
        garage_called=True,
    )
    return _keep(work, car, occasion, OutreachResult.BOOKED, note, appointment_id=row.id)


def concern_for(work: Work, occasion: Occasion) -> str:
    """What the booking is about, in the garage's language: the customer did not say anything of their own."""
    label = translate(work.garage.language, occasion.reason.label)
    due = _due(work, occasion)
    return f"{label}: {due.what}" if due and due.what else label


def may_call(work: Work, occasion: Occasion) -> tuple[Vehicle, Customer]:
    """The car and whom to call. Refuses with WantsNoCalls, SaidNo, EnoughTries, and NotNow when nothing is due any more."""
    car = work.get(Vehicle, occasion.vehicle_id)
    customer = work.get(Customer, car.customer_id)
    if customer.no_calls or consents(work, customer.id).get(Channel.PHONE) is False:
        raise WantsNoCalls
    before = select(OutreachCall.result).where(
        OutreachCall.vehicle_id == car.id, OutreachCall.customer_id == customer.id,
        OutreachCall.reason == occasion.reason, OutreachCall.about == occasion.about,
    )  # fmt: skip
    results = list(work.db.exec(before))
    if any(one in ENDS for one in results):
        raise SaidNo
    if results.count(OutreachResult.NOT_REACHED) >= TRIES:
        raise EnoughTries(most=TRIES)
    if _due(work, occasion) is None:
        raise NotNow
    return car, customer


def _begin(work: Work, occasion: Occasion) -> tuple[Vehicle, Customer]:
    work.needs(*may.CALLS)
    work.lock(Customer, work.get(Vehicle, occasion.vehicle_id).customer_id)  # the second of two callers waits here
    car, customer = may_call(work, occasion)
    check_free(work, customer.id)
    newest = newest_call(work, customer.id)
    if newest != occasion.seen:
        call = work.get(OutreachCall, newest)
        at = work.local(call.at).strftime("%H:%M")
        raise CalledMeanwhile(name=names(work).get(call.by_id or 0, ""), at=at, result=call.result.label)
    return car, customer


def _due(work: Work, occasion: Occasion) -> CarDue | None:
    return work.db.get(CarDue, (occasion.vehicle_id, occasion.reason, occasion.about))


def _check_day(work: Work, again_on: date | None) -> None:
    today = work.local(work.now).date()
    if again_on is None:
        raise Missing(field=N_("Call again on"))
    if again_on <= today:
        raise InThePast
    if again_on > today + LATEST:
        raise TooFarOff


def _done_elsewhere(work: Work, car: Vehicle, reason: OutreachReason, day: date) -> None:
    """What the customer says goes into the file, so that the next occasion is reckoned from it."""
    if reason in _SERVICE:
        if day > work.local(work.now).date():
            raise NotYetDone
        car.last_service_on, car.next_service_on, car.next_service_km = day, None, None
    elif reason in _EXPIRY:
        if day <= work.local(work.now).date():
            raise InThePast
        setattr(car, _EXPIRY[reason], day)
    work.add(car)
    work.event(car, "changed", elsewhere=day.isoformat())
    reckon(work, [car.id])


def _keep(
    work: Work,
    car: Vehicle,
    occasion: Occasion,
    result: OutreachResult,
    note: str,
    *,
    again_on: date | None = None,
    appointment_id: int | None = None,
) -> OutreachCall:
    row = work.add(
        OutreachCall(customer_id=car.customer_id, vehicle_id=car.id, reason=occasion.reason, about=occasion.about,
                     result=result, note=text(note, N_("Note"), 500, needed=False), again_on=again_on,
                     appointment_id=appointment_id, at=work.now, by_id=work.by.id)
    )  # fmt: skip
    work.event(row, "called", after=result.value, reason=occasion.reason.value)
    let_go(work)
    return row
