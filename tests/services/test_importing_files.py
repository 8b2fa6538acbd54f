"""An uploaded list is read from any of the usual files; a broken or oversized one is refused with what to do."""

import struct
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from services.importing import read
from services.importing.read import (
    EmptyFile,
    FileTooLarge,
    Table,
    TooManyColumns,
    TooManyRows,
    read_table,
)
from services.importing.sheet import OldExcelFile, SheetTooLarge, UnreadableFile
from services.refusals import Refusal

LIST = Path(__file__).parent.parent / "data" / "customers_gb18030.csv"


def workbook(*rows: Sequence[Any], sheets_before: int = 0) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(
        file, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False, "remove_timezone": True}
    ) as book:
        for _ in range(sheets_before):
            book.add_worksheet()
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_file_is_read_in_any_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = (
        delimiter.join(["姓名", "电话", "备注"])
        + "\r\n"
        + delimiter.join(["曾静", "13810492777", '"𬭎, ""a""; b\r\nc"'])
    )
    table = read_table(text.encode(encoding), "x.csv")
    assert table == Table(("姓名", "电话", "备注"), (("曾静", "13810492777", '𬭎, "a"; b\nc'),))


def test_a_line_that_names_its_separator_is_believed() -> None:
    assert read_table(b"sep=;\nName;Phone\nAnn, Bob;020 7946 0018\n", "x.csv").rows == (("Ann, Bob", "020 7946 0018"),)


def test_a_workbook_is_read_with_its_dates_and_numbers() -> None:
    data = workbook(
        ["姓名", "手机", "里程", "上牌", "备注"],
        ["曾静", 13810492777, 45000.0, date(2014, 1, 11), "=1+1"],
        [],
        ["单桐", "'13810492778", 0.5, datetime(2014, 1, 11, 8, 30, tzinfo=UTC), True],
        sheets_before=1,
    )
    table = read_table(data, "list.xlsx")
    assert table.headers == ("姓名", "手机", "里程", "上牌", "备注")
    assert table.rows == (
        ("曾静", "13810492777", "45000", "2014-01-11", "=1+1"),
        ("", "", "", "", ""),
        ("单桐", "'13810492778", "0.5", "2014-01-11T08:30:00", "True"),
    )


def test_a_list_reads_the_same_from_a_workbook_as_from_csv() -> None:
    table = read_table(LIST.read_bytes(), LIST.name)
    assert read_table(workbook(table.headers, *table.rows), "list.xlsx") == table
    assert len(table.rows) == 420


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"Name,Phone\n", b",,,\n,,,\n", b"\xef\xbb\xbf", workbook(), workbook(["Name"])]
)
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read_table(data, "x.csv")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", "photo.csv"),
        (b"a,b\n\x00\x00", "x.csv"),
        (b"\xff\xff\xff", "x.csv"),
        (b"PK\x03\x04 no zip", "x.xlsx"),
        (workbook(["Name"])[:-200], "x.xlsx"),
        (b"just text", "x.xlsx"),
        (b'"' + b"x" * 200_000, "x.csv"),
    ],
)
def test_a_corrupt_file_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile):
        read_table(data, name)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workbook_is_read_or_refused_but_never_breaks(seed: int) -> None:
    random = Random(seed)
    data = bytearray(workbook(["Name", "Phone"], ["Ann", "020 7946 0018"]))
    for _ in range(random.randint(1, 8)):
        data[random.randrange(len(data))] = random.randrange(256)
    with suppress(Refusal):
        assert read_table(bytes(data), "x.xlsx").rows


def test_a_package_whose_directory_points_nowhere_is_refused() -> None:
    data = bytearray(workbook(["Name", "Phone"], ["Ann", "1"]))
    data[-10:-2] = b"\xff" * 8
    with pytest.raises(UnreadableFile):
        read_table(bytes(data), "x.xlsx")


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFile):
        read_table(file.getvalue(), "x.xlsx")


def test_an_old_or_locked_excel_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(OldExcelFile):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.xls")


def test_files_rows_and_columns_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileTooLarge) as refusal:
        read_table(bytes(read.MOST_BYTES + 1), "x.csv")
    assert refusal.value.params == {"megabytes": 15}
    with pytest.raises(TooManyColumns):
        read_table(b",".join([b"x"] * 201), "x.csv")
    monkeypatch.setattr(read, "MOST_ROWS", 2)
    assert len(read_table(b"a,b\n1,2\n3,4\n", "x.csv").rows) == 2
    with pytest.raises(TooManyRows):
        read_table(b"a,b\n1,2\n3,4\n5,6\n", "x.csv")


@pytest.mark.parametrize("cell", ["A1048576", "XFD2"])
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(cell: str) -> None:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(["Name", "Phone"], ["Ann", "1"]))) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<c r="A2"', b'<c r="' + cell.encode() + b'"'))
    with pytest.raises(SheetTooLarge):
        read_table(file.getvalue(), "x.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(70 * 1024 * 1024))
    with pytest.raises(SheetTooLarge):
        read_table(file.getvalue(), "x.xlsx")
    lie = file.getvalue().replace(struct.pack("<I", 70 * 1024 * 1024), struct.pack("<I", 1000))
    with pytest.raises(UnreadableFile):
        read_table(lie, "x.xlsx")
