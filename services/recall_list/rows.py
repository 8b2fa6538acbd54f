"""Every row of a list of recalls checked: what it says of a recall and of one range of cars, or why it is refused."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.campaign_keys import MAKER, unchecked
from services.campaign_ranges import range_row
from services.i18n import N_
from services.importing.read import Table
from services.normalize import vin as clean_vin
from services.recall_list.columns import RecallField as F
from services.refusals import Refusal

MOST_ROWS = 100_000
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_BETWEEN = re.compile(r"\s*(?:[~～–—至到]|\bto\b|\s-\s|(?<=\w{17})-(?=\w{17}))\s*", re.I)
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_MODELS = re.compile(r"[,;、，；\n]+")
_MOST = {F.CODE: 40, F.TITLE: 160, F.TEXT: 2000, F.MAKE: 60}
_MOST_MODEL = 80
Span = tuple[str, str]
Years = tuple[int | None, int | None]


class ColumnsMissing(Refusal):
    """Choose a column for the code, and one for the make or the VIN."""


class Why(StrEnum):
    """Why a row is refused; the value is the English text to translate and show."""

    NO_CODE = N_("no code")
    NO_CARS = N_("no make and no VIN")
    BAD_YEAR = N_("model year cannot be read")
    YEARS_BACK = N_("the last model year lies before the first")
    BAD_VIN = N_("a VIN needs 17 digits and letters")
    VINS_BACK = N_("the last VIN lies before the first")
    TWO_MAKERS = N_("the two VINs are of different makers")
    TOO_LONG = N_("a cell is too long")


@dataclass(frozen=True)
class RecallRow:
    """One row, numbered as a spreadsheet counts. `ranges` are the columns of CampaignRange, one for each model named."""

    row: int
    why: Why | None = None
    code: str = ""
    title: str = ""
    text: str = ""
    ranges: tuple[dict[str, Any], ...] = ()


class _Bad(Exception):
    def __init__(self, why: Why) -> None:
        self.why = why


def check_list(table: Table, mapping: Mapping[F, int]) -> list[RecallRow]:
    """One result for every row that is not empty, in their order. Refuses with ColumnsMissing."""
    if F.CODE not in mapping or not {F.MAKE, F.VIN_FROM} & mapping.keys():
        raise ColumnsMissing
    return [_checked(at, row, mapping) for at, row in enumerate(table.rows, table.first_row) if any(row)]


def _checked(number: int, row: Sequence[str], mapping: Mapping[F, int]) -> RecallRow:
    def cell(field: F) -> str:
        return row[mapping[field]] if field in mapping else ""

    code = " ".join(cell(F.CODE).split())
    try:
        return RecallRow(number, None, code, cell(F.TITLE), cell(F.TEXT), _ranges(cell, code, F.YEAR_TO in mapping))
    except _Bad as bad:
        return RecallRow(number, bad.why, code)


def _ranges(cell: Callable[[F], str], code: str, two_years: bool) -> tuple[dict[str, Any], ...]:
    if not code:
        raise _Bad(Why.NO_CODE)
    models = [" ".join(one.split()) for one in _MODELS.split(cell(F.MODEL)) if one.strip()] or [""]
    if any(len(cell(field)) > most for field, most in _MOST.items()) or max(map(len, models)) > _MOST_MODEL:
        raise _Bad(Why.TOO_LONG)
    (first, last), years = _vins(cell), _years(cell, two_years)
    if not first and not cell(F.MAKE):
        raise _Bad(Why.NO_CARS)
    return tuple(
        range_row(make=cell(F.MAKE), model=one, vin_from=first, vin_to=last, year_from=years[0], year_to=years[1])
        for one in models
    )


def _vins(cell: Callable[[F], str]) -> Span:
    named = [*_BETWEEN.split(cell(F.VIN_FROM)), cell(F.VIN_TO)]
    vins = [clean for one in named if (clean := clean_vin(one))]
    if not vins:
        return "", ""
    first, last = vins[0], vins[-1]
    if len(vins) > 2 or not (_VIN.fullmatch(first) and _VIN.fullmatch(last)):
        raise _Bad(Why.BAD_VIN)
    if first[:MAKER] != last[:MAKER]:
        raise _Bad(Why.TWO_MAKERS)
    if unchecked(last) < unchecked(first):
        raise _Bad(Why.VINS_BACK)
    return first, last


def _years(cell: Callable[[F], str], two_columns: bool) -> Years:
    first, last = _YEAR.findall(cell(F.YEAR_FROM)), _YEAR.findall(cell(F.YEAR_TO))
    if any(cell(field) and not found for field, found in ((F.YEAR_FROM, first), (F.YEAR_TO, last))):
        raise _Bad(Why.BAD_YEAR)
    since = int(first[0]) if first else None
    until = int(last[-1]) if last else int(first[-1]) if first and (len(first) > 1 or not two_columns) else None
    if since is not None and until is not None and until < since:
        raise _Bad(Why.YEARS_BACK)
    return since, until
