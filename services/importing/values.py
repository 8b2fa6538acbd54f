"""What one row of a list says, in the forms the database keeps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from services.i18n import N_
from services.importing.columns import Field
from services.importing.looks import like_email
from services.normalize import VinWarning, day, more_than_phone, odometer, phone, plate, plate_shown, vin, vin_warnings
from services.refusals import Refusal

Value = TypeVar("Value")

_NO_PLATE = frozenset({"无", "无牌", "没有", "未上牌", "暂无", "新车", "待定", "NONE", "NA", "TBA", "UNREGISTERED"})
_LONG_MAKES = ("Alfa Romeo", "Aston Martin", "Great Wall", "Land Rover", "Mercedes Benz", "Rolls Royce")
_MOST = {"name": 120, "contact_note": 2000, "email": 200, "plate": 20, "make": 60, "model": 80, "note": 2000}


class Why(StrEnum):
    """Why a row is refused; the value is the English text to translate and show."""

    NOBODY = N_("no name and no phone")
    BAD_PHONE = N_("phone cannot be read")
    NO_CAR = N_("no plate and no VIN")
    OTHERS_PLATE = N_("plate already belongs to another customer")
    OTHERS_VIN = N_("VIN already belongs to another customer")
    OTHER_PLATE = N_("VIN already belongs to a car with another plate")
    OTHER_VIN = N_("plate already belongs to a car with another VIN")
    TOO_LONG = N_("a cell is too long")


@dataclass(frozen=True)
class RowValues:
    """One customer and one car. `plate` is for people, `plate_key` for look-up; `contact_note` keeps a phone cell that
    said more than one number can (an extension, a second number)."""

    name: str
    phone: str | None
    contact_note: str
    email: str | None
    plate: str
    plate_key: str | None
    vin: str | None
    make: str
    model: str
    first_registered: date | None
    odometer_km: int | None
    last_service: date | None
    note: str
    inspection_until: date | None = None
    insurance_until: date | None = None

    def too_long(self) -> bool:
        """Whether a text exceeds what the database holds."""
        return any(len(getattr(self, name) or "") > most for name, most in _MOST.items())


class Cells:
    """A row seen through the mapping. `warnings` collects the fields whose cells could not be read."""

    def __init__(self, row: Sequence[str], mapping: Mapping[Field, int]) -> None:
        self._row, self._mapping = row, mapping
        self.warnings: list[Field] = []

    def __getitem__(self, field: Field) -> str:
        at = self._mapping.get(field)
        return "" if at is None or not 0 <= at < len(self._row) else self._row[at]

    def read(self, field: Field, reader: Callable[[str], Value]) -> Value | None:
        """What `reader` makes of the cell; None for an empty one, None with a warning for one it refuses."""
        if not self[field]:
            return None
        try:
            return reader(self[field])
        except (Refusal, ValueError):
            self.warnings.append(field)
            return None

    def name(self) -> str:
        """The full name."""
        return " ".join(part for part in (self[Field.FIRST_NAME], self[Field.NAME]) if part)

    def plate(self) -> str:
        """The plate as typed; empty when the cell says that there is none."""
        return "" if plate(self[Field.PLATE]) in _NO_PLATE else self[Field.PLATE]

    def make_model(self) -> tuple[str, str]:
        """Make and model, from two columns or from one."""
        if Field.MAKE in self._mapping or Field.MODEL in self._mapping:
            return self[Field.MAKE], self[Field.MODEL]
        return split_make_model(self[Field.MAKE_MODEL])


def read_values(cells: Cells, *, region: str, today: date) -> RowValues:
    """The row's values; what cannot be read is left out with a warning, but for the phone: refuses with BadPhone."""
    number = phone(cells[Field.PHONE], region) if cells[Field.PHONE] else None
    if not number:
        cells.warnings.append(Field.PHONE)
    if not cells.name():
        cells.warnings.append(Field.NAME)
    make, model = cells.make_model()

    def past_day(text: str) -> date:
        meant = day(text, region)
        if meant > today:
            raise ValueError(text)
        return meant

    def expiry(text: str) -> date:
        meant = day(text, region)
        if not 1950 <= meant.year <= today.year + 30:
            raise ValueError(text)
        return meant

    return RowValues(
        name=cells.name() or number or "",
        phone=number,
        contact_note=cells[Field.PHONE] if more_than_phone(cells[Field.PHONE], region) else "",
        email=cells.read(Field.EMAIL, _email),
        plate=plate_shown(cells.plate()),
        plate_key=plate(cells.plate()) or None,
        vin=cells.read(Field.VIN, _sound_vin),
        make=make,
        model=model,
        first_registered=cells.read(Field.FIRST_REGISTERED, past_day),
        odometer_km=cells.read(Field.ODOMETER, odometer),
        last_service=cells.read(Field.LAST_SERVICE, past_day),
        note=cells[Field.NOTE],
        inspection_until=cells.read(Field.INSPECTION, expiry),
        insurance_until=cells.read(Field.INSURANCE, expiry),
    )


def split_make_model(text: str) -> tuple[str, str]:
    """ "大众 迈腾" in make and model: the first word, or one of the makes that have two."""
    for make in _LONG_MAKES:
        if text.casefold().replace("-", " ").startswith(make.casefold()):
            return text[: len(make)], text[len(make) :].strip()
    make, _, model = text.partition(" ")
    return make, model.strip()


def _sound_vin(text: str) -> str:
    # The check digit is not asked: most cars outside America have none.
    if set(vin_warnings(text)) - {VinWarning.CHECK_DIGIT}:
        raise ValueError(text)
    return vin(text)


def _email(text: str) -> str:
    if not like_email(text):
        raise ValueError(text)
    return text
