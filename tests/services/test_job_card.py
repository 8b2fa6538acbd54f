"""The job card, read back as text: with everything on it, and with nothing."""

import io

from pypdf import PdfReader

from db.enums import OrderStatus, Role
from db.models import OrderJob, WorkOrder
from services.job_card import job_card_pdf
from services.verification import verify
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.paper_orders import HOSTILE, PIERCED, bare, everything

CODE = "http://127.0.0.1/today?order=1"


def read(pdf: bytes) -> tuple[str, int]:
    """All of it without blanks, as long names are wrapped; and how many pages it takes."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return "".join("".join(pages).split()), len(pages)


def test_the_card_tells_what_to_do_and_what_not_and_no_price(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order_id = everything(work).id
        work.get(WorkOrder, order_id).status = OrderStatus.IN_WORK
    with unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        verify(work, order_id, differences="划痕", road_from_km=41_234, road_to_km=41_240)
        work.get(OrderJob, 1).cause = "磨损"
        text, pages = read(job_card_pdf(work, order_id, language="zh_CN", code=CODE))
    assert pages <= 2
    said = (
        "派工单",
        HOSTILE,
        "粤B12345",
        "K-17",
        "划痕",
        "41,234–41,240公里",
        "磨损",
        "Engineoil",
        "洗车",
        "客户未同意，请勿施工",
    )
    assert [words for words in said if "".join(words.split()) not in text] == []
    assert text.index("客户未同意") < text.index("".join(PIERCED.split()))
    assert "£" not in text


def test_a_car_with_nothing_on_it_has_a_card_of_one_page_with_lines_to_write_on(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        text, pages = read(job_card_pdf(work, bare(work).id, language="en"))
    assert pages == 1
    assert [
        words
        for words in ("Jobcard", "notagreedyet", "Differences", "Roadtest", "Finalinspection")
        if words not in text
    ] == []
