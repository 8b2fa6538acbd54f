"""The estimate at check-in: lines, payers, discounts, ways, starting points; and the promised time."""

import os
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlmodel import select
from streamlit.testing.v1 import AppTest

import services.workspace
from db.enums import Answer, LineKind, Payer, Role
from db.enums_reception import PartGrade
from db.models import JobPackage, JobPackageItem, OrderJob, OrderLine, Part, PurchaseLine, WorkOrder
from services import orders
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.pages.conftest import App
from tests.services.reception import lines_of, received


@pytest.fixture
def key(garage: Workspace) -> int:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        return received(work, jobs=(1, 2)).id


def lines(garage: Workspace, key: int) -> list[OrderLine]:
    with reading(garage) as work:
        return lines_of(work, work.get(WorkOrder, key))


def opened(at: AppTest, name: str) -> AppTest:
    """With the popover of that key open."""
    at.session_state[name] = True
    return at.run()


def said(at: AppTest) -> str:
    return " ".join(element.value for element in (*at.markdown, *at.caption))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_line_opens_in_both_languages(app: App, garage: Workspace, key: int, language: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        job = work.db.exec(select(OrderJob)).first()
        assert job
        orders.add_charge(
            work, key, order_job_id=job.id, kind=LineKind.OUTSIDE, title="Weld", unpriced=True, supplier="Smith"
        )
        pads = work.db.exec(select(Part).where(Part.code == "PADS")).one()
        pads.interchange, pads.grade, pads.on_hand = "PADS", PartGrade.ORIGINAL, Decimal(0)
        work.add(Part(code="PADS2", name="Pads", price=Decimal(20), interchange="PADS", grade=PartGrade.USED))
    at = app("reception", Role.ADVISOR, language, order=key, step="estimate")
    assert not at.exception
    names = [f"more_line_{line.id}" for line in lines(garage, key)]
    for name in [
        *names,
        f"more_job_{job.id}",
        f"free_{key}",
        f"part_{key}",
        f"charge_{key}",
        f"start_{key}",
        f"whole_{key}",
    ]:
        assert not opened(at, name).exception, name


@pytest.mark.parametrize("source", ["packages", "car", "model", "due"])
def test_every_starting_point_adds_its_jobs(app: App, garage: Workspace, key: int, source: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        mine = work.get(WorkOrder, key)
        before = received(work, jobs=(3,), plate="EARLIER")
        if source == "car":
            before.vehicle_id = mine.vehicle_id
        if source == "due":
            line = lines_of(work, before)[0]
            line.answer, before.vehicle_id = Answer.DECLINED, mine.vehicle_id
        work.db.add_all([before, JobPackage(id=1, name="Winter"), JobPackageItem(package_id=1, job_id=3)])
    at = opened(app("reception", Role.ADVISOR, order=key, step="estimate"), f"start_{key}")
    at.button_group(key=f"source_{key}").set_value(source)
    at.run()
    starts = ("package_", "past_", "due_")
    at.button(key=next(str(one.key) for one in at.button if str(one.key).startswith(starts))).click()
    at.run()
    assert not at.error
    assert lines(garage, key)[-1].title == "Battery test"


def test_a_shared_line_is_summed_per_payer(app: App, garage: Workspace, key: int) -> None:
    line = lines(garage, key)[0]  # £60 of labour
    at = opened(app("reception", Role.ADVISOR, order=key, step="estimate"), f"more_line_{line.id}")
    at.pills(key=f"payer_line_{line.id}").set_value(Payer.INSURER)
    at.run()
    at.number_input(key=f"percent_line_{line.id}").set_value(75)
    at.run()
    assert not at.error
    changed = lines(garage, key)[0]
    assert (changed.payer, changed.payer_percent) == (Payer.INSURER, 75)
    assert "Customer pays £195\\.75" in said(at)
    assert "**£45\\.00**" in said(at)


def test_a_limit_is_named_when_too_much_is_given_away(app: App, garage: Workspace, key: int) -> None:
    at = opened(app("reception", Role.ADVISOR, order=key, step="estimate"), f"whole_{key}")
    at.pills(key=f"less_all_{key}").set_value(10)
    at.run()
    assert not at.error
    assert [line.discount for line in lines(garage, key)] == [Decimal(6), Decimal("4.28"), Decimal(9), Decimal("4.80")]
    line = lines(garage, key)[0]
    at = opened(at, f"more_line_{line.id}")
    at.number_input(key=f"discount_{line.id}").set_value(7.0)
    at.run()
    assert [error.value for error in at.error] == [
        "12 % less on “Oil service” is more than you may give \\(10 %\\)\\. Ask manager\\."
    ]
    assert lines(garage, key)[0].discount == Decimal(6)


def test_what_is_missing_is_bought_with_a_tap(app: App, garage: Workspace, key: int) -> None:
    with unit_of_work(garage) as work:
        work.db.exec(select(Part).where(Part.code == "PADS")).one().on_hand = Decimal(0)
    pads = next(line for line in lines(garage, key) if line.title == "Front brake pads" and line.part_id)
    at = app("reception", Role.ADVISOR, order=key, step="estimate")
    assert "missing\\: 1" in said(at) or "missing: 1" in said(at)
    at = opened(at, f"more_line_{pads.id}")
    at.button(key=f"buy_line_{pads.id}").click()
    at.run()
    assert not at.error
    with reading(garage) as work:
        bought = work.db.exec(select(PurchaseLine)).one()
    assert (bought.order_id, bought.quantity) == (key, Decimal(1))


def test_another_way_is_offered_and_only_one_is_summed(app: App, garage: Workspace, key: int) -> None:
    job = lines(garage, key)[0].order_job_id
    at = opened(app("reception", Role.ADVISOR, order=key, step="estimate"), f"more_job_{job}")
    at.button(key=f"another_{job}").click()
    at.run()
    assert not at.error
    assert len(lines(garage, key)) == 6
    assert "way 1 of 2" in said(at)
    assert "Customer pays £240\\.75" in said(at)


def test_a_free_job_may_be_priced_after_diagnosis(app: App, garage: Workspace, key: int) -> None:
    at = opened(app("reception", Role.ADVISOR, order=key, step="estimate"), f"free_{key}")
    at.text_input(key=f"free_title_{key}").set_value("Find the noise")
    at.toggle(key=f"free_later_{key}").set_value(True)
    at.run()
    at.number_input(key=f"free_price_{key}").set_value(80.0)
    at.button(key=f"free_add_{key}").click()
    at.run()
    assert not at.error
    line = lines(garage, key)[-1]
    assert (line.title, line.unpriced, line.up_to) == ("Find the noise", True, Decimal(80))
    assert "at most £80\\.00" in said(at)


def test_an_earlier_time_is_promised_with_a_reason_by_a_tap(app: App, garage: Workspace, key: int) -> None:
    at = app("reception", Role.ADVISOR, order=key, step="promise")
    assert "Work 2 h 30 min" in said(at)
    at.time_input(key=f"promise_time_{key}").set_value((MONDAY_9 + timedelta(hours=1)).time())
    at.run()
    assert len(at.error) == 1
    assert "12:00" in at.error[0].value.replace("\\", "")
    at.pills(key=f"sooner_{key}").set_value("The part is fetched")
    at.run()
    assert not at.error
    with reading(garage) as work:
        order = work.get(WorkOrder, key)
    assert (order.promised_at, order.promise_reason) == (MONDAY_9 + timedelta(hours=1), "The part is fetched")


def test_the_queries_of_an_estimate_do_not_grow_with_its_lines(app: App, garage: Workspace, key: int) -> None:
    statements: list[str] = []
    engine = services.workspace.engine_for(os.environ["DATABASE_URL"])
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))

    def queries(at: AppTest) -> int:
        at.run()  # what all tablets share is read by the first run after a write
        statements.clear()
        assert not at.run().exception
        return len(statements)

    at = app("reception", Role.ADVISOR, order=key, step="estimate")
    few = queries(at)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        for number in range(6):
            job = orders.add_job(work, key, job_id=1 + number % 3)
            for _ in range(3):
                orders.add_part(work, key, order_job_id=job.id, part_id=1 + number % 2, quantity=Decimal(1))
    assert queries(at) == few


def test_a_job_declined_before_is_asked_again_by_one_tap(app: App, garage: Workspace, key: int) -> None:
    declined = lines(garage, key)[2:]
    with unit_of_work(garage) as work:
        for line in declined:
            work.get(OrderLine, line.id).answer = Answer.DECLINED
    at = app("reception", Role.ADVISOR, "en", order=key, step="estimate")
    at.button(f"ask_again_declined_{declined[0].order_job_id}").click().run()
    assert not at.exception
    assert {line.answer for line in lines(garage, key)} == {Answer.PENDING}
