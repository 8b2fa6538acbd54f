"""A supplier's price list: columns known, every row judged, laid beside the catalogue, brought in once, again and newer."""

import re
from decimal import Decimal

import pytest
from sqlmodel import col, select

from db.enums import Role
from db.models import Event, Part, PartSupplier, PriceChange
from services.importing.read import read_table
from services.price_list.apply import Brought, bring_in, note_import, portions
from services.price_list.columns import PriceField as F
from services.price_list.columns import guess_fields
from services.price_list.match import Line, What, Wishes, match
from services.price_list.rows import ColumnsMissing, PriceRow, Why, check_list, code_key, read_sum
from services.refusals import NotAllowed
from services.suppliers import SupplierTyped, put_source, put_supplier
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.desk import counted
from tests.factories import as_role

D = Decimal
HEAD = "Part number,Description,Brand,Unit,Net price,RRP"
OIL, PADS = 1, 2


@pytest.fixture
def clerk(ws: Workspace) -> Workspace:
    return as_role(ws, Role.PARTS_CLERK)


@pytest.fixture
def seller(clerk: Workspace) -> int:
    with unit_of_work(clerk) as work:
        return put_supplier(work, None, SupplierTyped("Motor Factors")).id


def rows_of(*lines: str, head: str = HEAD) -> list[PriceRow]:
    table = read_table("\n".join((head, *lines)).encode(), "list.csv")
    return check_list(table, guess_fields(table.headers), "GBP")


def brought(work: Work, lines: list[Line], wishes: Wishes) -> Brought:
    return sum((bring_in(work, one, wishes, name="list.csv") for one in portions(lines)), Brought())


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (HEAD, [F.CODE, F.NAME, F.BRAND, F.UNIT, F.COST, F.PRICE]),
        ("配件编码,配件名称,品牌,单位,进货价,零售价", [F.CODE, F.NAME, F.BRAND, F.UNIT, F.COST, F.PRICE]),
        ("Article no.,Item name,Dealer price", [F.CODE, F.NAME, F.COST]),
        ("货号,品名,建议零售价", [F.CODE, F.NAME, F.PRICE]),
    ],
)
def test_columns_are_known_by_their_headers_in_both_languages(head: str, wanted: list[F]) -> None:
    assert guess_fields(head.split(",")) == {field: at for at, field in enumerate(wanted)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("¥ 12.5", "12.5"), ("12,5 €", "12.5"), ("1,234", "1234"),
     ("1’234.00 CHF", "1234.00"), ("￥1,200", "1200"), ("0", "0"), ("", None),
     ("1 234,50 €", "1234.50"), ("12.50元/桶", "12.50")],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(typed: str, meant: str | None) -> None:
    assert read_sum(typed) == (None if meant is None else D(meant))


@pytest.mark.parametrize(
    "typed", ["12.50 per 100", "EUR 12,50 / 2 pcs", "2 x 12.50", "12 50", "10%", "1.5E+05", "12元5"]
)
def test_what_may_mean_another_sum_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed)):
        read_sum(typed)


def test_a_row_that_cannot_be_says_why() -> None:
    wrong = [
        (",Pads,,,1,2", Why.NO_CODE),
        ("A1,Pads,,,,", Why.NO_SUM),
        ("A2,Pads,,,on request,2", Why.BAD_SUM),
        ("A3,Pads,,,-1,2", Why.BAD_SUM),
        ("A4,Pads,,,1.2.3,2", Why.BAD_SUM),
        (f"{'x' * 41},Pads,,,1,2", Why.TOO_LONG),
        ("A5,Pads,,,1,2", None),
        ("a-5,Pads,,,1,2", Why.TWICE),
    ]
    assert [row.why for row in rows_of(*(line for line, _ in wrong))] == [why for _, why in wrong]
    with pytest.raises(ColumnsMissing):
        rows_of("A1,Pads", head="Part number,Description")
    assert code_key("０９86.494-524 配") == "0986494524配"


def test_a_list_is_laid_beside_the_catalogue_by_their_number_or_ours(clerk: Workspace, seller: int) -> None:
    with unit_of_work(clerk) as work:
        put_source(work, OIL, seller, code="MF/77", cost=D(5))
    rows = rows_of(
        "mf 77,Oil,,,5.00,9.50", "pads,Pads,,,31,", "NEW 1,Blade,Bosch,pcs,4,", "NEW 2,,,,4,9", "OIL,Oil,,,1,1"
    )
    with counted(clerk) as seen, reading(clerk) as work:
        left_out = match(work, rows, Wishes(seller))
        added = match(work, rows, Wishes(seller, adds=True, surcharge=D(50)))
        no_price = match(work, rows, Wishes(seller, adds=True))
    assert [one.what for one in left_out] == [What.SAME, What.CHANGED, What.UNKNOWN, What.UNKNOWN, What.REFUSED]
    assert [(one.what, one.price) for one in added[2:3]] == [(What.NEW, D("6.00"))]
    assert [one.why for one in added[3:]] == [Why.NO_NAME, Why.TWICE]  # once by their number, once by ours
    assert no_price[2].why == Why.NO_PRICE
    assert len(seen) <= 9, seen


def test_a_list_is_brought_in_once_and_a_second_time_changes_nothing(clerk: Workspace, seller: int) -> None:
    wishes = Wishes(seller, adds=True)
    with unit_of_work(clerk) as work:
        work.get(Part, OIL).on_hand = D(0)
    rows = rows_of(
        "OIL,Engine oil,,l,6,10.50", "PADS,Pads,,set,33,52", "WB-1,Wiper blade,Bosch,pcs,4,9.90", "PADS,Pads,,set,1,1"
    )
    for expected in (Brought(new=1, changed=2), Brought()):
        with unit_of_work(clerk) as work:
            assert brought(work, match(work, rows, wishes), wishes) == expected
    with unit_of_work(clerk) as work:
        oil, pads, blade = work.db.exec(select(Part).order_by(col(Part.id))).all()
        assert (oil.price, oil.cost) == (D("10.50"), D(6))  # none lies there: its cost is what it would cost now
        assert (pads.price, pads.cost) == (D(52), D(30))  # four lie there, paid for at 30
        assert (blade.code, blade.brand, blade.price, blade.cost, blade.on_hand) == (
            "WB-1",
            "Bosch",
            D("9.90"),
            D(4),
            D(0),
        )
        kept = [(one.part_id, one.price_was, one.price, one.note) for one in work.db.exec(select(PriceChange))]
        assert kept == [(OIL, D("9.50"), D("10.50"), "list.csv"), (PADS, D(48), D(52), "list.csv")]
        asked = [(one.part_id, one.code, one.cost) for one in work.db.exec(select(PartSupplier))]
        assert asked == [(OIL, "OIL", D(6)), (PADS, "PADS", D(33)), (blade.id, "WB-1", D(4))]
        newer = rows_of("WB-1,Wiper blade,Bosch,pcs,5,")
        (line,) = match(work, newer, wishes)
        assert (line.what, line.rise) == (What.CHANGED, D("0.25"))
        assert brought(work, [line], wishes) == Brought(changed=1)
        note_import(work, seller, Brought(changed=1), name="list.csv")
        assert work.db.exec(select(Event.action).where(Event.subject == "supplier")).all()[-1] == "price_list"


def test_a_part_made_while_the_list_was_looked_at_is_not_made_again(clerk: Workspace, seller: int) -> None:
    wishes = Wishes(seller, adds=True)
    with unit_of_work(clerk) as work:
        lines = match(work, rows_of("WB-1,Wiper blade,,pcs,4,9.90"), wishes)
        work.add(Part(code="WB-1", name="Wiper", price=D(8), cost=D(4)))
    with unit_of_work(clerk) as work:
        assert brought(work, lines, wishes) == Brought(changed=1)
        assert [one.price for one in work.db.exec(select(Part)) if one.code == "WB-1"] == [D("9.90")]
    with pytest.raises(NotAllowed), unit_of_work(as_role(clerk, Role.ADVISOR)) as work:
        brought(work, lines, wishes)
