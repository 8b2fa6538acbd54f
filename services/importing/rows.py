"""Every row of a list checked: what of it can be imported, what is left out, what is refused and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.importing.columns import Field
from services.importing.read import Table
from services.importing.register import Car, Register
from services.importing.values import Cells, RowValues, Why, read_values
from services.normalize import BadPhone
from services.refusals import Refusal


class ColumnsMissing(Refusal):
    """Choose a column for the name or the phone, and one for the plate or the VIN."""


@dataclass(frozen=True)
class RowResult:
    """One row, numbered as a spreadsheet counts. `warnings` are the fields left empty because they could not be read.

    `car` is one object for all rows that mean the same car, and so is `car.owner` for all of one customer.
    """

    row: int
    why: Why | None = None
    warnings: tuple[Field, ...] = ()
    values: RowValues | None = None
    car: Car | None = None

    @property
    def result(self) -> str:
        """What becomes of the row: "imported" or "rejected"."""
        return "rejected" if self.why else "imported"


@dataclass(frozen=True)
class Counts:
    """What a check found: rows, and the distinct customers and vehicles among the imported ones."""

    rows: int
    imported: int
    rejected: int
    customers: int
    vehicles: int
    with_warnings: int


def check_rows(table: Table, mapping: Mapping[Field, int], region: str, today: date) -> list[RowResult]:
    """One result for every row that is not empty, in their order.

    `region` is the country of phone numbers without one; dates after `today` are left out with a warning.
    Refuses with ColumnsMissing when the mapping leaves nobody or no car to be found.
    """
    if not {Field.NAME, Field.PHONE} & mapping.keys() or not {Field.PLATE, Field.VIN} & mapping.keys():
        raise ColumnsMissing
    register = Register()
    return [
        _check(number, Cells(row, mapping), register, region, today)
        for number, row in enumerate(table.rows, table.first_row)
        if any(row)
    ]


def _check(number: int, cells: Cells, register: Register, region: str, today: date) -> RowResult:
    if not cells.name() and not cells[Field.PHONE]:
        return RowResult(number, Why.NOBODY)
    try:
        values = read_values(cells, region=region, today=today)
    except BadPhone:
        return RowResult(number, Why.BAD_PHONE)
    if why := _unfit(values) or register.conflict(values):
        return RowResult(number, why, values=values)
    return RowResult(number, None, tuple(cells.warnings), values, register.add(values))


def _unfit(values: RowValues) -> Why | None:
    if not values.plate_key and not values.vin:
        return Why.NO_CAR
    return Why.TOO_LONG if values.too_long() else None


def count(results: Sequence[RowResult]) -> Counts:
    """The sums of a check."""
    cars = {result.car for result in results if result.car}
    return Counts(
        rows=len(results),
        imported=sum(not result.why for result in results),
        rejected=sum(bool(result.why) for result in results),
        customers=len({car.owner for car in cars}),
        vehicles=len(cars),
        with_warnings=sum(bool(result.warnings) for result in results),
    )
