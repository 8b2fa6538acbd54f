"""Every row of a price list read by itself: what it says of a part, or why it is refused."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from services.i18n import N_
from services.importing.read import Table
from services.money import to_coin
from services.price_list.columns import PriceField as F
from services.refusals import Refusal

MOST_ROWS = 100_000
MOST_SUM = Decimal(1_000_000)
_MOST = {F.CODE: 40, F.NAME: 120, F.BRAND: 60, F.UNIT: 20}
_SIGNS = {number: None for number in range(128) if not chr(number).isalnum()}
_AROUND = re.compile(r"^[^\d.,-]+|[^\d.,%-]+$")  # a currency before it, a currency or "per set" after it
_GROUPS = re.compile(r"(?<=\d)['’ ](?=\d{3}(?!\d))")
_SUM = re.compile(r"-?\d+(?:\.\d+)?")


class ColumnsMissing(Refusal):
    """Choose a column for the part number, and one for the cost or the sales price."""


class Why(StrEnum):
    """Why a row is refused; the value is the English text to translate and show."""

    NO_CODE = N_("no part number")
    NO_SUM = N_("neither cost nor price")
    BAD_SUM = N_("a price cannot be read")
    TWICE = N_("the part number comes twice in the list")
    TWO_PARTS = N_("two parts of the catalogue have this number")
    TOO_LONG = N_("a cell is too long")
    NO_NAME = N_("a new part without a name")
    NO_PRICE = N_("a new part without a sales price")


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One row, numbered as a spreadsheet counts. Sums are per unit, None where the list says nothing."""

    row: int
    why: Why | None
    code: str
    name: str = ""
    brand: str = ""
    unit: str = ""
    cost: Decimal | None = None
    price: Decimal | None = None


def code_key(code: str) -> str:
    """A part number as it is compared: without blanks, signs and case, so that "0 986.494-524" is 0986494524."""
    if code.isascii():
        return code.upper().translate(_SIGNS)  # nearly all are, and a list has a hundred thousand
    return "".join(char for char in unicodedata.normalize("NFKC", code).upper() if char.isalnum())


def check_list(table: Table, mapping: Mapping[F, int], currency: str) -> list[PriceRow]:
    """One result for every row that is not empty, in their order; sums rounded to the coin. Refuses with ColumnsMissing."""
    if F.CODE not in mapping or not {F.COST, F.PRICE} & mapping.keys():
        raise ColumnsMissing
    seen: set[str] = set()
    found = []
    for number, cells in enumerate(table.rows, table.first_row):
        if any(cells):
            one = _checked(number, cells, mapping, currency, seen)
            seen.add(code_key(one.code))
            found.append(one)
    return found


def read_sum(typed: str) -> Decimal | None:
    """The sum a cell says: "1,234.50", "1.234,50", "¥ 12.5", "12,50 €"; None for an empty cell. Raises ValueError, also for two
    numbers ("12.50 per 100") and for per cent."""
    if not typed:
        return None
    bare = _GROUPS.sub("", _AROUND.sub("", typed))
    point, comma = bare.rfind("."), bare.rfind(",")
    if comma > point and (point >= 0 or len(bare) - comma - 1 != 3) and bare.count(",") == 1:
        bare = bare.replace(".", "").replace(",", ".")  # the comma is the point: 1.234,50 and 12,5
    bare = bare.replace(",", "")
    if not _SUM.fullmatch(bare):
        raise ValueError(typed)
    try:
        amount = Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(typed) from error
    if not 0 <= amount <= MOST_SUM:
        raise ValueError(typed)
    return amount


def _checked(number: int, cells: Sequence[str], mapping: Mapping[F, int], currency: str, seen: set[str]) -> PriceRow:
    texts = {field: " ".join(cells[mapping[field]].split()) if field in mapping else "" for field in F}
    code = texts[F.CODE]
    try:
        cost, price = (read_sum(texts[field]) for field in (F.COST, F.PRICE))
    except ValueError:
        return PriceRow(number, Why.BAD_SUM if code_key(code) else Why.NO_CODE, code, texts[F.NAME])
    why = _why(texts, cost, price, seen)
    cost, price = (None if one is None else to_coin(one, currency) for one in (cost, price))
    return PriceRow(number, why, code, texts[F.NAME], texts[F.BRAND], texts[F.UNIT], cost, price)


def _why(texts: Mapping[F, str], cost: Decimal | None, price: Decimal | None, seen: set[str]) -> Why | None:
    key = code_key(texts[F.CODE])
    if not key:
        return Why.NO_CODE
    if cost is None and price is None:
        return Why.NO_SUM
    if any(len(texts[field]) > most for field, most in _MOST.items()):
        return Why.TOO_LONG
    return Why.TWICE if key in seen else None
