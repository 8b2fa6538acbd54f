"""What the demo's booking desk has to look after today: questions, wishes, parts, calls, and what is laid out for tomorrow."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlmodel import col, select

from db.enums import AppointmentStatus, ComplaintStatus, Role
from db.enums_desk import OutreachReason, OutreachResult
from db.models import Appointment, Complaint, PartReservation, Vehicle
from services import booking, booking_changes, purchases
from services.demo.desk_history import wish_not_met
from services.demo.stage import Stage
from services.due_work import reckon_all
from services.outreach import cars_to_call
from services.outreach_calls import Occasion, call_result
from services.picking import pick
from services.refusals import Refusal

CALLS = (
    (OutreachReason.SERVICE, OutreachResult.NOT_REACHED),
    (OutreachReason.SERVICE, OutreachResult.LATER),
    (OutreachReason.INSPECTION, OutreachResult.NO),
)


def play_desk(stage: Stage) -> None:
    """To be played last: it needs the bookings of the days ahead, and an open complaint."""
    now = stage.today
    wish_not_met(stage, now - timedelta(days=1, hours=2))
    wish_not_met(stage, now - timedelta(hours=1, minutes=30))
    ahead = _ahead(stage)
    _asked(stage, now)
    _part_is_in(stage, ahead, now)
    _cancelled(stage, ahead, now)
    _comes_back(stage, now)
    _picked(stage, now)
    _called(stage, now)


def _ahead(stage: Stage) -> list[int]:
    """Confirmed bookings from tomorrow on, the nearest first."""
    tomorrow = stage.wall(stage.today.date() + timedelta(days=1), 0)
    status = (Appointment.status == AppointmentStatus.CONFIRMED, col(Appointment.starts_at) >= tomorrow)
    return list(stage.work.db.exec(select(Appointment.id).where(*status).order_by(col(Appointment.starts_at))))


def _asked(stage: Stage, now: datetime) -> None:
    """An advisor waits for the store's answer."""
    car, vehicle = stage.due_car(now.date())
    concern = stage.rng.choice([one for one in stage.content.concerns_for(car.fuel) if one.jobs])
    jobs = [stage.jobs[code].id for code in concern.jobs]
    question = stage.content.desk.stock_questions[0]
    _booked(stage, now - timedelta(minutes=3), 1, vehicle.id, concern.text, jobs, stock_question=question)


def _booked(
    stage: Stage, made: datetime, days: int, car: int, concern: str, jobs: list[int], *, stock_question: str = ""
) -> None:
    """At the first hour from so many days ahead at which there is a place."""
    work = stage.at(made, stage.one(Role.ADVISOR))
    for hour in range(24 * days + 9, 24 * days + 90):
        with suppress(Refusal), work.db.begin_nested():
            starts_at = stage.wall(stage.today.date(), 60 * hour)
            booking.book(work, car, concern=concern, job_ids=jobs, starts_at=starts_at, stock_question=stock_question)
            return


def _part_is_in(stage: Stage, ahead: list[int], now: datetime) -> None:
    """What a booking waited for has come: somebody has to call."""
    if not ahead:
        return
    key, clerk = ahead.pop(), stage.one(Role.PARTS_CLERK)
    work = stage.at(now - timedelta(hours=20), stage.one(Role.ADVISOR))
    booking_changes.wait_parts(work, key, part=stage.content.desk.free_parts[0])
    row = purchases.lines_of(work, key)[0]
    purchases.order(stage.at(now - timedelta(hours=19), clerk), row.id)
    purchases.come_in(stage.at(now - timedelta(minutes=25), clerk), row.id)


def _cancelled(stage: Stage, ahead: list[int], now: datetime) -> None:
    if ahead:
        work = stage.at(now - timedelta(minutes=70), stage.one(Role.ADVISOR))
        booking_changes.cancel(work, ahead.pop(), reason=stage.rng.choice(stage.content.cancel_reasons))


def _comes_back(stage: Stage, now: datetime) -> None:
    """The customer with the open complaint has booked: the manager must know."""
    unhappy = select(Complaint.customer_id).where(Complaint.status != ComplaintStatus.CLOSED)
    query = select(Vehicle.id).where(col(Vehicle.customer_id).in_(unhappy)).order_by(col(Vehicle.id))
    car = stage.work.db.exec(query).first()
    if car:
        story = stage.rng.choice(stage.content.complaints)
        _booked(stage, now - timedelta(minutes=15), 2, car, story.text, [stage.jobs["DIA-01"].id])


def _picked(stage: Stage, now: datetime) -> None:
    """Half of the coming parts lie ready with their labels."""
    work = stage.at(now - timedelta(minutes=40), stage.one(Role.PARTS_CLERK))
    query = (
        select(PartReservation.appointment_id)
        .join(Appointment, col(Appointment.id) == col(PartReservation.appointment_id))
        .where(col(Appointment.starts_at) > now)
        .group_by(col(PartReservation.appointment_id), col(Appointment.starts_at))
        .order_by(col(Appointment.starts_at))
        .limit(12)
    )
    for key in list(work.db.exec(query))[::2]:
        with suppress(Refusal), work.db.begin_nested():
            pick(work, key or 0)


def _called(stage: Stage, now: datetime) -> None:
    """The first calls of the day have been made; the rest of the lists waits."""
    work = stage.at(now - timedelta(hours=1), stage.one(Role.FOLLOW_UP))
    while reckon_all(work):
        pass
    for minutes, (reason, result) in enumerate(CALLS):
        stage.at(now - timedelta(minutes=60 - 5 * minutes), work.by)
        row = next(iter(cars_to_call(work, reason, most=1)), None)
        if row:
            again = now.date() + timedelta(days=3) if result == OutreachResult.LATER else None
            call_result(work, Occasion(row.vehicle_id, reason, row.about), result, again_on=again)
