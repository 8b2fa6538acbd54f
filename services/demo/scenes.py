"""The day on which the demo garage is opened: cars in every status, and what a manager has to look after."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from db.enums import Answer, CheckLevel, ComplaintStatus, FollowUpStatus, Role
from db.models import Complaint, FollowUp
from services import booking_changes, follow_ups
from services.calendar_days import is_open
from services.demo import drawer_day
from services.demo.acts_shop import NoPlaceLeft
from services.demo.desk_scenes import play_desk
from services.demo.history import NEAR, answer_call, book_ahead, pick_concern
from services.demo.money_scenes import play_money
from services.demo.reception_scenes import play_reception
from services.demo.shop_scenes import play_shop
from services.demo.stage import Stage
from services.demo.visit import Visit

QUARTER = 15
HALF_HOUR = timedelta(minutes=30)
AHEAD = 6  # days with bookings after today


@dataclass(frozen=True)
class Scene:
    """A car that came `ago` minutes ago and stands after the act `until`; promised for `promised` minutes from now."""

    until: str
    ago: int
    promised: int
    longest: int = 120
    more: dict[str, Any] = field(default_factory=dict)


SCENES = (
    Scene("close", 285, 15, 60),
    Scene("deliver", 270, 20, 60),
    Scene("tell", 260, 30, 75),
    Scene("bill", 250, 45, 75),
    Scene("final", 240, 40, 90, {"wash": True}),
    Scene("fail", 235, 35, 60, {"fails": CheckLevel.FINAL}),
    Scene("team", 220, 50, 90),
    Scene("self", 205, 60, 75),
    Scene("finish", 190, 75, 60),
    Scene("start", 170, -25),
    Scene("hold", 140, 150, 90),
    Scene("propose", 95, 105, more={"extra": Answer.PENDING}),
    Scene("start", 60, 90, more={"waits": True}),
    Scene("approve", 30, 150),
    Scene("hand_over", 22, 195),
    Scene("estimate", 18, 210),
    Scene("look", 14, 0),
    Scene("look", 12, 0),
    Scene("inspect", 9, 0),
    Scene("arrive", 3, 0),
)


def play_today(stage: Stage) -> None:
    """The cars that are here, those still to come, the one that did not, and bookings for the days ahead."""
    now = stage.today
    drawer_day.open_for(stage, now.date())
    for scene in SCENES:
        _play(stage, scene, now)
    _no_show(stage, now)
    _waiting_for_parts(stage, now)
    _expected(stage, now)
    for n in range(1, AHEAD + 1):
        day = now.date() + timedelta(days=n)
        if is_open(stage.at(now), day):
            _bookings(stage, [stage.wall(day, 8 * 60 + 30 + 45 * k) for k in range(stage.rng.randint(5, 8))])
    _complaint(stage, now)
    play_reception(stage)
    play_shop(stage)
    play_money(stage)
    play_desk(stage)


def _play(stage: Stage, scene: Scene, now: datetime) -> None:
    """A few tries: another car and another concern when the garage has no place for the first, or the work would not be over."""
    for _ in range(8):
        car, vehicle = stage.due_car(now.date())
        promise = now + timedelta(minutes=scene.promised)
        more = {"wash": False, "looks": True, **scene.more}
        concern = pick_concern(stage, car, scene.longest)
        came = now - timedelta(minutes=scene.ago)
        visit = Visit(stage, car, vehicle, concern, came, until=scene.until, promise=promise, pace=0.8, **more)
        with suppress(NoPlaceLeft), stage.work.db.begin_nested():
            if visit.play().now > now:
                raise NoPlaceLeft
            return


def _bookings(stage: Stage, times: list[datetime], near: timedelta = NEAR) -> list[int]:
    made = []
    for starts_at in times:
        car, vehicle = stage.due_car(starts_at.date())
        if row := book_ahead(stage, vehicle.id, pick_concern(stage, car), starts_at, near):
            made.append(row.id)
    return made


def _on_grid(moment: datetime) -> datetime:
    return moment - timedelta(minutes=moment.minute % QUARTER, seconds=moment.second, microseconds=moment.microsecond)


def _expected(stage: Stage, now: datetime) -> None:
    _bookings(stage, [_on_grid(now + timedelta(minutes=m)) for m in (25, 45, 75, 105, 150, 195, 240)])


def _no_show(stage: Stage, now: datetime) -> None:
    advisor = stage.one(Role.ADVISOR)
    note = stage.rng.choice(stage.content.no_show_notes)
    key = _one_booking(stage, [_on_grid(now - timedelta(minutes=m)) for m in range(75, 290, 15)])
    if key is None:
        return
    booking_changes.tried(stage.at(now - timedelta(minutes=20), advisor), key, note=note)
    booking_changes.no_show(stage.at(now - timedelta(minutes=5), advisor), key)


def _waiting_for_parts(stage: Stage, now: datetime) -> None:
    tomorrow = next(d for n in range(1, 8) if is_open(stage.at(now), d := now.date() + timedelta(days=n)))
    key = _one_booking(stage, [stage.wall(tomorrow, 60 * hour) for hour in range(9, 17)])
    if key is None:
        return
    part = stage.rng.choice(list(stage.parts.values()))
    booking_changes.wait_parts(stage.at(now - timedelta(minutes=50), stage.one(Role.ADVISOR)), key, part=part.name)


def _one_booking(stage: Stage, times: list[datetime]) -> int | None:
    """A booking at or about the first of the times at which some car gets a place; None on a day that is full."""
    tries = (_bookings(stage, [at], HALF_HOUR) for _ in range(5) for at in times)
    return next((made[0] for made in tries if made), None)


def _complaint(stage: Stage, now: datetime) -> None:
    """One complaint is open, whatever the dice said."""
    still = select(Complaint.id).where(Complaint.status != ComplaintStatus.CLOSED)
    due = select(FollowUp).where(FollowUp.status == FollowUpStatus.DUE).order_by(col(FollowUp.id))
    call = stage.work.db.exec(due).first()
    if stage.work.db.exec(still).first() is None and call:
        said = next(f for f in stage.content.feedback if not f.good)
        work = stage.at(now - timedelta(minutes=30), stage.one(Role.FOLLOW_UP))
        follow_ups.reach(work, call.id)
        answer_call(stage, call.id, said)
