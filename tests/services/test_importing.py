"""A garage's own list: its columns understood, its rows checked one by one."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from services.importing.columns import Field, guess_columns
from services.importing.read import (
    Table,
    column_letters,
    read_table,
)
from services.importing.refused import refused_file
from services.importing.rows import ColumnsMissing, Counts, RowResult, check_rows, count
from services.importing.values import Why, split_make_model

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 11, 22)
HEADERS = "Name,Phone,Plate,VIN,Odometer,First registered,Note"


def csv_table(*lines: str, headers: str = HEADERS) -> Table:
    return read_table("\n".join([headers, *lines]).encode(), "list.csv")


def check(table: Table, region: str = "CN") -> list[RowResult]:
    return check_rows(table, guess_columns(table.headers, table.rows), region, TODAY)


def as_expected(result: RowResult, wanted: dict[str, Any]) -> dict[str, Any]:
    """A result in the form of the file of expectations."""
    values = result.values
    if result.why or not values:
        plate = {"plate": values.plate_key} if values and "plate" in wanted else {}
        return {"row": result.row, "result": result.result, "why": result.why, **plate}
    return {
        "row": result.row,
        "result": result.result,
        "warnings": list(result.warnings),
        "plate": values.plate_key,
        "vin": values.vin,
        "odometer_km": values.odometer_km,
        "first_registered": values.first_registered and values.first_registered.isoformat(),
        "phone": values.phone,
        "name": values.name,
    }


def real_list() -> Table:
    return read_table((DATA / "customers_gb18030.csv").read_bytes(), "customers_gb18030.csv")


def test_a_real_list_comes_out_row_by_row_as_expected() -> None:
    expected = json.loads((DATA / "customers_expected.json").read_text())
    by_row = expected.pop("by_row")
    results = check(real_list())
    assert len(results) == len(by_row)
    for result, wanted in zip(results, by_row, strict=True):
        assert as_expected(result, wanted) == wanted
    assert count(results) == Counts(**expected)


def test_the_columns_of_a_real_list_are_found_by_header() -> None:
    table = real_list()
    assert guess_columns(table.headers, []) == {
        Field.NAME: 0,
        Field.PHONE: 1,
        Field.PLATE: 2,
        Field.MAKE_MODEL: 3,
        Field.VIN: 4,
        Field.FIRST_REGISTERED: 5,
        Field.ODOMETER: 6,
        Field.LAST_SERVICE: 7,
        Field.NOTE: 8,
    }


def test_columns_without_speaking_headers_are_found_by_their_cells() -> None:
    table = real_list()
    found = guess_columns(["?"] * 9, table.rows)
    assert found == {Field.VIN: 4, Field.PHONE: 1, Field.PLATE: 2, Field.ODOMETER: 6, Field.NAME: 0}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("Owner|Mobile|Reg|Make|Model|Chassis no.", "name phone plate make model vin"),
        ("First Name|Last Name|Phone Number|E-Mail|Car", "first_name name phone email make_model"),
        (
            "Registration date|Registration|Mileage (km)|Last service date",
            "first_registered plate odometer last_service",
        ),
        ("客户|客户电话|车牌号码|品牌|车型|公里数", "name phone plate make model odometer"),
        ("姓　名|手 机|车牌|型号|初次登记日期|备注信息", "name phone plate make_model first_registered note"),
        ("Forename|Tel.|Licence plate|Vehicle model", "name phone plate make_model"),
    ],
)
def test_headers_are_understood_in_both_languages(headers: str, fields: str) -> None:
    found = guess_columns(headers.split("|"), [])
    assert found == {Field(field): column for column, field in enumerate(fields.split())}


def test_rows_keep_the_numbers_a_spreadsheet_shows_below_a_title_and_between_empty_rows() -> None:
    table = csv_table(
        "", "曾静,13810492777,沪A12345", ",,", "单桐,abc,沪A12346", headers="客户资料表\n\n姓名,电话,车牌"
    )
    assert [(result.row, result.why) for result in check(table)] == [(5, None), (7, Why.BAD_PHONE)]


def test_a_file_without_headers_loses_no_row() -> None:
    table = read_table("曾静,13810492777,沪A·12345\n单桐,13810492778,沪A·12346".encode(), "x.csv")
    assert table.headers == ("A", "B", "C")
    assert [(result.row, result.result) for result in check(table)] == [(1, "imported"), (2, "imported")]
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_mapping_must_name_a_customer_and_a_car() -> None:
    table = csv_table("Ann,1,A,,,,")
    for mapping in ({}, {Field.NAME: 0}, {Field.PLATE: 2}):
        with pytest.raises(ColumnsMissing):
            check_rows(table, mapping, "GB", TODAY)


def test_a_customer_named_often_is_one_customer_and_so_is_the_car() -> None:
    results = check(
        csv_table(
            "曾静,13810492777,沪A12345,,,,",
            "曾 静,+86 138 1049 2777,沪A·12345,LFV3ANC378N593439,,,",
            "曾静,13810492777,,lfv3anc378n593439,,,",
            "曾静,13810492778,沪A12346,,,,",
        )
    )
    assert [result.why for result in results] == [None] * 4
    assert count(results) == Counts(rows=4, imported=4, rejected=0, customers=2, vehicles=2, with_warnings=0)


def test_cars_are_kept_apart_from_other_peoples() -> None:
    results = check(
        csv_table(
            "曾静,13810492777,沪A12345,LFV3ANC378N593439,,,",
            "单桐,13810492778,沪A12345,,,,",
            "单桐,13810492778,沪A12346,LFV3ANC378N593439,,,",
            "曾静,13810492777,沪A12347,LFV3ANC378N593439,,,",
            "曾静,13810492777,沪A12345,LFV3ANC378N593430,,,",
        )
    )
    assert [result.why for result in results] == [
        None,
        Why.OTHERS_PLATE,
        Why.OTHERS_VIN,
        Why.OTHER_PLATE,
        Why.OTHER_VIN,
    ]


def test_a_refused_row_claims_no_plate() -> None:
    results = check(csv_table("曾静,abc,沪A12345,,,,", "单桐,13810492778,沪A12345,,,,"))
    assert [result.why for result in results] == [Why.BAD_PHONE, None]


def test_people_without_a_phone_are_told_apart_by_their_cars() -> None:
    results = check(
        csv_table(
            "王先生,,沪A12345,,,,",
            "王先生,,沪A12346,,,,",
            "王先生,13810492777,沪A12345,,,,",
            ",13810492778,沪A12347,,,,",
        )
    )
    assert [result.why for result in results] == [None] * 4
    assert count(results).customers == 3
    assert (
        count(check(csv_table("王先生,,A1,,,,", "王先生,13810492777,A2,,,,", "王先生,13810492777,A1,,,,"))).customers
        == 1
    )
    assert [result.warnings for result in results] == [(Field.PHONE,), (Field.PHONE,), (), (Field.NAME,)]
    assert results[3].values is not None
    assert results[3].values.name == "+8613810492778"


def test_what_cannot_be_read_is_left_out_with_a_warning() -> None:
    (result,) = check(csv_table("曾静,13810492777,沪A12345,OFV3SMYD7PM091351,-300,2027-01-01,=1+1"))
    assert result.warnings == (Field.VIN, Field.FIRST_REGISTERED, Field.ODOMETER)
    assert result.values is not None
    assert (result.values.vin, result.values.first_registered, result.values.odometer_km) == (None, None, None)
    assert result.values.note == "=1+1"


def test_words_for_no_plate_are_no_plate() -> None:
    results = check(csv_table("曾静,13810492777,无牌,LFV3ANC378N593439,,,", "曾静,13810492777,无牌,,,,"))
    assert [result.why for result in results] == [None, Why.NO_CAR]


def test_a_phone_cell_that_says_more_than_a_number_is_kept() -> None:
    (result,) = check(csv_table("曾静,0755-83657680转801,沪A12345,,,,"))
    assert result.values is not None
    assert result.values.phone == "+8675583657680"
    assert result.values.contact_note == "0755-83657680转801"


@pytest.mark.parametrize("line", [f"{'x' * 121},13810492777,A1,,,,", f"Ann,13810492777,A1,,,,{'x' * 2001}"])
def test_an_over_long_cell_is_refused(line: str) -> None:
    assert [result.why for result in check(csv_table(line))] == [Why.TOO_LONG]


@pytest.mark.parametrize(
    ("typed", "make", "model"),
    [
        ("大众 迈腾", "大众", "迈腾"),
        ("特斯拉 Model 3", "特斯拉", "Model 3"),
        ("Land Rover Defender", "Land Rover", "Defender"),
        ("", "", ""),
    ],
)
def test_make_and_model_are_told_apart(typed: str, make: str, model: str) -> None:
    assert split_make_model(typed) == (make, model)


def test_the_refused_rows_come_back_as_a_file_that_runs_no_formula_and_imports_again() -> None:
    table = csv_table("=HYPERLINK(1),abc,沪A12345,,-5,,@x", "曾静,13810492777,沪A12346,,,,", "+1,-,沪A12347,,,,")
    data = refused_file(check(table), table, "zh_CN")
    assert data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(StringIO(data.decode("utf-8-sig")))
    assert header == ["行号", "原因", *HEADERS.split(",")]
    assert rows == [
        ["2", "电话号码无法识别", "'=HYPERLINK(1)", "abc", "沪A12345", "", "'-5", "", "'@x"],
        ["4", "电话号码无法识别", "'+1", "'-", "沪A12347", "", "", "", ""],
    ]
    again = read_table(data, "refused.csv")
    assert [row[2:] for row in again.rows] == [table.rows[0], table.rows[2]]
    assert [(result.row, result.why) for result in check(again)] == [(2, Why.BAD_PHONE), (3, Why.BAD_PHONE)]


@pytest.mark.parametrize(
    "headers", ["Name,Plate,Inspection until,Insurance expiry", "姓名,车牌号,年检到期,保险到期日期"]
)
def test_expiry_dates_are_read_and_nonsense_is_left_out_with_a_warning(headers: str) -> None:
    table = csv_table("Ann,AB12 CDE,2027-02-28,1 Mar 2027", "Bob,XY99 ZZZ,31.02.2027,1899-01-01", headers=headers)
    first, second = check(table)
    assert first.values
    assert second.values
    assert (first.values.inspection_until, first.values.insurance_until) == (date(2027, 2, 28), date(2027, 3, 1))
    assert (second.values.inspection_until, second.values.insurance_until) == (None, None)
    assert {Field.INSPECTION, Field.INSURANCE} <= set(second.warnings)
