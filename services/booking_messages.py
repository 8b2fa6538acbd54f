"""What the customer is told about a booking, in the customer's own language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from babel.dates import format_date

from db.models import Appointment, Customer
from services.calendar_links import calendar_address
from services.i18n import N_, translate
from services.messages import queue
from services.work import Work

CONFIRMED = N_(
    "{garage}: your booking {number} is on {day} at {time}. Address: {address} {map} "
    "Please bring the vehicle licence, the service book and the purchase invoice. Questions: {phone}{calendar}"
)
MOVED = N_(
    "{garage}: your booking {number} is now on {day} at {time}. Address: {address} {map} Questions: {phone}{calendar}"
)
CANCELLED = N_("{garage}: your booking {number} on {day} at {time} is cancelled. For a new time call {phone}.")
REMINDER = N_(
    "{garage}: we expect you on {day} at {time}, booking {number}. Address: {address} {map} Another time? {phone}"
)
CONFIRMED_KIND, MOVED_KIND = TIME_KINDS = "booking_confirmed", "booking_moved"  # what says when the car comes
_MAPS = {"CN": "https://uri.amap.com/search?keyword={address}"}
_MAP = "https://www.openstreetmap.org/search?query={address}"


def confirmed_message(work: Work, row: Appointment) -> None:
    """Time, address, map link, and which papers to bring."""
    tell(work, row, CONFIRMED, CONFIRMED_KIND)


def moved_message(work: Work, row: Appointment) -> None:
    """The new time."""
    tell(work, row, MOVED, MOVED_KIND)


def cancelled_message(work: Work, row: Appointment) -> None:
    """The booking is off."""
    tell(work, row, CANCELLED, "booking_cancelled")


def tell(work: Work, row: Appointment, sentence: str, kind: str, due_at: datetime | None = None) -> None:
    """Queue one of the sentences above for the customer, now or for later; nothing without consent."""
    about: dict[str, Any] = {"customer_id": row.customer_id, "subject": "appointment", "subject_id": row.id}
    queue(work, kind=kind, text=sentence, due_at=due_at, **about, **_facts(work, row))


def _facts(work: Work, row: Appointment) -> dict[str, Any]:
    garage, language = work.garage, _language(work, row)
    local = work.local(row.starts_at or work.now)
    return {
        "garage": garage.name,
        "number": row.number,
        "day": format_date(local.date(), "EEEE d MMMM" if language == "en" else "M月d日EEEE", locale=language),
        "time": local.strftime("%H:%M"),
        "address": garage.address,
        "map": _MAPS.get(garage.country, _MAP).format(address=quote(garage.address)) if garage.address else "",
        "phone": garage.phone,
        "calendar": _InCalendar(work, row),
    }


@dataclass(frozen=True)
class _InCalendar:
    """Where to take the booking into the calendar. The link is made when it is said, so only for a message that is written."""

    work: Work
    row: Appointment

    def say(self, language: str) -> str:
        """The address with its words; nothing where it is not known."""
        address = calendar_address(self.work, self.row)
        return " " + translate(language, N_("For your calendar: {address}"), address=address) if address else ""


def _language(work: Work, row: Appointment) -> str:
    return work.get(Customer, row.customer_id).language or work.garage.language
