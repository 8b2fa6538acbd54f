"""The cells of an XLSX workbook as text, read without trusting the sizes it claims."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from services.refusals import Refusal

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
MOST_UNPACKED_BYTES = 64 * 1024 * 1024
# A cell with a value; formatted empty cells close themselves and cost nothing.
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})([0-9]{1,9})"[^>/]*>')

Cell = str | float | int | bool | date | datetime | time | timedelta


class UnreadableFile(Refusal):
    """This file cannot be read. Save it again as .xlsx or .csv and choose that file."""


class OldExcelFile(Refusal):
    """This is an old or a password-protected Excel file. Save it as .xlsx without a password, or as .csv."""


class SheetTooLarge(Refusal):
    """This workbook is too large: at most {rows} rows and {columns} columns can be imported at once."""


def sheet_rows(data: bytes, *, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """The rows of the first visible sheet that holds any, numbered as in the sheet: empty rows and columns are kept.

    Refuses with UnreadableFile, OldExcelFile or SheetTooLarge.
    """
    if data.startswith(OLD_OR_LOCKED):
        raise OldExcelFile
    too_large = SheetTooLarge(rows=most_rows, columns=most_columns)
    try:
        # calamine makes room for the whole rectangle, so one cell far away must be found before it opens the file.
        if _extent_exceeds(data, most_rows, most_columns):
            raise too_large
        rows = _first_filled(CalamineWorkbook.from_filelike(BytesIO(data)))
    except Refusal:
        raise
    except Exception as error:
        # Broken packages make both readers raise nearly everything: BadZipFile, zlib.error, ValueError, RuntimeError…
        raise UnreadableFile from error
    return ([_text(cell) for cell in row] for row in rows)


def _extent_exceeds(data: bytes, most_rows: int, most_columns: int) -> bool:
    with zipfile.ZipFile(BytesIO(data)) as package:
        if sum(member.file_size for member in package.infolist()) > MOST_UNPACKED_BYTES:
            return True
        # Reading checks the claimed sizes too: a member that unpacks to more than it says fails its checksum.
        parts = {member.filename: package.read(member) for member in package.infolist()}
    sheets = (part for name, part in parts.items() if name.startswith("xl/worksheets/"))
    return any(_exceeds(sheet, most_rows, most_columns) for sheet in sheets)


def _exceeds(sheet: bytes, most_rows: int, most_columns: int) -> bool:
    return any(
        # One row more, because the headers take one.
        int(row) > most_rows + 1 or _column_number(letters) > most_columns
        for letters, row in (found.groups() for found in _CELL.finditer(sheet))
    )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _first_filled(workbook: CalamineWorkbook) -> list[list[Cell]]:
    for number, about in enumerate(workbook.sheets_metadata):
        if _is_shown(about):
            rows: list[list[Cell]] = workbook.get_sheet_by_index(number).to_python(skip_empty_area=False)
            if rows:
                return rows
    return []


def _is_shown(about: SheetMetadata) -> bool:
    return about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
