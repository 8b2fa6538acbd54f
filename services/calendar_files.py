"""One booking as a calendar file for its customer."""

from datetime import timedelta

from db.models import Garage
from services.booking_papers import PAPERS
from services.calendar_entries import OFF, CalendarEntry, calendar_bytes
from services.day_bookings import Planned, planned
from services.i18n import N_, translate
from services.normalize import phone_shown
from services.work import Work, last_event


def appointment_file(work: Work, appointment_id: int) -> bytes:
    """One booking in its customer's language; a cancelled one takes itself out of the calendar. Refuses with NotFound."""
    one = planned(work, appointment_id)
    return calendar_bytes([_entry(work, one)], "CANCEL" if one.row.status in OFF else "PUBLISH")


def _entry(work: Work, one: Planned) -> CalendarEntry:
    row, garage = one.row, work.garage
    event, starts = last_event(work, row), row.starts_at or row.created_at
    return CalendarEntry(
        number=row.number,
        created_at=row.created_at,
        version=row.version,
        changed_at=event.at if event else row.created_at,
        starts_at=starts,
        ends_at=max((stay.ends_at for stay in one.stays), default=starts + timedelta(minutes=row.minutes)),
        status=row.status,
        summary=f"{garage.name}: {one.car.plate} · {one.what}",
        location=garage.address,
        description=_told(one, garage, one.customer.language or garage.language),
    )


def _told(one: Planned, garage: Garage, language: str) -> str:
    comma = "、" if language == "zh_CN" else ", "
    pairs = (
        (N_("Please bring"), comma.join(translate(language, paper) for paper in PAPERS)),
        (N_("Questions"), phone_shown(garage.phone)),
    )
    said = (
        translate(language, N_("{title}: {words}"), title=translate(language, title), words=words)
        for title, words in pairs
        if words
    )
    return "\n".join((translate(language, N_("Booking {number}"), number=one.row.number), *said))
