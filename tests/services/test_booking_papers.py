"""The booking desk's papers, read back as text, in both languages; nothing is cut off, however long."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from db.enums import AppointmentStatus, Skill
from db.enums_desk import ReturnKind
from db.models import Absence, Appointment, Customer, Job, Part, Staff, StaffSkill, Vehicle
from services.booking_papers import booking_form_pdf
from services.day_papers import NoPartsKept, booking_labels_pdf, labels_pdf, notice_pdf
from services.refusals import NotFound
from services.schedule_paper import schedule_pdf
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.services.test_preparation import OIL, PADS, TUESDAY_8, booked

DAY = date(2026, 11, 24)
NAMES = (
    "Maximiliane Featherstonehaugh-Cholmondeley",
    "深圳市前海顺达国际汽车租赁服务有限公司南山分公司第一营业部车队管理处",
)
HOSTILE = '#panic("x") *bold* $a$ <b> \\'
LANGUAGES = ("en", "zh_CN")


def _pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def _text(pdf: bytes) -> str:
    """All of it on one line without blanks, as long names are wrapped."""
    return "".join("".join(_pages(pdf)).split())


def _holds(text: str, *said: str) -> None:
    for words in said:
        assert "".join(words.split()) in text, words


@pytest.fixture
def day(ws: Workspace) -> Workspace:
    """Two bookings with long names and parts, one of them a complaint with answers; Tom is away for the afternoon."""
    first, second = (
        booked(ws, "粤B12345", kept=[(OIL, "4.5")]),
        booked(ws, "AB12 CDE", at=TUESDAY_8 + timedelta(hours=2), jobs=(2,), kept=[(PADS, "1")]),
    )
    with unit_of_work(ws) as work:
        for key, name in zip((first, second), NAMES, strict=True):
            row = work.get(Appointment, key)
            work.get(Customer, row.customer_id).name = name
            row.concern = HOSTILE
        row.returns, row.waits = ReturnKind.COMPLAINT, True
        row.answers = {"noise": {"since": ["days"]}}
        row.clarification = "Only front right"
        for part in (OIL, PADS):
            work.get(Part, part).place = "A-03-2"
        work.add(Absence(staff_id=3, starts_at=TUESDAY_8 + timedelta(hours=5), ends_at=TUESDAY_8 + timedelta(hours=30)))
    return ws


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_booking_form_tells_all_that_was_agreed(day: Workspace, language: str) -> None:
    with reading(day) as work:
        text = _text(booking_form_pdf(work, 2, language=language, code="http://127.0.0.1/booking?appointment=2"))
    _holds(
        text, NAMES[1], "AB12 CDE", HOSTILE, "Only front right", "Front brake pads", "Test Garage", "Ada Advisor", "1/1"
    )
    if language == "en":
        _holds(
            text, "Booking form", "Since when: a few days", "Vehicle licence", "Customer's signature", "£60.00", "1 set"
        )
    else:
        _holds(text, "预约登记表", "从何时开始：", "行驶证", "保修手册", "客户签字", "2026年11月24日", "£60.00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_has_every_booking_and_the_parts_by_shelf(day: Workspace, language: str) -> None:
    with reading(day) as work:
        pages = _pages(notice_pdf(work, DAY, language=language))
    text = "".join("".join(pages).split())
    _holds(
        text,
        *NAMES,
        "粤B12345",
        "AB12 CDE",
        HOSTILE,
        "08:00",
        "10:00",
        "Lift 1",
        "Tom Technician",
        "A-03-2",
        "4.5 l",
        "40 l",
    )
    if language == "en":
        _holds(
            text,
            "Next-day notice",
            "Open complaint",
            "waits here",
            "to pick",
            "Cars: 2 · waiting here: 1 · lacking a part: 0",
        )
    else:
        _holds(text, "预约通知单", "有未结投诉", "待备料", "备料清单")
    _holds("".join(pages[-1].split()), "AB12CDE (1 set)", "粤B12345 (4.5 l)")
    _holds("".join(pages[0].split()), f"1/{len(pages)}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", ["bay", "person"])
def test_the_board_has_everything_in_full_and_lies_on_its_side(day: Workspace, by: str, language: str) -> None:
    with reading(day) as work:
        pdf = schedule_pdf(work, DAY, by="bay" if by == "bay" else "person", language=language)
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert box.width > box.height
    pages = _pages(pdf)
    _holds(
        "".join(pages[-1].split()),
        *NAMES,
        "粤B12345",
        "AB12 CDE",
        "Front brake pads",
        "Lift 1",
        "Tom Technician, Ada Advisor",
    )
    grid = "".join(pages[0].split())
    _holds(grid, "粤B12345", "AB12CDE", *(("Lift1", "Quick") if by == "bay" else ("TomTechnician", "TiaTechnician")))
    assert ("预约排班表" in grid) == (language == "zh_CN")


def test_a_visit_of_fifteen_minutes_still_shows_its_plate_and_many_people_get_more_sheets(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for number in range(20):
            staff = work.add(Staff(name=f"Technician with a long name {number:02d}", pin_hash="!"))
            work.add(StaffSkill(staff_id=staff.id, skill=Skill.SERVICE))
    booked(ws, "KX68 LMN", jobs=(3,))
    with reading(ws) as work:
        pages = _pages(schedule_pdf(work, DAY, by="person", language="en"))
    assert len(pages) == 4  # 24 people on three sheets, and the list
    assert any("KX68 LMN" in page for page in pages[:-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_say_whose_part_it_is(day: Workspace, language: str) -> None:
    with reading(day) as work:
        text = _text(
            labels_pdf(work, DAY, language=language, address=lambda key: f"http://127.0.0.1/booking?appointment={key}")
        )
        one = _text(booking_labels_pdf(work, 1, language=language))
    _holds(
        text, *NAMES, "粤B12345", "AB12 CDE", "4.5 l Engine oil 5W-30", "1 set Front brake pads", "B-AB12CDE", "A-03-2"
    )
    _holds(one, NAMES[0], "4.5 l Engine oil 5W-30")
    assert "AB12CDE" not in one


def test_labels_of_the_longest_names_are_not_cut_and_24_go_on_a_sheet(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.get(Part, OIL).name = "Öl " + "für sehr lange Namen " * 5
        work.get(Job, 1).name = "x" * 120
    for number in range(25):
        booked(ws, f"K{number:02d}", at=TUESDAY_8 + timedelta(minutes=number), kept=[(OIL, "4.5")], placed=False)
    with unit_of_work(ws) as work:
        for key in range(1, 26):
            work.get(Customer, work.get(Appointment, key).customer_id).name = "顺" * 120
    with reading(ws) as work:
        pages = _pages(labels_pdf(work, DAY, language="zh_CN"))
    assert len(pages) == 2
    assert "".join(pages).count("顺") == 25 * 120
    assert "".join("".join(pages).split()).count("fürsehrlangeNamen") == 25 * 5


def test_no_labels_without_parts_and_no_form_without_a_booking(ws: Workspace) -> None:
    key = booked(ws, "A1", jobs=(3,))
    with reading(ws) as work:
        with pytest.raises(NoPartsKept):
            labels_pdf(work, DAY, language="en")
        with pytest.raises(NoPartsKept):
            booking_labels_pdf(work, key, language="en")
        with pytest.raises(NotFound):
            booking_form_pdf(work, 4711, language="en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_day_says_so(ws: Workspace, language: str) -> None:
    said = {"en": "Nothing is booked on this day.", "zh_CN": "这一天没有预约。"}[language]
    with reading(ws) as work:
        _holds(_text(notice_pdf(work, DAY, language=language)), said)
        _holds(_text(schedule_pdf(work, DAY, language=language)), said)


def test_a_wish_without_a_time_has_a_form_too(ws: Workspace) -> None:
    key = booked(ws, "A1", placed=False)
    with unit_of_work(ws) as work:
        row = work.get(Appointment, key)
        row.starts_at, row.status = None, AppointmentStatus.UNMET
        work.get(Vehicle, row.vehicle_id).vin = None
    with reading(ws) as work:
        _holds(_text(booking_form_pdf(work, key, language="en")), "No time yet", "Wish not met")


def test_the_board_of_the_day_the_clocks_change_has_its_hours(ws: Workspace) -> None:
    at = datetime(2027, 3, 28, 9, tzinfo=UTC)  # a Sunday, 10:00 in London
    booked(ws, "DST 1", at=at)
    with reading(ws) as work:
        pages = _pages(schedule_pdf(work, date(2027, 3, 28), language="en"))
    assert "10:00–11:00" in pages[-1]


def test_prices_are_told_as_they_were(ws: Workspace) -> None:
    key = booked(ws, "A1")
    with unit_of_work(ws) as work:
        work.get(Job, 1).price = Decimal(999)
    with reading(ws) as work:
        _holds(_text(booking_form_pdf(work, key, language="en")), "£60.00")


def test_a_booking_without_a_place_stands_in_the_list(ws: Workspace) -> None:
    booked(ws, "A1")
    booked(ws, "NOWHERE 1", at=TUESDAY_8 + timedelta(hours=1), placed=False)
    with reading(ws) as work:
        pages = _pages(schedule_pdf(work, DAY, language="en"))
    assert "NOWHERE" not in pages[0]
    _holds("".join(pages[-1].split()), "Cars: 2", "09:00 NOWHERE 1", "No place is reserved.")
