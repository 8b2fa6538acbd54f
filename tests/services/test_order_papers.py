"""The papers of reception, read back as text in both languages: with everything on them, and with nothing."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from db.enums import Role
from services.check_in_paper import check_in_sheet_pdf
from services.health import choose
from services.health_templates import put_standard_checks
from services.inspections import record
from services.order_links import order_link
from services.order_page import order_page
from services.refusals import NotFound
from services.work import Work, unit_of_work
from services.work_order_paper import work_order_pdf
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.paper_orders import HOSTILE, OWNER, PIERCED, WARNED, bare, everything
from tests.services.reception import received

LANGUAGES = ("en", "zh_CN")
PAPERS = (work_order_pdf, check_in_sheet_pdf)
PDF = Callable[..., bytes]
FREE = "Find the noise"  # typed by people: not translated


def _text(pdf: bytes) -> tuple[str, int]:
    """All of it on one line without blanks, as long names are wrapped; and how many pages it takes."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return "".join("".join(pages).split()), len(pages)


def _paper(ws: Workspace, make: Callable[[Work], object], paper: PDF, language: str) -> tuple[str, int]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = make(work)
        return _text(paper(work, order.id, language=language, code="http://127.0.0.1/reception?order=1"))  # type: ignore[attr-defined]


def _holds(text: str, *said: str) -> None:
    missing = [words for words in said if "".join(words.split()) not in text]
    assert not missing, f"{missing} not in {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_work_order_tells_all_that_was_agreed(ws: Workspace, language: str) -> None:
    text, pages = _paper(ws, everything, work_order_pdf, language)
    assert pages <= 2
    _holds(text, OWNER, HOSTILE, "粤B12345", "LSVAA4182E2123456", "K-17", "PA-2026-7788", FREE, PIERCED, "Fuel hose",
           "Next time", "Child seat stays", "until 12", "£182.50", "Ada Advisor", "£60.00", "Engine oil")  # fmt: skip
    if language == "en":
        _holds(text, "Work order", "41,234 km", "23 November 2026 15:00", "Since when: a few days",
               "after diagnosis, at most £150.00", "Warranty 60 %", "another way to do it, not chosen", WARNED, "Taxi", "Alipay",
               "estimate version 2", "without asking up to £80.00", "Signed here", "the car is taken apart",
               "Extra work is done only after you agree", "After diagnosis at most £150.00 more", "Tax 20 %", "You pay",
               "-£5.00")  # fmt: skip
    else:
        _holds(
            text,
            "任务委托书",
            "41,234 公里",
            "2026年11月23日15:00",
            "出租车",
            "支付宝",
            "当面签字",
            "£150.00",
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_in_sheet_tells_how_the_car_came(ws: Workspace, language: str) -> None:
    text, pages = _paper(ws, everything, check_in_sheet_pdf, language)
    assert pages <= 2
    _holds(
        text,
        OWNER,
        "粤B12345",
        "3/8",
        "Umbrella",
        "Muddy",
        "scratch 3 cm",
        "dent 3 cm",
        "rust 3 cm",
        "old",
        "2.8mm",
        "11.6V",
    )
    if language == "en":
        _holds(text, "Check-in sheet", "Child seat, Umbrella", "Engine", "Interior", "In order", "Boot", "Dirty or worn",
               "Equipment missing", "Warning triangle", "Scratch, Left side", "known from an earlier visit", "Horn")  # fmt: skip
    else:
        _holds(text, "接车检查单", "划痕", "左侧", "喇叭")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_an_order_with_nothing_is_still_a_paper(ws: Workspace, paper: PDF, language: str) -> None:
    text, pages = _paper(ws, bare, paper, language)
    assert pages == 1
    _holds(text, "AB12CDE", "Grace Field", "Ada Advisor")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_routine_service_takes_one_page(ws: Workspace, paper: PDF, language: str) -> None:
    assert _paper(ws, received, paper, language)[1] == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_an_unknown_order_has_no_paper(ws: Workspace, paper: PDF) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work, pytest.raises(NotFound):
        paper(work, 99, language="en")


def test_what_nobody_looked_at_is_not_said_to_be_good(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = received(work)
        put_standard_checks(work)
        choose(work, order.id, template_id=1)
        text, _ = _text(check_in_sheet_pdf(work, order.id, language="en"))
        _holds(text, "The walk-around has not been recorded yet.")
        record(work, order.id, odometer_km=41000, fuel_eighths=4, declined=True)
        declined, _ = _text(check_in_sheet_pdf(work, order.id, language="en"))
        _holds(declined, "The customer declined the walk-around")
        assert not [said for said in ("Nodamagewasseen", "noneon") if said in text + declined]
        assert not order_page(work, order_link(work, order.id).token).inspected
        record(work, order.id, lights={}, declined=False)
        _holds(_text(check_in_sheet_pdf(work, order.id, language="en"))[0], "No damage was seen", "none on")
