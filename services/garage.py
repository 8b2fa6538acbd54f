"""The garage's own settings: who it is, tax and rate, and how it works."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from db.enums import OrderStatus
from db.models import WorkOrder
from services import permissions as may
from services import validate
from services.i18n import LANGUAGES, N_
from services.money import to_coin
from services.normalize import phone as read_phone
from services.refusals import Refusal
from services.work import Work


class AgreedOtherwise(Refusal):
    """Cars are here whose prices were agreed as they are. Whether prices include tax can be changed when the last one is billed."""


@dataclass(frozen=True)
class Rules:
    """How the garage works. Times in the unit of their names."""

    grace_minutes: int
    greeting_seconds: int
    follow_up_days: int
    own_work_checks: bool


@dataclass(frozen=True)
class BookingRules:
    """What the garage promises when booking: how far ahead, the minutes between two cars in one bay, the share of the bays' day
    kept for cars without a booking, whether public holidays are kept."""

    book_days_ahead: int
    same_day_booking: bool
    buffer_minutes: int
    walk_in_percent: int
    keeps_holidays: bool


def change_garage(
    work: Work,
    *,
    name: str,
    address: str,
    phone: str,
    language: str,
    tax_percent: Decimal,
    tax_included: bool,
    labour_rate: Decimal,
) -> None:
    """Another name, address, phone, language, tax or hourly rate. Zone and currency stay: sums and times rest on them.

    Refuses with NotAllowed, Missing, TooLong, BadPhone, NotInList, OutOfRange, and with AgreedOtherwise when prices would include
    tax, or no longer, while cars are here.
    """
    work.needs(*may.MANAGES)
    garage = work.garage
    if tax_included != garage.tax_included and _cars_here(work):
        raise AgreedOtherwise
    validate.within(tax_percent, N_("Tax in percent"), 0, 100)
    validate.within(labour_rate, N_("Labour rate per hour"), 0, 1_000_000)
    garage.name = validate.line(name, N_("Name of the garage"), 120)
    garage.address = validate.line(address, N_("Address"), 300)
    garage.phone = callable_phone(phone, garage.country)
    garage.language = validate.one_of(language, LANGUAGES, N_("Language"))
    garage.tax_percent, garage.tax_included = tax_percent, tax_included
    garage.labour_rate = to_coin(labour_rate, garage.currency)
    work.db.add(garage)
    work.event(garage, "changed", name=garage.name, tax=str(tax_percent), rate=str(garage.labour_rate))


def change_invoice(work: Work, *, tax_number: str, bank: str) -> None:
    """What stands on every paper about money: the garage's tax number and its bank account. Refuses with NotAllowed, TooLong."""
    work.needs(*may.MANAGES)
    number = validate.line(tax_number, N_("Tax number"), 40, needed=False)
    _keep(work, "changed", {"tax_number": number, "bank": validate.line(bank, N_("Bank account"), 200, needed=False)})


def _cars_here(work: Work) -> bool:
    """Whether an order may still be billed."""
    over = (OrderStatus.CLOSED, OrderStatus.CANCELLED)
    return work.db.exec(select(WorkOrder.id).where(col(WorkOrder.status).not_in(over)).limit(1)).first() is not None


def change_deadlines(work: Work, *, remind_days: int, claim_days: int) -> None:
    """Days between two reminders of money owed, and to hand in a claim after the statement. What runs already keeps its day.

    Refuses with NotAllowed, Missing, OutOfRange.
    """
    work.needs(*may.MANAGES)
    validate.within(remind_days, N_("Days between two reminders"), 1, 365)
    validate.within(claim_days, N_("Days to hand in a claim"), 1, 365)
    _keep(work, "changed", {"remind_days": remind_days, "claim_days": claim_days})


def callable_phone(typed: str, country: str) -> str:
    """The number as typed, because that is how the garage prints it. Refuses with BadPhone what cannot be called."""
    text = validate.line(typed, N_("Phone"), 40)
    read_phone(text, country)
    return text


def change_rules(work: Work, *, rules: Rules) -> None:
    """How long is waited, when is called, who checks. Refuses with NotAllowed or OutOfRange."""
    work.needs(*may.MANAGES)
    validate.within(rules.grace_minutes, N_("Minutes until a no-show"), 0, 240)
    validate.within(rules.greeting_seconds, N_("Seconds until the greeting"), 10, 3600)
    validate.within(rules.follow_up_days, N_("Days until the follow-up call"), 1, 30)
    _keep(work, "rules", asdict(rules))


def change_booking_rules(work: Work, *, rules: BookingRules) -> None:
    """How far ahead is booked, and what is kept free. Bookings that stand are left alone. Refuses with NotAllowed or OutOfRange."""
    work.needs(*may.MANAGES)
    validate.within(rules.book_days_ahead, N_("Bookable days ahead"), 1, 365)
    validate.within(rules.buffer_minutes, N_("Minutes between two cars"), 0, 120)
    validate.within(rules.walk_in_percent, N_("Percent kept for cars without a booking"), 0, 90)
    _keep(work, "booking_rules", asdict(rules))


def change_clocks(work: Work, *, beside: bool) -> None:
    """Whether one person may run several clocks at once. Clocks that run already go on. Refuses with NotAllowed."""
    work.needs(*may.MANAGES)
    _keep(work, "clock_rules", {"clocks_beside": beside})


def _keep(work: Work, action: str, fields: dict[str, Any]) -> None:
    for field, value in fields.items():
        setattr(work.garage, field, value)
    work.db.add(work.garage)
    work.event(work.garage, action, **fields)
