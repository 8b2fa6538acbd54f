"""What comes of a call, and that nobody is called again against their word."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from db.enums import AppointmentStatus, Channel, Role
from db.enums_desk import OutreachReason, OutreachResult
from db.models import Appointment, ContactAttempt, ContactConsent, Customer, OutreachCall, Vehicle
from services.due_work import reckon
from services.outreach import cars_to_call
from services.outreach_calls import (
    CalledMeanwhile,
    EnoughTries,
    NotYetDone,
    Occasion,
    SaidNo,
    TooFarOff,
    WantsNoCalls,
    call_booked,
    call_result,
)
from services.outreach_claims import HELD, Claim, HeldByOther, claims, open_call
from services.outreach_log import log
from services.outreach_offer import prepare
from services.refusals import InThePast, Missing, NotAllowed, NotNow, Refusal, TooLong
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.calling import IN_3_DAYS, TODAY, due_car, occasion

SERVICE = OutreachReason.SERVICE
R = OutreachResult
TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)


def on_list(ws: Workspace, days: int = 0, reason: OutreachReason = SERVICE) -> list[str]:
    with reading(ws.at(MONDAY_9 + timedelta(days=days))) as work:
        return [one.plate for one in cars_to_call(work, reason)]


def say(ws: Workspace, result: OutreachResult, days: int = 0, **more: object) -> OutreachCall:
    with unit_of_work(as_role(ws, Role.FOLLOW_UP).at(MONDAY_9 + timedelta(days=days))) as work:
        car = work.get(Vehicle, 1)
        return call_result(work, occasion(work, car), result, **more)  # type: ignore[arg-type]


@pytest.fixture
def car_id(ws: Workspace) -> int:
    with unit_of_work(ws) as work:
        return due_car(work).id


def test_the_offer_is_ready_before_the_call(ws: Workspace, car_id: int) -> None:
    with reading(as_role(ws, Role.FOLLOW_UP)) as work:
        ready = prepare(work, occasion(work, work.get(Vehicle, car_id)))
        assert ready.told
        assert [one.job.name for one in ready.told.offered] == ["Oil service"]
        assert len(ready.times) >= 3
        assert ready.expected_km is None  # one reading without a day says nothing
        assert ready.claim is None
        other = prepare(work, ready.occasion, [2])
        assert other.told
        assert [one.job.name for one in other.told.offered] == ["Front brake pads"]
        assert prepare(work, ready.occasion, []).told is None


def test_a_booking_and_the_log_are_one_act(ws: Workspace, car_id: int) -> None:
    with unit_of_work(as_role(ws, Role.FOLLOW_UP)) as work:
        about = occasion(work, work.get(Vehicle, car_id))
        call = call_booked(work, about, job_ids=[1], starts_at=TUESDAY_10, note="wants a courtesy car")
        booking = work.get(Appointment, call.appointment_id)
        assert (booking.garage_called, booking.channel, booking.starts_at) == (True, Channel.PHONE, TUESDAY_10)
        assert (booking.concern, booking.clarification) == ("Service due", "wants a courtesy car")
        assert (call.result, call.by_id) == (R.BOOKED, 9)
    assert on_list(ws) == []
    with unit_of_work(ws) as work:
        booking = work.db.exec(select(Appointment)).one()
        booking.status = AppointmentStatus.CANCELLED
        work.add(booking)
    assert on_list(ws) == []  # called today
    assert on_list(ws, 1) == ["AB12 CDE"]


def test_a_refused_booking_leaves_no_log(ws: Workspace, car_id: int) -> None:
    with pytest.raises(Refusal), unit_of_work(as_role(ws, Role.FOLLOW_UP)) as work:
        call_booked(
            work, occasion(work, work.get(Vehicle, car_id)), job_ids=[1], starts_at=MONDAY_9 - timedelta(days=1)
        )
    with reading(ws) as work:
        assert work.db.exec(select(OutreachCall)).all() == []


@pytest.mark.parametrize("result", [R.NO, R.DONE_ELSEWHERE])
def test_who_said_no_is_never_called_about_it_again(ws: Workspace, car_id: int, result: OutreachResult) -> None:
    say(ws, result)
    assert not any(on_list(ws, days) for days in range(60))
    with pytest.raises(SaidNo):
        say(ws, R.NOT_REACHED, 5)


def test_another_occasion_is_another_matter(ws: Workspace, car_id: int) -> None:
    say(ws, R.NO)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        car = work.get(Vehicle, car_id)
        car.insurance_until = IN_3_DAYS
        work.add(car)
        reckon(work, [car_id])
    assert on_list(ws, 0, OutreachReason.INSURANCE) == []  # they were called today
    assert on_list(ws, 1, OutreachReason.INSURANCE) == ["AB12 CDE"]


def test_not_reached_comes_back_the_next_day_three_times_at_most(ws: Workspace, car_id: int) -> None:
    for day in range(3):
        assert on_list(ws, day) == ["AB12 CDE"]
        say(ws, R.NOT_REACHED, day)
        assert on_list(ws, day) == []
    assert not any(on_list(ws, days) for days in range(3, 60))
    with pytest.raises(EnoughTries):
        say(ws, R.NOT_REACHED, 3)


def test_later_comes_back_on_its_day(ws: Workspace, car_id: int) -> None:
    say(ws, R.LATER, again_on=TODAY + timedelta(days=10))
    assert [day for day in range(12) if on_list(ws, day)] == [10, 11]


@pytest.mark.parametrize(
    ("again_on", "refusal"),
    [(None, Missing), (TODAY, InThePast), (TODAY + timedelta(days=367), TooFarOff)],
)
def test_later_needs_a_day_to_come(ws: Workspace, car_id: int, again_on: object, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        say(ws, R.LATER, again_on=again_on)


def test_who_wants_no_calls_is_off_every_list(ws: Workspace, car_id: int) -> None:
    say(ws, R.NEVER)
    with reading(ws) as work:
        assert work.get(Customer, 1).no_calls
    assert not any(on_list(ws, days, reason) for days in range(30) for reason in OutreachReason)
    with pytest.raises(WantsNoCalls):
        say(ws, R.NO, 1)


def test_who_said_no_to_the_phone_is_not_called_from_an_old_address_either(ws: Workspace, car_id: int) -> None:
    with unit_of_work(ws) as work:
        work.add(ContactConsent(customer_id=1, channel=Channel.PHONE, allowed=False, at=work.now))
    with pytest.raises(WantsNoCalls):
        say(ws, R.NOT_REACHED)


def test_done_elsewhere_may_say_when_and_the_file_follows(ws: Workspace, car_id: int) -> None:
    with pytest.raises(NotYetDone):
        say(ws, R.DONE_ELSEWHERE, done_on=TODAY + timedelta(days=1))
    say(ws, R.DONE_ELSEWHERE, done_on=TODAY - timedelta(days=20))
    with reading(ws) as work:
        car = work.get(Vehicle, car_id)
        assert (car.last_service_on, car.next_service_on) == (TODAY - timedelta(days=20), None)
    assert on_list(ws, 345) == ["AB12 CDE"]  # a year after it was done, this is the next occasion


def test_what_cannot_be_is_refused(ws: Workspace, car_id: int) -> None:
    with pytest.raises(TooLong):
        say(ws, R.NO, note="x" * 501)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        call_result(work, occasion(work, work.get(Vehicle, car_id)), R.NO)
    with pytest.raises(NotNow), unit_of_work(ws) as work:
        call_result(work, Occasion(car_id, OutreachReason.INSURANCE, "2026-01-01"), R.NO)


def test_one_call_at_a_time_for_each_customer(ws: Workspace, car_id: int) -> None:
    ada, flo = as_role(ws, Role.ADVISOR), as_role(ws, Role.FOLLOW_UP)
    with unit_of_work(ada) as work:
        assert open_call(work, 1) is None
        assert open_call(work, 1) is None
        assert claims(work) == {}
    with reading(flo) as work:
        assert claims(work)[1].name == "Ada Advisor"
        assert prepare(work, occasion(work, work.get(Vehicle, car_id))).claim
    with unit_of_work(flo) as work:
        claim = open_call(work, 1)
        assert claim
        assert claim.name == "Ada Advisor"
    with pytest.raises(HeldByOther):
        say(ws, R.NO)
    with unit_of_work(flo.at(MONDAY_9 + HELD)) as work:
        assert open_call(work, 1) is None  # left open for a quarter of an hour
    with unit_of_work(ada.at(MONDAY_9 + HELD)) as work:
        assert claims(work)[1].name == "Flo Follow"
        assert open_call(work, 1, take_over=True) is None
    with reading(flo.at(MONDAY_9 + HELD)) as work:
        assert claims(work)[1].name == "Ada Advisor"
    with unit_of_work(ada.at(MONDAY_9 + HELD)) as work:
        call_result(work, occasion(work, work.get(Vehicle, car_id)), R.NO)
    with reading(flo.at(MONDAY_9 + HELD)) as work:
        assert claims(work) == {}


def test_what_another_wrote_meanwhile_is_said(ws: Workspace, car_id: int) -> None:
    with reading(ws) as work:
        opened = occasion(work, work.get(Vehicle, car_id))
    say(ws, R.NOT_REACHED)
    with pytest.raises(CalledMeanwhile) as refused, unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        call_result(work, opened, R.NO)
    assert refused.value.say("en").startswith("Flo Follow called this customer at 09:00")


def test_two_callers_at_once_open_one_call(ws: Workspace, car_id: int) -> None:
    start = Barrier(4)
    got: list[Claim | None] = []

    def caller(role: Role) -> None:
        start.wait()
        with unit_of_work(as_role(ws, role)) as work:
            claim = open_call(work, 1)
        got.append(claim)

    roles = (Role.ADVISOR, Role.FOLLOW_UP, Role.MANAGER)
    threads = [Thread(target=caller, args=(role,)) for role in roles]
    for thread in threads:
        thread.start()
    start.wait()
    for thread in threads:
        thread.join()
    assert len(got) == 3
    assert got.count(None) == 1


def test_the_log_has_calls_and_other_tries_newest_first(ws: Workspace, car_id: int) -> None:
    with unit_of_work(ws) as work:
        work.add(ContactAttempt(customer_id=1, at=MONDAY_9 - timedelta(days=1), reached=False, note="engaged"))
    say(ws, R.LATER, note="on holiday", again_on=TODAY + timedelta(days=9))
    with reading(ws) as work:
        assert [(one.result, one.note, one.by, one.reached) for one in log(work, 1)] == [
            (R.LATER, "on holiday", "Flo Follow", True),
            (None, "engaged", "", False),
        ]


STEPS = st.lists(
    st.tuples(
        st.integers(0, 9), st.sampled_from([R.LATER, R.NOT_REACHED, R.NO, R.DONE_ELSEWHERE, R.NEVER]), st.booleans()
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_never_a_second_call_to_one_who_said_no(
    ws: Workspace, steps: Sequence[tuple[int, OutreachResult, bool]]
) -> None:
    """Days pass, whoever is on the list is called with any result, and whoever is not is tried all the same: after a no, nobody
    is on the list or may be called; after three tries without an answer neither; after "no calls" none of their cars."""
    with unit_of_work(ws) as work:
        phone = f"+44770{customers(work):07}"
        car = due_car(work, f"Z{phone[-6:]}", phone, inspection_until=IN_3_DAYS)
        key, day, tries = car.id, 0, 0
    ended: set[OutreachResult] = set()
    for days, result, insist in steps:
        day += days
        at = as_role(ws, Role.FOLLOW_UP).at(MONDAY_9 + timedelta(days=day))
        with unit_of_work(at) as work:
            car = work.get(Vehicle, key)
            listed = key in [one.vehicle_id for one in cars_to_call(work, OutreachReason.INSPECTION)]
            peace = bool(ended) or tries >= 3
            assert not (listed and peace)
            if not (listed or insist):
                continue
            about = occasion(work, car, OutreachReason.INSPECTION)
            again = (MONDAY_9 + timedelta(days=day + 2)).date() if result == R.LATER else None
            if peace:
                with pytest.raises((SaidNo, WantsNoCalls, EnoughTries)):
                    call_result(work, about, result, again_on=again)
                continue
            call_result(work, about, result, again_on=again)
            ended |= {result} & {R.NO, R.DONE_ELSEWHERE, R.NEVER}
            tries += result == R.NOT_REACHED


def customers(work: Work) -> int:
    return len(work.db.exec(select(Customer.id)).all())
