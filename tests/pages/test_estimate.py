"""The estimate at check-in: lines, payers, discounts, ways, starting points; and the promised time."""

from decimal import Decimal

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import LineKind, Payer, Role
from db.enums_reception import PartGrade
from db.models import OrderJob, OrderLine, Part, WorkOrder
from services import orders
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
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
