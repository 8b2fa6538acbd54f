"""The bookkeeper's sheets as files: one of them as CSV, all of them as one XLSX workbook. No cell is ever a formula."""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

from services.bookkeeping_sheets import Cell, Sheet
from services.i18n import translate
from services.money import coin

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would run what begins so
_WIDE = 14  # characters


def as_csv(sheet: Sheet, language: str, currency: str) -> bytes:
    """One sheet as comma-separated values, with a mark at the beginning by which spreadsheets know UTF-8."""
    out, digits = StringIO(), _digits(currency)
    writer = csv.writer(out)
    writer.writerow(translate(language, title) for title in sheet.titles)
    writer.writerows([_written(cell, digits) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Iterable[Sheet], language: str, currency: str) -> bytes:
    """All sheets in one workbook: sums are numbers with the currency's decimals, days are days, texts are only texts."""
    out, digits = BytesIO(), _digits(currency)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0" + ("." + "0" * digits if digits else "")})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = book.add_worksheet(translate(language, sheet.title)[:31])
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.titles) - 1, _WIDE)
            for column, title in enumerate(sheet.titles):
                page.write_string(0, column, translate(language, title), bold)
            for number, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    _write(page, number, column, cell, money, day)
    return out.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, *formats: object) -> None:
    money, day = formats
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, str):
        page.write_string(row, column, cell)
    else:
        page.write_number(row, column, cell, money if isinstance(cell, Decimal) else None)


def _written(cell: Cell, digits: int) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.{digits}f}"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(_FORMULAS):
        return f"'{cell}"
    return "" if cell is None else str(cell)


def _digits(currency: str) -> int:
    return -int(coin(currency).as_tuple().exponent)
