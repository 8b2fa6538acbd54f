"""A maker's list of recalls: read, checked row by row, brought in once, again, and newer; the cars it is for are found."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest
from sqlmodel import col, select

from db.enums import Role
from db.enums_desk import CampaignKind
from db.models import Campaign, CampaignRange, CarDue, Event, Vehicle
from services.campaign_edit import CampaignTyped, put_campaign
from services.campaign_keys import fits, keys_of, model_year
from services.campaign_ranges import range_row
from services.campaigns import all_campaigns, open_campaigns_for
from services.importing.read import TooManyRows, read_table
from services.recall_list.apply import Brought, bring_in, portions
from services.recall_list.columns import RecallField as F
from services.recall_list.columns import guess_fields
from services.recall_list.rows import ColumnsMissing, RecallRow, Why, check_list
from services.refusals import NotAllowed
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

HEAD = "Campaign code,Title,Description,Make,Model,Year from,Year to,VIN from,VIN to"
FIRST, LAST = "LSVAA49J0E2000100", "LSVAA49J7E2000199"  # the ninth is the check digit: it has no order
INSIDE = "LSVAA49J9E2000150"


def rows_of(*lines: str, head: str = HEAD) -> list[RecallRow]:
    table = read_table("\n".join((head, *lines)).encode(), "list.csv")
    return check_list(table, guess_fields(table.headers))


def brought(work: Work, *lines: str, adds: bool = False) -> Brought:
    done = [bring_in(work, one, kind=CampaignKind.RECALL, adds=adds) for one in portions(rows_of(*lines))]
    return sum(done, Brought())


def car(work: Work, plate: str, vin: str | None = None, **columns: object) -> Vehicle:
    row = make_car(work, plate=plate)
    row.vin = vin
    for name, value in columns.items():
        setattr(row, name, value)
    return work.add(row)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (HEAD, list(F)),
        ("召回编号,召回名称,缺陷描述,品牌,车型,起始年款,终止年款,起始车架号,终止车架号", list(F)),
        ("编号,主题,品牌,车型,年款,车架号", [F.CODE, F.TITLE, F.MAKE, F.MODEL, F.YEAR_FROM, F.VIN_FROM]),
        ("Recall number,Component,Make,Model,Model year,VIN", [F.CODE, F.TITLE, F.MAKE, F.MODEL, F.YEAR_FROM, F.VIN_FROM]),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headers_in_both_languages(head: str, wanted: list[F]) -> None:
    assert guess_fields(head.split(",")) == {field: at for at, field in enumerate(wanted)}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",Airbag,,VW,,,,,", Why.NO_CODE),
        ("R1,Airbag,,,Golf,2015,2016,,", Why.NO_CARS),
        ("R1,Airbag,,VW,Golf,new,,,", Why.BAD_YEAR),
        ("R1,Airbag,,VW,Golf,2016,2015,,", Why.YEARS_BACK),
        ("R1,Airbag,,,,,,LSVAA49J0E200010,", Why.BAD_VIN),
        ("R1,Airbag,,,,,,LSVAA49J0E2000IOQ,", Why.BAD_VIN),
        (f"R1,Airbag,,,,,,{FIRST},LSVAA49J7E2000099", Why.VINS_BACK),
        (f"R1,Airbag,,,,,,{FIRST},WVWAA49J7E2000199", Why.TWO_MAKERS),
        (f"{'x' * 41},Airbag,,VW,,,,,", Why.TOO_LONG),
        (f"R1,Airbag,,VW,{'x' * 81},,,,", Why.TOO_LONG),
        ("R1,Airbag,,VW,,,,,", None),
        (f"R1,,,,,,,{FIRST},", None),
    ],
)
def test_a_row_that_cannot_be_says_why(line: str, why: Why | None) -> None:
    (row,) = rows_of(line)
    assert (row.row, row.why) == (2, why)


def test_a_list_without_code_or_cars_is_not_begun(ws: Workspace) -> None:
    with pytest.raises(ColumnsMissing):
        rows_of("R1,Airbag", head="Code,Title")
    with pytest.raises(TooManyRows):
        read_table(b"a,b\n1,2\n3,4\n", "x.csv", 1)


def test_years_models_and_ranges_are_read_as_people_write_them() -> None:
    (row,) = rows_of(f"R1,,,VW,Golf、 Passat  CC,2015款至2017款,,{FIRST} ~ {LAST},")
    shown = [(one["model_key"], one["year_from"], one["year_to"], one["vin_to"], one["vin_key"]) for one in row.ranges]
    assert shown == [("golf", 2015, 2017, LAST, "LSVAA49JE20001"), ("passat cc", 2015, 2017, LAST, "LSVAA49JE20001")]
    (single,) = rows_of("R1,VW,2015", head="Code,Make,Model year")
    assert (single.ranges[0]["year_from"], single.ranges[0]["year_to"]) == (2015, 2015)
    (since,) = rows_of("R1,,,VW,,2015,,,")
    assert (since.ranges[0]["year_from"], since.ranges[0]["year_to"]) == (2015, None)


@pytest.mark.parametrize(
    ("vin", "registered", "year"),
    [
        ("LSVAA49J9E2000150", None, 2014),
        ("LSVAA49J9E2000150", date(2015, 2, 1), 2014),
        ("LSVAA49J9E2000150", date(2019, 2, 1), 2019),  # the registration speaks against it
        ("WBAAA49J9E2000150", date(2019, 2, 1), 2019),  # no model year in it
        ("WBAAA49J9E2000150", None, None),
        ("1FAFP404X4F000001", date(2004, 1, 1), 2004),
        ("", None, None),
    ],
)
def test_the_model_year_comes_from_the_vin_where_it_tells(vin: str, registered: date | None, year: int | None) -> None:
    assert model_year(vin, registered) == year


@pytest.mark.parametrize(
    ("vin", "meant"),
    [(FIRST, True), (INSIDE, True), (LAST, True), ("LSVAA49J9E2000200", False), ("LSVAA49J9E2000099", False), ("", False),
     ("LSVAA", False)],
)  # fmt: skip
def test_a_range_of_vins_leaves_the_check_digit_out(vin: str, meant: bool) -> None:
    wanted = CampaignRange(campaign_id=1, **range_row(vin_from=FIRST, vin_to=LAST))
    assert fits(wanted, keys_of(Vehicle(customer_id=1, plate="A", vin=vin))) is meant


def test_cars_are_found_by_make_model_year_and_vin(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        inside, golf = (
            car(work, "A1", INSIDE),
            car(work, "A2", make="vw", model="Golf Estate", first_registered=date(2016, 5, 1)),
        )
        old = car(work, "A3", make="VW", model="Golf", first_registered=date(2014, 5, 1))
        unknown = car(work, "A4", make="VW", model="Golf")
        brought(work, f"R1,Belt,,,,,,{FIRST},{LAST}", "R2,Airbag,,VW,golf,2015,2016,,", "R3,Hood,,VW,,,,,",
                f"R4,Both,,VW,Golf,,,{FIRST},{LAST}")  # fmt: skip
        found = {one.plate: [x.code for x in open_campaigns_for(work, one.id)] for one in (inside, golf, old, unknown)}
        assert found == {"A1": ["R1"], "A2": ["R2", "R3"], "A3": ["R3"], "A4": ["R3"]}
        due = work.db.exec(select(CarDue.vehicle_id, CarDue.what).order_by(col(CarDue.what), col(CarDue.vehicle_id)))
        assert list(due) == [
            (golf.id, "Airbag"),
            (inside.id, "Belt"),
            (golf.id, "Hood"),
            (old.id, "Hood"),
            (unknown.id, "Hood"),
        ]


def test_the_same_list_changes_nothing_and_a_newer_one_updates(ws: Workspace) -> None:
    lines = [f"R1,Belt,Old words,,,,,{FIRST},{LAST}", "R1,,,VW,Golf,,,,", "R2,Airbag,,VW,,,,,"]
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        golf = car(work, "A2", make="VW", model="Golf")
        assert brought(work, *lines) == Brought(new=2, ranges=3, cars=2)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        before = len(work.db.exec(select(Event.id)).all())
        assert brought(work, *lines, lines[0]) == Brought(unchanged=2)
        assert len(work.db.exec(select(Event.id)).all()) == before
        assert brought(work, "R1,Belt,New words,VW,Polo,,,,") == Brought(changed=1, ranges=1)
        assert [one.code for one in open_campaigns_for(work, golf.id)] == ["R2"]
        assert work.db.exec(select(Campaign.text).where(Campaign.code == "R1")).one() == "New words"
        assert brought(work, "R1,,,VW,Golf,,,,", adds=True) == Brought(changed=1, ranges=1, cars=1)
        assert [one.ranges for one in all_campaigns(work, "r1")] == [2]


def test_what_was_typed_in_the_form_stays_and_the_form_keeps_the_list(ws: Workspace) -> None:
    typed = CampaignTyped("R1", CampaignKind.CAMPAIGN, "Belt", date(2026, 11, 1), make="Opel", job_id=2)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        opel, golf = car(work, "A1", make="Opel"), car(work, "A2", make="VW", model="Golf")
        row = put_campaign(work, None, typed)
        brought(work, "R1,,,VW,Golf,,,,")
        assert (row.kind, row.title, row.job_id) == (CampaignKind.CAMPAIGN, "Belt", 2)
        bare = CampaignTyped("R1", CampaignKind.CAMPAIGN, "Belt", date(2026, 11, 1))
        for one in (opel, golf):
            assert [x.id for x in open_campaigns_for(work, one.id)] == [row.id]
        put_campaign(work, row.id, bare)
        assert open_campaigns_for(work, opel.id) == []
        assert [x.id for x in open_campaigns_for(work, golf.id)] == [row.id]


def test_portions_keep_a_recall_together_and_others_may_not_import(ws: Workspace) -> None:
    rows = rows_of(*(f"R{n // 3},,,VW,M{n},,,," for n in range(9)))
    assert [[one.code for one in some] for some in portions(rows, 4)] == [["R0", "R1"], ["R2"]]
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        bring_in(work, portions(rows)[0], kind=CampaignKind.RECALL)


def written(rows: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("gb18030")


def test_a_chinese_list_in_the_old_encoding_is_read() -> None:
    table = read_table(
        written([["召回编号", "品牌", "车型", "年款"], ["召-1", "大众", "迈腾", "2015-2016款"]]), "x.csv"
    )
    (row,) = check_list(table, guess_fields(table.headers))
    assert (row.code, row.ranges[0]["make_key"], row.ranges[0]["year_to"]) == ("召-1", "大众", 2016)
