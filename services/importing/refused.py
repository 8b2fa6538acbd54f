"""The refused rows as a file a person can correct and import again."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from services.i18n import N_, translate
from services.importing.read import Table
from services.importing.rows import RowResult

_ROW, _REASON = N_("Row"), N_("Reason")
# A spreadsheet would run a cell that begins so.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def refused_file(results: Iterable[RowResult], table: Table, language: str) -> bytes:
    """A CSV (UTF-8 with byte order mark) of the refused rows as they were, after their number and the reason.

    Cells that a spreadsheet would run as a formula get an apostrophe, which the import takes off again.
    """
    return rows_as_file(((result.row, result.why) for result in results if result.why), table, language)


def rows_as_file(refused: Iterable[tuple[int, str]], table: Table, language: str) -> bytes:
    """The same from row numbers and reasons (English texts)."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(_guarded([translate(language, _ROW), translate(language, _REASON), *table.headers]))
    for number, why in refused:
        cells = table.rows[number - table.first_row]
        writer.writerow(_guarded([str(number), translate(language, why), *cells]))
    return file.getvalue().encode("utf-8-sig")


def _guarded(cells: Sequence[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(_RUNS) else cell for cell in cells]
