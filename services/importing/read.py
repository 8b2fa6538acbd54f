"""From an uploaded CSV or XLSX file to a table of text."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from string import ascii_uppercase

from services.importing.looks import like_phone, like_plate, like_vin
from services.importing.sheet import OLD_OR_LOCKED, UnreadableFile, sheet_rows
from services.normalize import clean_text
from services.refusals import Refusal

MOST_BYTES = 15 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_DELIMITERS = ",;\t|"
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class EmptyFile(Refusal):
    """This file holds no rows to import."""


class FileTooLarge(Refusal):
    """This file is larger than {megabytes} MB. Split it and import the parts one after the other."""


class TooManyRows(Refusal):
    """This file has more than {rows} rows. Split it and import the parts one after the other."""


class TooManyColumns(Refusal):
    """This file has more than {columns} columns. Keep only those with customers and cars."""


@dataclass(frozen=True)
class Table:
    """Cells as clean text. `first_row` is the number, as a spreadsheet counts, of the row `rows` begins with."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2


def read_table(data: bytes, filename: str, most_rows: int | None = None) -> Table:
    """The rows of a CSV (UTF-8, UTF-16 or GB18030; comma, semicolon, tab or bar) or XLSX file, at most `most_rows` (MOST_ROWS).

    The headers are the first row with two filled cells; a file that begins with data gets the letters of its columns.
    Refuses with EmptyFile, FileTooLarge, TooManyRows, TooManyColumns, SheetTooLarge,
    UnreadableFile or OldExcelFile.
    """
    if len(data) > MOST_BYTES:
        raise FileTooLarge(megabytes=MOST_BYTES // 1024 // 1024)
    most_rows = most_rows or MOST_ROWS
    records = _sheet_rows(data, most_rows) if _is_workbook(data, filename) else _csv_rows(data)
    return _table([tuple(_typed(cell) for cell in record) for record in _within_limits(records, most_rows)])


def _sheet_rows(data: bytes, most_rows: int) -> Iterator[list[str]]:
    return sheet_rows(data, most_rows=most_rows, most_columns=MOST_COLUMNS)


def _is_workbook(data: bytes, filename: str) -> bool:
    # The content decides, because a renamed file is common; the name only for files that are neither.
    return data.startswith((b"PK\x03\x04", OLD_OR_LOCKED)) or (
        bool(data) and filename.lower().endswith((".xlsx", ".xlsm", ".xls"))
    )


def _csv_rows(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first_line, _, rest = text.partition("\n")
    if first_line.lower().startswith("sep="):
        return _parsed(rest, first_line[4:5])
    return _parsed(text, max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter)))


def _decoded(data: bytes) -> str:
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile


def _fit(text: str, delimiter: str) -> tuple[bool, int, int]:
    """How well a delimiter explains the first rows: it splits at all, rows as long as the first one, columns."""
    try:
        lengths = [len(row) for row in islice(_parsed(text, delimiter), 30) if row]
    except UnreadableFile:
        return False, 0, 0
    columns = max(lengths, default=0)
    return columns > 1, lengths.count(columns) if columns > 1 else 0, columns


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    except csv.Error:
        raise UnreadableFile from None


def _typed(cell: str) -> str:
    """The cell as it was meant: the apostrophe that keeps a spreadsheet from running a formula is not part of it."""
    text = clean_text(cell)
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def _within_limits(records: Iterable[list[str]], most_rows: int) -> Iterator[list[str]]:
    for number, record in enumerate(records):
        if number > most_rows:
            raise TooManyRows(rows=most_rows)
        if len(record) > MOST_COLUMNS:
            raise TooManyColumns(columns=MOST_COLUMNS)
        yield record


def _table(records: list[tuple[str, ...]]) -> Table:
    at = _header_index(records)
    headed = not any(_is_data(cell) for cell in records[at])
    rows = records[at + 1 :] if headed else records[at:]
    if not any(any(row) for row in rows):
        raise EmptyFile
    width = max(len(record) for record in records[at:])
    headers = records[at] if headed else tuple(column_letters(index) for index in range(width))
    return Table(_padded(headers, width), tuple(_padded(row, width) for row in rows), at + 2 if headed else at + 1)


def _header_index(records: list[tuple[str, ...]]) -> int:
    filled = [sum(map(bool, record)) for record in records]
    # Lists often begin with a title in a single cell.
    for least in (2, 1):
        if index := next((number for number, count in enumerate(filled, 1) if count >= least), 0):
            return index - 1
    raise EmptyFile


def _is_data(cell: str) -> bool:
    return like_vin(cell) or like_phone(cell) or like_plate(cell)


def _padded(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return row + ("",) * (width - len(row))


def column_letters(index: int) -> str:
    """The name a spreadsheet gives a column: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters
