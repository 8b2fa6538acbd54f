"""The bookkeeper's export: every line with its net and tax, days, rates, payments, closings; as CSV and XLSX."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlmodel import select

from db.enums import Answer, LineKind, Payer, PaymentMethod, Role
from db.enums_money import DrawerKind
from db.models import OrderLine, Statement, StatementLine, StatementShare
from services.bookkeeping import payments_in, statements_in
from services.bookkeeping_files import as_csv, as_xlsx
from services.bookkeeping_sheets import TITLES, sheets
from services.bookkeeping_tax import laid_on, line_sums
from services.cash_drawer import close_drawer
from services.drawer_hand import move_cash
from services.indicators import Span
from services.payments import pay
from services.refusals import NotAllowed
from services.settlement import credit_note
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import Priced, billed, make_ready, ready_order
from tests.factories import MONDAY_9, as_role

D = Decimal
TODAY = Span(date(2026, 11, 23), date(2026, 11, 23))
MIXED: tuple[Priced, ...] = (
    (LineKind.LABOUR, "=HYPERLINK(1)", "1", "60", Payer.CUSTOMER, Answer.AGREED),
    (LineKind.PART, "Pads 刹车片", "2", "24.17", Payer.WARRANTY, Answer.AGREED),
    (LineKind.FEE, "Test fee", "1", "10.01", Payer.CUSTOMER, Answer.AGREED),
)


@pytest.fixture
def books(ws: Workspace) -> Workspace:
    """A statement at two rates with a warranty's part, paid in two ways, credited; the drawer closed with a difference."""
    with unit_of_work(ws) as work:
        order = ready_order(work, MIXED)
        fee = work.db.exec(select(OrderLine).where(OrderLine.kind == LineKind.FEE)).one()
        fee.tax_percent = D(5)
    billed(ws, order.id)
    cashier = as_role(ws, Role.CASHIER)
    with unit_of_work(cashier) as work:
        pay(work, order.id, method=PaymentMethod.CASH, amount=D(50))
        pay(work, order.id, method=PaymentMethod.CARD, amount=D("20.01"))
        move_cash(work, DrawerKind.BANKED, amount=D(300), reason="Bag 7")
    with unit_of_work(ws) as work:
        other = ready_order(work, plate="CC33 CCC")
    billed(ws, other.id)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit_note(work, 2, reason="Wrong customer")
        close_drawer(work, counted=D("745.50"), reason="Wrong change")
    return cashier


def table(ws: Workspace, name: str, language: str = "en", span: Span = TODAY) -> list[dict[str, str]]:
    """A sheet as it comes out of its CSV file."""
    with reading(ws) as work:
        raw = as_csv(sheets(work, span, language)[name], language, work.garage.currency)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(raw.decode("utf-8-sig"))))


def test_lines_carry_net_and_tax_that_add_up_to_the_statement(books: Workspace) -> None:
    rows = table(books, "lines")
    with reading(books) as work:
        issued = {one.row.number: one.row for one in statements_in(work, TODAY)}
    for number, row in issued.items():
        mine = [line for line in rows if line["Number"] == number]
        assert sum(D(line["Net"]) for line in mine) == row.net
        assert sum(D(line["Tax"]) for line in mine) == row.tax
        assert sum(D(line["Total"]) for line in mine) == row.total
    first = [line for line in rows if line["Number"] == "S2026-00001"]
    assert [(line["What"], line["Tax %"], line["Net"], line["Tax"], line["Total"]) for line in first] == [
        ("'=HYPERLINK(1)", "20", "50.00", "10.00", "60.00"),
        ("Pads 刹车片", "20", "40.28", "8.06", "48.34"),
        ("Test fee", "5", "9.53", "0.48", "10.01"),
    ]
    assert [(line["Credits"], line["Total"]) for line in rows if line["Number"] == "S2026-00003"] == [
        ("S2026-00002", "-60.00"),
        ("S2026-00002", "-42.75"),
    ]


def test_a_day_says_what_was_issued_paid_banked_and_miscounted(books: Workspace) -> None:
    [day] = table(books, "days")
    assert (day["Day"], day["Statements"], day["Credit notes"]) == ("2026-11-23", "2", "1")
    assert (day["Total"], day["Customers' part"], day["Paid by others"]) == ("118.35", "70.01", "48.34")
    assert (day["Cash"], day["Card"], day["WeChat Pay"], day["Paid together"]) == ("50.00", "20.01", "0.00", "70.01")
    assert (day["To the bank"], day["Cash difference"]) == ("300.00", "-4.50")
    rates = [(row["Tax %"], row["Net"], row["Tax"], row["Total"]) for row in table(books, "tax")]
    assert rates == [("20", "90.28", "18.06", "108.34"), ("5", "9.53", "0.48", "10.01")]
    [closing] = table(books, "closings")
    assert (closing["Number"], closing["Cash expected"], closing["Cash counted"], closing["Reason"]) == (
        "Z2026-00001",
        "750.00",
        "745.50",
        "Wrong change",
    )
    assert [(row["Paid by"], row["Amount"]) for row in table(books, "payments", "en")] == [
        ("Cash", "50.00"),
        ("Card", "20.01"),
    ]
    assert table(books, "days", span=Span(date(2026, 11, 22), date(2026, 11, 22))) == []


def test_the_workbook_holds_every_sheet_with_numbers_days_and_only_texts(books: Workspace) -> None:
    with reading(books) as work:
        raw = as_xlsx(sheets(work, TODAY, "zh_CN").values(), "zh_CN", "GBP")
    book = CalamineWorkbook.from_filelike(BytesIO(raw))
    assert book.sheet_names == ["按天", "按税率", "结算单明细", "收款与退款", "结班记录"]
    assert len(book.sheet_names) == len(TITLES)
    lines = book.get_sheet_by_name("结算单明细").to_python()
    assert lines[1][0] == date(2026, 11, 23)
    assert lines[1][7] == "=HYPERLINK(1)"
    assert lines[2][14:17] == [40.28, 8.06, 48.34]


def test_only_who_keeps_the_books_reads_them(ws: Workspace) -> None:
    with pytest.raises(NotAllowed), reading(as_role(ws, Role.ADVISOR)) as work:
        sheets(work, TODAY, "en")
    with pytest.raises(NotAllowed), reading(as_role(ws, Role.TECHNICIAN)) as work:
        list(payments_in(work, TODAY))


def test_portions_of_the_same_instant_lose_and_repeat_nothing(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.bookkeeping.PORTION", 3)
    order_id = make_ready(ws)
    with unit_of_work(ws) as work:
        work.db.add_all(
            Statement(number=f"T{n}", order_id=order_id, currency="GBP", at=MONDAY_9 + timedelta(seconds=n // 4))
            for n in range(8)
        )
    with reading(as_role(ws, Role.CASHIER)) as work:
        assert [one.row.number for one in statements_in(work, TODAY)] == [f"T{n}" for n in range(8)]


@settings(max_examples=100, deadline=None)
@given(
    weights=st.lists(st.integers(-10_000, 1_000_000), min_size=1, max_size=12),
    amount=st.integers(-1_000_000, 9_000_000),
    currency=st.sampled_from(["JPY", "GBP", "KWD"]),
)
def test_a_sum_laid_on_lines_is_exact_in_coins(weights: list[int], amount: int, currency: str) -> None:
    coin = {"JPY": D(1), "GBP": D("0.01"), "KWD": D("0.001")}[currency]
    parts = laid_on(amount * coin, [weight * coin for weight in weights], currency)
    assert sum(parts) == amount * coin
    assert all(part % coin == 0 for part in parts)


def test_a_free_line_at_another_rate_and_a_statement_older_than_shares_are_told_too() -> None:
    bill = Statement(
        id=1, number="S1", order_id=1, net=D(50), tax=D(10), total=D(60), tax_percent=D(20), currency="GBP"
    )
    paid = StatementLine(id=1, statement_id=1, title="Oil", total=D(60))
    free = StatementLine(id=2, statement_id=1, title="Wash", total=D(0), tax_percent=D(5))
    old = line_sums(bill, [paid], [])
    assert (old[1].net, old[1].tax) == (D(50), D(10))
    share = StatementShare(statement_id=1, payer=Payer.CUSTOMER, tax_percent=D(20), net=D(50), tax=D(10), total=D(60))
    new = line_sums(bill, [paid, free], [share])
    assert (new[1].total, new[2].total, new[2].percent) == (D(60), D(0), D(5))
