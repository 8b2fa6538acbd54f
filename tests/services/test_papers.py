"""Printed papers, read back as text."""

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from db.enums import Answer, LineKind, Payer, PaymentMethod, Role
from services.delivery_papers import exit_pass_pdf
from services.exit_passes import pass_out
from services.order_refusals import ExitPassMissing
from services.payments import pay
from services.refusals import NotFound
from services.statement_paper import paper_of
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import SERVICE, billed, make_ready, paid
from tests.factories import as_role

HOSTILE = '#panic("x") *bold* $a$ <b> \\'


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def order_id(ws: Workspace) -> int:
    """An order with a share of the warranty, half of the rest paid in cash."""
    order_id = make_ready(
        ws, (*SERVICE, (LineKind.PART, HOSTILE, "1", "240", Payer.WARRANTY, Answer.AGREED)), advice="Tyres soon"
    )
    billed(ws, order_id)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        pay(work, order_id, method=PaymentMethod.CASH, amount=Decimal("50"), tendered=Decimal(60))
    return order_id


def test_the_statement_says_the_same_in_both_languages(ws: Workspace, order_id: int) -> None:
    with reading(ws) as work:
        english, chinese = (_text(paper_of(work, 1, language=lang)) for lang in ("en", "zh_CN"))
    for said in (
        "Test Garage",
        "S2026-00001",
        "AB12 CDE",
        "£342.75",
        "£102.75",
        "£240.00",
        "Grace Field",
        "Tyres soon",
        HOSTILE,
    ):
        assert said in english
        assert said in chinese
    assert "Labour" in english
    assert "结算单" in chinese
    assert "工时" in chinese


def test_the_exit_pass_shows_its_number_and_the_plate(ws: Workspace) -> None:
    order_id = make_ready(ws)
    paid(ws, order_id)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        number = pass_out(work, order_id).number
    with reading(ws) as work:
        assert number in _text(exit_pass_pdf(work, order_id, language="en"))
        said = _text(exit_pass_pdf(work, order_id, language="zh_CN", code="http://127.0.0.1/delivery?order=1"))
    assert "出门证" in said
    assert "AB12 CDE" in said


def test_no_paper_without_what_it_tells_of(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with reading(ws) as work:
        with pytest.raises(NotFound):
            paper_of(work, 1, language="en")
        with pytest.raises(ExitPassMissing):
            exit_pass_pdf(work, order_id, language="en")
