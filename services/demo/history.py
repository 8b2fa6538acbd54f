"""Ninety days of a garage's life: bookings, walk-ins, no-shows, calls, complaints."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from db.enums import Answer, Channel, CheckLevel, ComplaintKind, Role
from db.models import Appointment, FollowUp
from services import booking, booking_changes, complaints, follow_ups
from services.calendar_days import is_open
from services.catalogue import estimate
from services.demo import desk_history, drawer_day, money_history
from services.demo.acts_shop import NoPlaceLeft
from services.demo.cars import DemoCar
from services.demo.stage import Stage
from services.demo.story_content import Concern, Feedback
from services.demo.visit import Visit
from services.offers import offers
from services.refusals import Refusal

DAYS = 90
LONGEST = 180  # minutes of work on one car
NEAR = timedelta(hours=2)  # so far from the wish a time still suits


def play_history(stage: Stage, days: int, per_day: tuple[int, int]) -> None:
    """Every open day of the last `days`, each with between so many cars; then the follow-up calls that came due."""
    first = stage.today.date() - timedelta(days=days)
    for day in (first + timedelta(days=n) for n in range(days)):
        if is_open(stage.at(stage.wall(day, 12 * 60)), day):
            _play_day(stage, day, stage.rng.randint(*per_day))
        _make_calls(stage, day)


def pick_concern(stage: Stage, car: DemoCar, longest: int = LONGEST) -> Concern:
    """Something this car can have, that fits into half a day and one kind of bay."""
    found = [c for c in stage.content.concerns_for(car.fuel) if c.jobs and _short(stage, c, longest)]
    return stage.rng.choice(found)


def _short(stage: Stage, concern: Concern, longest: int) -> bool:
    jobs = [stage.jobs[code] for code in concern.jobs]
    return sum(job.minutes for job in jobs) <= longest and len({job.bay_kind for job in jobs}) == 1


def _play_day(stage: Stage, day: date, cars: int) -> None:
    if stage.rng.random() < 0.15:
        desk_history.wish_not_met(stage, stage.wall(day, stage.rng.randrange(9 * 60, 16 * 60)))
    visits = sorted((v for _ in range(cars) if (v := _visit(stage, day))), key=lambda visit: visit.arrives)
    desk_history.messages_went_out(stage.work, stage.wall(day, 24 * 60))
    drawer_day.open_for(stage, day)
    for number, visit in enumerate(visits):
        visit.way = money_history.way_of(day, number)
        with suppress(NoPlaceLeft), stage.work.db.begin_nested():
            visit.play()
    money_history.day_over(stage, day)
    drawer_day.close_for(stage, day)


def _visit(stage: Stage, day: date) -> Visit | None:
    rng = stage.rng
    car, vehicle = stage.due_car(day)
    concern = pick_concern(stage, car)
    arrives = stage.wall(day, rng.randrange(8 * 60 + 30, 15 * 60, 15))
    booked = book_ahead(stage, vehicle.id, concern, arrives) if rng.random() < 0.7 else None
    arrives = booked.starts_at if booked and booked.starts_at else arrives
    if booked and rng.random() < 0.05:
        _no_show(stage, booked.id, arrives)
        return None
    if booked and desk_history.changed(stage, booked):
        return None
    return Visit(
        stage, car, vehicle, concern,
        arrives + timedelta(minutes=rng.randint(-12, 6)),
        booked.id if booked else None,
        wash=rng.random() < 0.6,
        waits=rng.random() < 0.35,
        fails=CheckLevel.FINAL if rng.random() < 0.05 else None,
        extra=rng.choice([Answer.AGREED, Answer.AGREED, Answer.DECLINED]) if rng.random() < 0.18 else None,
        pace=rng.uniform(0.7, 1.0),
        looks=rng.random() < 0.25,
    )  # fmt: skip


def book_ahead(
    stage: Stage, vehicle_id: int, concern: Concern, wish: datetime, near: timedelta = NEAR
) -> Appointment | None:
    """A booking made up to six days before, at the wish or `near` it; None when there was no place."""
    rng = stage.rng
    ahead = max(0, (wish - stage.today).days)  # nobody books more than a week before
    days = rng.randint(0 if ahead else 1, max(6 - ahead, 0))
    work = stage.at(
        min(wish, stage.today) - timedelta(days=days, minutes=rng.randint(30, 300)), stage.one(Role.ADVISOR)
    )
    jobs = [stage.jobs[code].id for code in concern.jobs]
    with suppress(Refusal), work.db.begin_nested():
        free = offers(work, estimate(work, jobs).needs, wish, around=wish.date())
        times = [one.starts_at for one in free if abs(one.starts_at - wish) <= near]
        if not times:
            return None
        moves = len(times) > 1 and rng.random() < 0.08
        row = booking.book(
            work, vehicle_id, concern=concern.text, clarification=concern.clarification, job_ids=jobs, wished_at=wish,
            starts_at=times[-1] if moves else times[0], garage_called=rng.random() < 0.15,
            channel=rng.choice([Channel.PHONE, Channel.PHONE, Channel.WECHAT]),
            answers=desk_history.clarified(stage, concern.text),
        )  # fmt: skip
        desk_history.answered(stage, row)
        if moves:
            desk_history.moved_to(stage, row, times[0])
        return row
    return None


def _no_show(stage: Stage, appointment_id: int, starts_at: datetime) -> None:
    advisor = stage.one(Role.ADVISOR)
    note = stage.rng.choice(stage.content.no_show_notes)
    booking_changes.tried(stage.at(starts_at + timedelta(minutes=20), advisor), appointment_id, note=note)
    row = booking_changes.no_show(stage.at(starts_at + timedelta(minutes=40), advisor), appointment_id)
    desk_history.not_come(stage, row)


def _make_calls(stage: Stage, day: date) -> None:
    """The calls due that day; most people are reached, most are satisfied."""
    if day >= stage.today.date() - timedelta(days=1):
        return  # what came due since yesterday is still to be called
    until = stage.wall(day, 20 * 60)
    due = select(FollowUp).where(col(FollowUp.finished_at).is_(None), FollowUp.due_at < until)
    for call in stage.work.db.exec(due).all():
        _call(stage, call.id, stage.wall(day, stage.rng.randrange(10 * 60, 18 * 60)))


def _call(stage: Stage, call_id: int, moment: datetime) -> None:
    work, rng = stage.at(moment, stage.one(Role.FOLLOW_UP)), stage.rng
    if rng.random() < 0.15:
        follow_ups.miss(work, call_id)
        return
    said = rng.choice([f for f in stage.content.feedback if f.good == (rng.random() < 0.95)])
    follow_ups.reach(work, call_id)
    answer_call(stage, call_id, said)


def answer_call(stage: Stage, call_id: int, said: Feedback) -> None:
    """What the customer said; a bad answer becomes a complaint, which is dealt with within two days."""
    work = stage.work
    scores = {key: getattr(said, key) for key in ("quality", "attitude", "punctuality", "price", "cleanliness")}
    follow_ups.answer(work, call_id, scores=scores, recommend=said.recommend, comment=said.text)
    if said.good and min(scores.values()) > 2:
        follow_ups.satisfied(work, call_id)
        return
    complaint = follow_ups.complain(work, call_id, words=said.text)
    if work.now < stage.today - timedelta(days=3):
        _settle(stage, complaint.id, work.now)


def _settle(stage: Stage, complaint_id: int, since: datetime) -> None:
    story, manager = stage.rng.choice(stage.content.complaints), stage.one(Role.MANAGER)
    steps = _complaint_steps(stage, complaint_id, story.kind, story.plan, story.handling, story.answer)
    for number, step in enumerate(steps, 1):
        stage.at(since + timedelta(hours=4 * number), manager)
        step()


def _complaint_steps(
    stage: Stage, key: int, kind: ComplaintKind, plan: str, handling: str, told: str
) -> Iterator[Callable[[], object]]:
    work = stage.work
    boss = stage.people[Role.MANAGER][0].id
    yield lambda: complaints.classify(work, key, kind=kind, responsible_id=boss, due_at=work.now + timedelta(days=2))
    yield lambda: complaints.plan(work, key, what=plan)
    yield lambda: complaints.handle(work, key, what=handling)
    yield lambda: complaints.answer(work, key, what=told)
    yield lambda: complaints.close(work, key)
