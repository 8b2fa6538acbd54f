"""A technician's own work: taking a car over, the diagnosis, several clocks, forgotten ones and corrections."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from db.enums import CheckLevel, HoldReason, OrderStatus
from db.enums_reception import OrderTaskKind
from db.enums_workshop import SymptomSeen
from db.models import ClockCorrection, ClockEntry, Inspection, OrderTask, Verification
from services.checks import fail_check
from services.clock_corrections import ClockAhead, ClockChanged, ClockOverlaps, OutsideWork, correct, corrections
from services.clocks import ClockElsewhere, ClockOnJob, finish_job, pause, start
from services.diagnosis import Diagnosed, diagnose
from services.forgotten_clocks import forgotten, still_working
from services.garage import change_clocks
from services.order_moves import ORDERS
from services.refusals import EndBeforeStart, NotAllowed, NotNow, ReasonMissing, Refusal, Stale, WrongStatus
from services.verification import (
    BelowCheckIn,
    RoadTestBegin,
    RoadTestLength,
    add_finding,
    add_photo,
    findings,
    of_order,
    of_orders,
    verify,
)
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name
from tests.services.order_conditions import clocks_never_overlap
from tests.services.test_files import picture
from tests.shop import in_work, make_order, order_of

TOM, TIA, SAM, MAX = "Tom Technician", "Tia Technician", "Sam Supervisor", "Max Manager"
FORGOT = "Forgot to stop the clock"


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    """A time of that Monday, or `day` days later; London is on UTC in November."""
    return MONDAY_9.replace(hour=hour, minute=minute) + timedelta(days=day)


def clock_in(ws: Workspace, order: int, name: str = TOM, when: datetime = MONDAY_9) -> int:
    with unit_of_work(as_name(ws.at(when), name)) as work:
        return start(work, order).id


def stop(ws: Workspace, order: int, when: datetime, name: str = TOM) -> None:
    with unit_of_work(as_name(ws.at(when), name)) as work:
        pause(work, order, reason=HoldReason.BREAK)


def put_right(
    ws: Workspace, clock: int, name: str = TOM, when: datetime | None = None, **times: object
) -> ClockCorrection:
    with unit_of_work(as_name(ws.at(when or at(12)), name)) as work:
        return correct(work, clock, **{"reason": FORGOT, **times})  # type: ignore[arg-type]


def asked(ws: Workspace, when: datetime, name: str = TOM) -> list[tuple[str, datetime]]:
    """Whose clock is asked about, and the end of shift that is proposed."""
    with reading(as_name(ws.at(when), name)) as work:
        return [(one.name, one.shift_end) for one in forgotten(work)]


def tasks(work: Work) -> list[tuple[str, bool]]:
    found = work.db.exec(select(OrderTask).where(OrderTask.kind == OrderTaskKind.DIFFERENCE))
    return [(task.asked, task.done_at is None) for task in found]


def test_a_car_is_taken_over_with_symptom_and_road_test_and_what_differs_is_the_advisors_task(ws: Workspace) -> None:
    order = in_work(ws)
    with unit_of_work(ws) as work:
        work.add(Inspection(order_id=order, odometer_km=40_100, at=work.now))
    with unit_of_work(as_name(ws, TOM)) as work:
        verify(
            work,
            order,
            differences="Scratch on the left door",
            symptom=SymptomSeen.SEEN,
            road_from_km=40_100,
            road_to_km=40_106,
        )
    with unit_of_work(as_name(ws, TIA)) as work:
        verify(work, order, differences="Scratches on both doors", seen=1)
        row = of_order(work, order)
        assert row is not None
        assert (row.differences, row.symptom, row.by_id, row.version) == ("Scratches on both doors", None, 4, 2)
        assert of_orders(work, [order]) == {order: row}
        assert tasks(work) == [("Scratches on both doors", True)]


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (40_000, None, BelowCheckIn),
        (None, 40_200, RoadTestBegin),
        (40_200, 40_199, RoadTestLength),
        (40_200, 50_000, RoadTestLength),
    ],
)
def test_a_road_test_that_cannot_be_is_refused(
    ws: Workspace, first: int | None, last: int | None, refusal: type[Refusal]
) -> None:
    order = in_work(ws)
    with unit_of_work(ws) as work:
        work.add(Inspection(order_id=order, odometer_km=40_100, at=work.now))
    with pytest.raises(refusal), unit_of_work(as_name(ws, TOM)) as work:
        verify(work, order, road_from_km=first, road_to_km=last)
    with reading(ws) as work:
        assert of_order(work, order) is None


def test_two_who_take_one_car_over_at_once_leave_one_and_the_other_is_told(ws: Workspace) -> None:
    order, ready, said = in_work(ws), Barrier(2), list[object]()

    def tablet(name: str) -> None:
        ready.wait()
        try:
            with unit_of_work(as_name(ws, name)) as work:
                verify(work, order, note=name, seen=0)
            said.append(name)
        except Refusal as refusal:
            said.append(refusal)

    threads = [Thread(target=tablet, args=(name,)) for name in (TOM, TIA)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = next(one for one in said if isinstance(one, str))
    told = next(one for one in said if not isinstance(one, str))
    assert isinstance(told, Stale)
    assert told.params == {"name": winner, "at": "09:00"}
    with reading(ws) as work:
        assert [row.note for row in work.db.exec(select(Verification))] == [winner]


def test_a_diagnosis_is_kept_and_somebody_elses_is_not_overwritten_unseen(ws: Workspace) -> None:
    order = in_work(ws, "BRK")
    with reading(ws) as work:
        job = facts_of(work, ORDERS, order).jobs[0].id
    with unit_of_work(as_name(ws, TOM)) as work:
        row = diagnose(work, order, job, complaint="squeals", cause="worn", correction="renewed", seen=("", "", ""))
        assert (row.complaint, row.cause, row.correction) == ("squeals", "worn", "renewed")
    with pytest.raises(Diagnosed), unit_of_work(as_name(ws, TIA)) as work:
        diagnose(work, order, job, complaint="grinds", cause="", correction="", seen=("", "", ""))
    with unit_of_work(as_name(ws, TIA)) as work:
        diagnose(
            work,
            order,
            job,
            complaint="squeals",
            cause="worn",
            correction="both renewed",
            seen=("squeals", "worn", "renewed"),
        )
    with pytest.raises(WrongStatus), unit_of_work(as_name(ws, TOM)) as work:
        diagnose(work, make_order(ws, plate="W 1"), job, complaint="", cause="", correction="")


def test_photos_of_the_car_and_of_what_was_found_are_kept_apart_while_it_is_worked_on(ws: Workspace) -> None:
    order = in_work(ws)
    with unit_of_work(as_name(ws, TOM)) as work:
        jobs = facts_of(work, ORDERS, order).jobs
        add_photo(work, order, picture(40, 30))
        kept = add_finding(work, jobs[0].id, picture(40, 30))
        assert findings(work, jobs) == {jobs[0].id: [kept]}
    with pytest.raises(NotNow), unit_of_work(as_name(ws, TOM)) as work:
        add_photo(work, make_order(ws, status=OrderStatus.READY, plate="R 1"), picture(40, 30))
    with pytest.raises(NotAllowed), unit_of_work(as_name(ws, "Ada Advisor")) as work:
        add_photo(work, order, picture(40, 30))


def test_where_settings_allow_it_a_second_clock_runs_beside_the_first_but_never_twice_on_a_job(ws: Workspace) -> None:
    one, two = in_work(ws, plate="A 1"), in_work(ws, plate="B 2")
    clock_in(ws, one)
    with pytest.raises(ClockElsewhere):
        clock_in(ws, two)
    with unit_of_work(as_name(ws, MAX)) as work:
        change_clocks(work, beside=True)
    clock_in(ws, two, when=at(9, 5))
    with pytest.raises(ClockOnJob):
        clock_in(ws, two, when=at(9, 6))
    with reading(ws) as work:
        rows = work.db.exec(select(ClockEntry).order_by(ClockEntry.id)).all()  # type: ignore[arg-type]
        assert [(row.order_id, row.beside) for row in rows] == [(one, False), (two, True)]


def test_what_once_ran_beside_another_is_not_set_over_a_third_when_settings_forbid_it_again(ws: Workspace) -> None:
    one, two, three = (in_work(ws, plate=plate) for plate in ("A 1", "B 2", "C 3"))
    with unit_of_work(as_name(ws, MAX)) as work:
        change_clocks(work, beside=True)
    clock_in(ws, one)
    second = clock_in(ws, two, when=at(9, 5))
    for order in (one, two):
        stop(ws, order, at(9, 30))
    with unit_of_work(as_name(ws, MAX)) as work:
        change_clocks(work, beside=False)
    clock_in(ws, three, when=at(9, 40))
    stop(ws, three, at(10))
    with pytest.raises(ClockOverlaps):
        put_right(ws, second, when=at(11), ended_at=at(9, 50))
    assert put_right(ws, second, when=at(11), ended_at=at(9, 35)).ended_at == at(9, 35)


def test_a_clock_is_asked_about_from_the_end_of_the_shift_until_it_is_answered(ws: Workspace) -> None:
    order = in_work(ws)
    clock = clock_in(ws, order)
    assert asked(ws, at(17, 59)) == []
    assert asked(ws, at(18)) == [(TOM, at(18))] == asked(ws, at(18), SAM)
    assert asked(ws, at(18), TIA) == []
    with unit_of_work(as_name(ws.at(at(18, 1)), TOM)) as work:
        still_working(work, clock)
    assert asked(ws, at(19)) == []
    assert asked(ws, at(20, 2)) == [(TOM, at(18))]
    assert asked(ws, at(8, day=1)) == [(TOM, at(18))]
    with pytest.raises(NotNow), unit_of_work(as_name(ws.at(at(8, day=1)), TOM)) as work:
        still_working(work, clock)
    row = put_right(ws, clock, when=at(8, 1, day=1), ended_at=at(17, 30))
    assert (row.ended_was, row.ended_at, row.reason) == (None, at(17, 30), FORGOT)
    assert asked(ws, at(8, 2, day=1)) == []
    clock_in(ws, order, when=at(8, 3, day=1))


def test_a_clock_that_was_stopped_the_next_morning_is_still_asked_about(ws: Workspace) -> None:
    order = in_work(ws)
    clock = clock_in(ws, order, when=at(15))
    stop(ws, order, at(8, day=1))
    assert asked(ws, at(9, day=1)) == [(TOM, at(18))]
    put_right(ws, clock, when=at(9, day=1), ended_at=at(18))
    assert asked(ws, at(9, day=1)) == []


def test_a_clock_started_too_late_is_set_back_and_runs_on(ws: Workspace) -> None:
    order = in_work(ws)
    clock = clock_in(ws, order, when=at(10))
    put_right(ws, clock, started_at=at(9, 30))
    with reading(ws) as work:
        row = work.get(ClockEntry, clock)
        assert (row.started_at, row.ended_at, row.end_reason) == (at(9, 30), None, "")
        assert corrections(work, [clock])[clock].started_was == at(10)


def test_corrected_times_never_overlap_another_clock_of_the_person(ws: Workspace) -> None:
    one, two = in_work(ws, plate="A 1"), in_work(ws, plate="B 2")
    first = clock_in(ws, one)
    stop(ws, one, at(10))
    second = clock_in(ws, two, when=at(10))
    with pytest.raises(ClockOverlaps) as refused:
        put_right(ws, second, started_at=at(9, 59))
    assert refused.value.say("en") == "Tom Technician worked on A 1 from 09:00 to 10:00. The times must not overlap."
    with pytest.raises(ClockOverlaps):
        put_right(ws, first, ended_at=at(10, 1))
    put_right(ws, first, ended_at=at(9, 45))
    put_right(ws, second, started_at=at(9, 45))


def test_corrected_times_lie_within_the_time_the_car_was_in_work(ws: Workspace) -> None:
    order = in_work(ws)
    clock = clock_in(ws, order)
    with unit_of_work(as_name(ws.at(at(10)), TOM)) as work:
        finish_job(work, order)
    with pytest.raises(OutsideWork):
        put_right(ws, clock, ended_at=at(10, 5))
    with unit_of_work(as_name(ws.at(at(10, 10)), TOM)) as work:
        fail_check(work, order, level=CheckLevel.SELF, note="drips")
    again = clock_in(ws, order, when=at(10, 30))
    with pytest.raises(OutsideWork) as refused:
        put_right(ws, again, started_at=at(10, 5))
    assert refused.value.say("en") == "The work on this car could be clocked from 10:10 to 12:00 only."
    put_right(ws, again, started_at=at(10, 10))


def test_a_correction_needs_a_reason_true_times_and_the_right_person(ws: Workspace) -> None:
    clock = clock_in(ws, in_work(ws))
    for refusal, name, times in (
        (ReasonMissing, TOM, {"ended_at": at(10), "reason": " "}),
        (ClockAhead, TOM, {"ended_at": at(12, 1)}),
        (EndBeforeStart, TOM, {"ended_at": at(8, 59)}),
        (NotAllowed, TIA, {"ended_at": at(10)}),
        (ClockChanged, TOM, {"ended_at": at(10), "seen": (at(9), at(9, 30))}),
    ):
        with pytest.raises(refusal):
            put_right(ws, clock, name, **times)
    assert put_right(ws, clock, SAM, ended_at=at(10)).by_id == 2
    assert order_of(ws, 1).status == OrderStatus.IN_WORK


def test_for_a_day_without_shift_or_opening_hours_no_end_is_proposed(ws: Workspace) -> None:
    clock_in(ws, in_work(ws), when=at(10, day=5))
    with reading(as_name(ws.at(at(9, day=7)), TOM)) as work:
        assert [(one.shift_end, one.planned, one.today) for one in forgotten(work)] == [(at(0, day=6), False, False)]


def test_two_who_set_one_clock_right_at_once_leave_one_and_the_other_reads_what_it_is_now(ws: Workspace) -> None:
    clock, ready, said = clock_in(ws, in_work(ws)), Barrier(2), list[object]()

    def tablet(name: str, minute: int) -> None:
        ready.wait()
        try:
            said.append(put_right(ws, clock, name, ended_at=at(10, minute), seen=(at(9), None)).ended_at)
        except Refusal as refusal:
            said.append(refusal)

    threads = [Thread(target=tablet, args=one) for one in ((SAM, 10), (MAX, 20))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = next(one for one in said if isinstance(one, datetime))
    told = next(one for one in said if not isinstance(one, datetime))
    assert isinstance(told, ClockChanged)
    assert told.params == {"first": "09:00", "last": f"{kept:%H:%M}"}


def test_whatever_is_started_stopped_and_set_right_nobodys_clocks_overlap(ws: Workspace) -> None:
    by, orders, done = Random(1), [in_work(ws, plate=f"A {n}") for n in range(2)], 0
    for step in range(40):
        now = at(9, step)
        act = by.randrange(3)
        with suppress(Refusal), unit_of_work(as_name(ws.at(now), by.choice((TOM, TIA)) if act < 2 else SAM)) as work:
            match act:
                case 0:
                    start(work, by.choice(orders))
                case 1:
                    pause(work, by.choice(orders), reason=HoldReason.BREAK)
                case _:
                    rows = list(work.db.exec(select(ClockEntry)))
                    times = [now - timedelta(minutes=by.randrange(30)) for _ in range(2)]
                    correct(
                        work,
                        by.choice(rows).id if rows else 1,
                        started_at=min(times),
                        ended_at=max(times),
                        reason=FORGOT,
                    )
                    done += 1
    with reading(ws) as work:
        clocks_never_overlap(work)
    assert done >= 3  # it was tried in earnest
