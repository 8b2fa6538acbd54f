"""Random sequences of booking, moving, cancelling, absences and closing days: the places held are always what the bookings say."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, delete, select

from db.enums import AppointmentStatus, BayKind, Role, Skill
from db.models import Absence, Appointment, AppointmentJob, Bay, ClosingDay, Job, Reservation
from services.booking import book, move, move_stay
from services.booking_changes import cancel
from services.booking_jobs import change_jobs
from services.catalogue import estimate
from services.conflicts import CLOSED, CLOSED_FOR, conflicts
from services.day_limits import set_day_limits
from services.offers import offers
from services.opening import as_usual_on, close_on
from services.refusals import Refusal
from services.shifts import add_absence, remove_absence
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

FIRST = date(2026, 11, 24)
OIL, PADS, BATTERY, PAIR, LARGE = 1, 2, 3, 4, 5
HOUR = timedelta(hours=1)

numbers = st.integers(0, 9)
times = st.builds(
    lambda day, quarter: datetime(2026, 11, 24, 8, tzinfo=UTC) + timedelta(days=day, minutes=15 * quarter),
    st.integers(0, 4), st.integers(0, 39),
)  # fmt: skip
jobs = st.lists(st.sampled_from([OIL, PADS, BATTERY, PAIR, LARGE]), min_size=1, max_size=3, unique=True)
steps = st.one_of(
    st.tuples(st.just("book"), jobs, times),
    st.tuples(st.just("book"), jobs, times),
    st.tuples(st.just("book as offered"), jobs, times),
    st.tuples(st.just("move"), numbers, times),
    st.tuples(st.just("drag"), numbers, times, st.integers(1, 5)),
    st.tuples(st.just("change jobs"), numbers, jobs),
    st.tuples(st.just("cancel"), numbers),
    st.tuples(st.just("away"), st.integers(3, 5), times, st.integers(1, 30)),
    st.tuples(st.just("back"), numbers),
    st.tuples(st.just("close"), st.integers(0, 4)),
    st.tuples(st.just("open"), st.integers(0, 4)),
    st.tuples(st.just("buffer"), st.sampled_from([0, 15, 30])),
    st.tuples(st.just("share"), st.sampled_from([0, 30, 60])),
    st.tuples(st.just("limit"), st.sampled_from([1, 2, 9])),
)


class Undo(Exception):
    """Leaves a sequence without a trace, so that the next one finds the garage as it was."""


@contextmanager
def nothing_remains(ws: Workspace) -> Iterator[Work]:
    try:
        with unit_of_work(ws) as work:
            yield work
            raise Undo
    except Undo:
        pass


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(steps, min_size=5, max_size=25))
def test_the_places_held_are_always_what_the_bookings_say(ws: Workspace, walk: list[tuple[Any, ...]]) -> None:
    with nothing_remains(as_role(ws, Role.MANAGER)) as work:
        for name, minutes, people in (("PAIR", 60, 2), ("LARGE", 12 * 60, 1)):
            work.add(
                Job(code=name, name=name, minutes=minutes, bay_kind=BayKind.LIFT, skill=Skill.SERVICE, people=people)
            )
        for what, *details in walk:
            before = held(work)
            try:
                with work.db.begin_nested():
                    STEPS[what](work, *details)
            except Refusal:
                assert held(work) == before, what
            if what in HARMLESS:
                assert held(work) == before, what
            every_booking_has_its_places(work)
            nothing_overlaps(work)
            conflicts_are_the_bookings_that_no_longer_fit(work)


def held(work: Work) -> list[tuple[Any, ...]]:
    rows = work.db.exec(select(Reservation).order_by(col(Reservation.id)))
    return [(row.appointment_id, row.bay_id, row.staff_id, row.starts_at, row.ends_at) for row in rows]


def _pick(work: Work, number: int) -> Appointment | None:
    rows = work.db.exec(select(Appointment).order_by(col(Appointment.id))).all()
    return rows[number % len(rows)] if rows else None


def _book(work: Work, job_ids: list[int], at: datetime) -> None:
    plate = f"W{len(work.db.exec(select(Appointment)).all())}"
    book(work, make_car(work, plate=plate).id, concern="It squeaks", job_ids=job_ids, starts_at=at)


def _book_as_offered(work: Work, job_ids: list[int], at: datetime) -> None:
    """Whatever is offered can be booked."""
    for offer in offers(work, estimate(work, job_ids).needs, at)[:1]:
        try:
            _book(work, job_ids, offer.starts_at)
        except Refusal as refusal:
            raise AssertionError(f"offered and refused: {refusal!r}") from refusal
        newest = work.db.exec(select(Reservation).order_by(col(Reservation.ends_at).desc())).all()
        assert offer.ends_at in {row.ends_at for row in newest}


def _move(work: Work, number: int, at: datetime) -> None:
    if row := _pick(work, number):
        move(work, row.id, starts_at=at)


def _drag(work: Work, number: int, at: datetime, owner: int) -> None:
    rows = work.db.exec(select(Reservation).order_by(col(Reservation.id))).all()
    if rows:
        row = rows[number % len(rows)]
        bay, person = (owner, None) if row.bay_id else (None, owner)
        move_stay(work, row.id, starts_at=at, bay_id=bay, staff_id=person)


def _change_jobs(work: Work, number: int, job_ids: list[int]) -> None:
    if row := _pick(work, number):
        change_jobs(work, row.id, job_ids)


def _cancel(work: Work, number: int) -> None:
    if row := _pick(work, number):
        cancel(work, row.id, reason="Sold")


def _away(work: Work, staff_id: int, at: datetime, hours: int) -> None:
    add_absence(work, staff_id, starts_at=at, ends_at=at + hours * HOUR, reason="")


def _back(work: Work, number: int) -> None:
    rows = work.db.exec(select(Absence)).all()
    if rows:
        remove_absence(work, rows[number % len(rows)].id)


def _buffer(work: Work, minutes: int) -> None:
    work.garage.buffer_minutes = minutes


def _share(work: Work, percent: int) -> None:
    work.garage.walk_in_percent = percent


def _limit(work: Work, most: int) -> None:
    set_day_limits(work, limits={"service": most, "brakes": most})


STEPS: dict[str, Any] = {
    "book": _book, "book as offered": _book_as_offered, "move": _move, "drag": _drag, "change jobs": _change_jobs,
    "cancel": _cancel, "away": _away, "back": _back, "buffer": _buffer, "share": _share,
    "limit": _limit,
    "close": lambda work, day: close_on(work, day=FIRST + timedelta(days=day), reason=""),
    "open": lambda work, day: as_usual_on(work, day=FIRST + timedelta(days=day)),
}  # fmt: skip
HARMLESS = ("away", "back", "close", "open", "buffer", "share", "limit")


def every_booking_has_its_places(work: Work) -> None:
    """Confirmed bookings hold bays of the right kind and as many people as their jobs need, for as long; others hold nothing."""
    mine: dict[int, list[Reservation]] = defaultdict(list)
    for row in work.db.exec(select(Reservation)):
        mine[row.appointment_id or 0].append(row)
    kinds = {bay.id: bay.kind for bay in work.db.exec(select(Bay))}
    for booking in work.db.exec(select(Appointment)):
        rows = mine.pop(booking.id, [])
        if booking.status != AppointmentStatus.CONFIRMED:
            assert not rows
            continue
        assert min(row.starts_at for row in rows) == booking.starts_at
        found: dict[tuple[Any, int], int] = defaultdict(int)
        for bay in (row for row in rows if row.bay_id):
            team = [row for row in rows if row.staff_id and row.starts_at == bay.starts_at]
            assert {row.ends_at for row in team} == {bay.ends_at}
            assert len({row.staff_id for row in team}) == len(team)
            found[kinds[bay.bay_id or 0], len(team)] += _worked(bay.starts_at, bay.ends_at)
        assert dict(found) == _needed(work, booking)
    assert not mine


def _needed(work: Work, booking: Appointment) -> dict[tuple[Any, int], int]:
    query = select(Job, AppointmentJob.minutes).join(AppointmentJob, col(AppointmentJob.job_id) == col(Job.id))
    found: dict[tuple[Any, int], int] = defaultdict(int)
    for job, minutes in work.db.exec(query.where(AppointmentJob.appointment_id == booking.id)):
        found[job.bay_kind, job.people] += minutes
    return dict(found)


def _worked(starts: datetime, ends: datetime) -> int:
    """Minutes without the break from 12 to 13."""
    noon = starts.replace(hour=12, minute=0)
    rest = max(min(ends, noon + HOUR) - max(starts, noon), timedelta(0))
    return int((ends - starts - rest).total_seconds() // 60)


def nothing_overlaps(work: Work) -> None:
    owners: dict[tuple[str, int | None], list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in work.db.exec(select(Reservation)):
        owners["bay" if row.bay_id else "staff", row.bay_id or row.staff_id].append((row.starts_at, row.ends_at))
    for spans in owners.values():
        for (_, ends), (starts, _) in pairwise(sorted(spans)):
            assert ends <= starts


def conflicts_are_the_bookings_that_no_longer_fit(work: Work) -> None:
    """Reckoned the slow way: on a closed day, or over an absence."""
    closed = {row.day for row in work.db.exec(select(ClosingDay))}
    absences = work.db.exec(select(Absence)).all()
    on_closed_days, away = set(), set()
    for row in work.db.exec(select(Reservation)):
        if row.starts_at.date() in closed:
            on_closed_days.add(row.appointment_id)
        elif any(
            one.staff_id == row.staff_id and one.starts_at < row.ends_at and one.ends_at > row.starts_at
            for one in absences
        ):
            away.add(row.appointment_id)
    found = conflicts(work)
    assert {one.appointment_id for one in found} == on_closed_days | away
    assert {one.appointment_id for one in found if one.why in (CLOSED, CLOSED_FOR)} == on_closed_days


def test_the_garage_is_as_it_was_after_a_sequence(ws: Workspace) -> None:
    with nothing_remains(as_role(ws, Role.MANAGER)) as work:
        _book(work, [OIL], datetime(2026, 11, 24, 9, tzinfo=UTC))
    with unit_of_work(ws) as work:
        assert work.db.exec(select(Appointment)).all() == []
        work.db.exec(delete(Reservation))
