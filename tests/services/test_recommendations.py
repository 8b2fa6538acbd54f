"""What is advised for later follows the car; and every finished car has its place."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from db.enums import Answer, CheckLevel, OrderStatus, Role, Urgency
from db.enums_workshop import AdviceEnd
from db.models import Event, OrderJob, Recommendation, WorkOrder
from services import parking, workshop
from services.car_call import car_call
from services.checks import TEMPLATES, pass_check
from services.files import attachments
from services.order_moves import ORDERS
from services.recommendations import (
    AdvisedAlready,
    DuePassed,
    end,
    of_order,
    open_recommendations,
    put_on_order,
    recommend,
    visit_over,
)
from services.refusals import Missing, NotAllowed, NotFound, NotNow, OutOfRange, TooLong, WrongStatus
from services.work import Work, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role, make_car
from tests.services.test_checks import at_check, passes
from tests.services.test_files import picture
from tests.shop import in_work, lines_of, make_order, order_of

TODAY = MONDAY_9.date()
BRAKES = 2  # the catalogue's job


def advised(ws: Workspace, order: int, text: str = "Coolant hose", **more: Any) -> Recommendation:
    with unit_of_work(as_name(ws, "Lea Leader")) as work:
        return recommend(work, order, text=text, **more)


def back_at_reception(work: Work, before: WorkOrder) -> WorkOrder:
    return work.add(
        WorkOrder(number="W2", customer_id=before.customer_id, vehicle_id=before.vehicle_id, arrived_at=work.now,
                  greeted_at=work.now)
    )  # fmt: skip


def test_advice_stands_on_the_order_and_is_found_by_the_car_safety_first(ws: Workspace) -> None:
    order = in_work(ws)
    advised(ws, order)
    pads = advised(ws, order, "", job_id=BRAKES, urgency=Urgency.SOON, due_on=TODAY + timedelta(days=90), due_km=52_000)
    advised(ws, order, "Tyre aged", safety=True)
    assert (pads.text, pads.by_id) == ("Front brake pads", 5)
    assert order_of(ws, order).advice == "Tyre aged; Front brake pads; Coolant hose"
    with unit_of_work(ws) as work:
        car = work.get(WorkOrder, order).vehicle_id
        assert [one.text for one in open_recommendations(work, car)] == [
            "Tyre aged",
            "Front brake pads",
            "Coolant hose",
        ]
        call = car_call(work, car)
        assert [one.text for one in call.advised] == ["Tyre aged", "Front brake pads", "Coolant hose"]
        assert BRAKES in call.offered


NONSENSE: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
    ({"text": " "}, Missing),
    ({"text": "x" * 161}, TooLong),
    ({"text": "COOLANT hose"}, AdvisedAlready),
    ({"text": "Later", "due_on": TODAY - timedelta(days=1)}, DuePassed),
    ({"text": "Later", "due_on": date(2090, 1, 1)}, DuePassed),
    ({"text": "Later", "due_km": 0}, OutOfRange),
    ({"text": "", "job_id": 999}, NotFound),
)


def test_advice_that_makes_no_sense_is_refused(ws: Workspace) -> None:
    order = in_work(ws)
    advised(ws, order)
    for more, refusal in NONSENSE:
        with pytest.raises(refusal):
            advised(ws, order, **more)
    with unit_of_work(ws) as work:
        assert len(of_order(work, order)) == 1


def test_who_advises_and_when(ws: Workspace) -> None:
    order, new = in_work(ws), make_order(ws, plate="NEW 1")
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        recommend(work, order, text="Hose")
    with pytest.raises(WrongStatus):
        advised(ws, new)


def test_at_the_next_visit_it_goes_on_the_estimate_by_one_tap_and_only_once(ws: Workspace) -> None:
    order = in_work(ws)
    hose, pads = advised(ws, order, safety=True, urgency=Urgency.SOON), advised(ws, order, "", job_id=BRAKES)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        again = back_at_reception(work, work.get(WorkOrder, order))
        words = put_on_order(work, again.id, recommendation_id=hose.id)
        job = put_on_order(work, again.id, recommendation_id=pads.id)
        assert (words.title, words.safety, words.urgency, words.job_id) == ("Coolant hose", True, Urgency.SOON, None)
        assert (job.job_id, job.reason) == (BRAKES, "")
        assert next(line.unpriced for line in lines_of(work, again.id))
        for one in (hose, pads):
            with pytest.raises(NotNow):
                put_on_order(work, again.id, recommendation_id=one.id)
        other = make_car(work, plate="OTHER 1")
        strange = work.add(WorkOrder(number="W3", customer_id=other.customer_id, vehicle_id=other.id, arrived_at=work.now,
                                     greeted_at=work.now))  # fmt: skip
        with pytest.raises(NotFound):
            put_on_order(work, strange.id, recommendation_id=hose.id)


def test_what_another_tablet_ended_a_moment_ago_is_not_put_on_an_estimate(ws: Workspace) -> None:
    if ws.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    order = in_work(ws)
    hose = advised(ws, order)
    with unit_of_work(ws) as work:
        again = back_at_reception(work, work.get(WorkOrder, order)).id
    with unit_of_work(as_role(ws, Role.ADVISOR)) as late:
        there = open_recommendations(late, hose.vehicle_id)
        with unit_of_work(as_role(ws, Role.ADVISOR)) as early:
            end(early, hose.id, how=AdviceEnd.DECLINED)
        with pytest.raises(NotNow):
            put_on_order(late, again, recommendation_id=there[0].id)


def test_what_a_visit_did_is_done_and_what_was_not_wanted_is_declined_the_rest_stays(ws: Workspace) -> None:
    order = in_work(ws)
    kept, hose, pads = advised(ws, order, "Wipers"), advised(ws, order), advised(ws, order, "", job_id=BRAKES)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        again = back_at_reception(work, work.get(WorkOrder, order))
        for one in (hose, pads):
            put_on_order(work, again.id, recommendation_id=one.id)
        jobs = {job.title: job for job in work.db.exec(select(OrderJob).where(OrderJob.order_id == again.id))}
        for line in lines_of(work, again.id):
            declined = line.order_job_id == jobs["Coolant hose"].id
            line.answer = Answer.DECLINED if declined else Answer.AGREED
        jobs["Front brake pads"].done_at = work.now
        work.db.flush()
        visit_over(work, facts_of(work, ORDERS, again.id))
        ends = {one.text: (one.ended, one.ended_order_id) for one in of_order(work, order)}
    assert ends == {
        "Wipers": (None, None),
        "Coolant hose": (AdviceEnd.DECLINED, again.id),
        "Front brake pads": (AdviceEnd.DONE, again.id),
    }
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        end(work, kept.id, how=AdviceEnd.OBSOLETE)
        assert (
            work.get(WorkOrder, order).advice == ""
        )  # the visit is still open: nothing is told that is no longer advised
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        end(work, kept.id, how=AdviceEnd.DONE)


def test_a_finished_car_stands_where_it_was_put_else_in_its_bay(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.FINAL)
    passes(ws, order, CheckLevel.FINAL)
    assert order_of(ws, order).place == "Lift 1"
    other = make_order(ws, status=OrderStatus.FINAL_INSPECTION, plate="OTHER 2", given_to="Tom Technician")
    with unit_of_work(as_role(ws, Role.INSPECTOR)) as work:
        points = [key for key, _ in TEMPLATES[CheckLevel.FINAL]]
        pass_check(work, other, level=CheckLevel.FINAL, items=points, place=" Row  B 3 ")
        assert parking.known_places(work) == ["Row B 3"]  # a bay is no parking place
        parking.park(work, other, place="Row C")
    assert order_of(ws, other).place == "Row C"
    for place, refusal in ((" ", Missing), ("x" * 61, TooLong)):
        with pytest.raises(refusal), unit_of_work(as_role(ws, Role.INSPECTOR)) as work:
            parking.park(work, other, place=place)


def test_after_the_wash_a_photo_shows_it(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.FINAL, wash=True)
    with pytest.raises(NotNow), unit_of_work(as_name(ws, "Tom Technician")) as work:
        parking.add_photo(work, order, picture(40, 30))
    passes(ws, order, CheckLevel.FINAL)
    with unit_of_work(as_name(ws, "Tom Technician")) as work:
        parking.add_photo(work, order, picture(40, 30))
        workshop.wash(work, order, place="Row A")
        assert len(attachments(work, work.get(WorkOrder, order), parking.PHOTO)) == 1
        assert "photo" in [one.action for one in work.db.exec(select(Event).where(Event.subject_id == order))]
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        parking.add_photo(work, order, picture(40, 30))
