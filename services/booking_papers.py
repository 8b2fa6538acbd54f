"""The booking form (预约登记表): what was agreed with the customer, to sign and to keep."""

from typing import Any

from db.models import Appointment, WorkOrder
from services.day_bookings import Planned, PlannedStay, planned
from services.i18n import N_, translate
from services.money import show
from services.normalize import phone_shown
from services.papers import day_words, heading, km_words, moment_words, quantity_words, render, times_words
from services.symptoms import read_answers
from services.work import Work

PAPERS = (N_("Vehicle licence"), N_("Service book"), N_("Purchase invoice"))  # what the customer brings
COLUMNS = (N_("Job"), N_("Labour time"), N_("Price"))
PART_COLUMNS = (N_("Parts kept for you"), N_("Quantity"))
SIGNATURES = (N_("Customer's signature"), N_("For the garage"))


def booking_form_pdf(work: Work, appointment_id: int, *, language: str, code: str = "") -> bytes:
    """The booking form of one booking. `code` is what its QR code opens. Refuses with NotFound."""
    one = planned(work, appointment_id)
    return render("booking_form", _form(work, one, language), language, code=code or one.row.number)


def clarified(row: Appointment | WorkOrder, language: str) -> list[tuple[str, str]]:
    """The symptoms named while booking, each with what was answered, in the reader's language."""
    comma = "、" if language == "zh_CN" else ", "
    found = []
    for told in read_answers(row.answers):
        pairs = ((translate(language, asked), comma.join(translate(language, word) for word in words))
                 for asked, words in told.said)  # fmt: skip
        said = (translate(language, N_("{question}: {answers}"), question=q, answers=a) for q, a in pairs)
        found.append((translate(language, told.symptom.label), " · ".join(said)))
    return found


def stay_words(work: Work, stay: PlannedStay) -> str:
    """A stretch in one bay: when, where, who."""
    return " · ".join(filter(None, (times_words(work, stay.starts_at, stay.ends_at), stay.bay, *stay.people)))


def _form(work: Work, one: Planned, language: str) -> dict[str, Any]:
    currency = work.garage.currency
    jobs = [(job.name, length_words(job.minutes, language), show(job.price, currency, language)) for job in one.jobs]
    return {
        **heading(work, language, N_("Booking form"), one.row.number),
        "when": _when(work, one, language),
        "facts": _facts(work, one, language),
        "concern_label": translate(language, N_("Concern in the customer's words")),
        "concern": one.row.concern,
        "answers_label": translate(language, N_("Clarified")),
        "answers": clarified(one.row, language),
        "note_label": translate(language, N_("Note")),
        "note": one.row.clarification,
        "columns": [translate(language, name) for name in COLUMNS],
        "jobs": jobs,
        "told": [translate(language, N_("Expected total")), length_words(one.row.minutes, language),
                 show(one.row.price, currency, language)],
        "told_note": translate(language, N_("Extra work is done only after you agree.")),
        "part_columns": [translate(language, name) for name in PART_COLUMNS],
        "parts": [(kept.part.name, quantity_words(kept.kept, kept.part.unit)) for kept in one.parts if kept.kept],
        "bring_label": translate(language, N_("Please bring")),
        "bring": [translate(language, name) for name in PAPERS],
        "place_label": translate(language, N_("Place")),
        "place": "; ".join(stay_words(work, stay) for stay in one.stays),
        "signatures": [translate(language, label) for label in SIGNATURES],
    }  # fmt: skip


def _when(work: Work, one: Planned, language: str) -> str:
    if one.row.starts_at is None:
        return translate(language, N_("No time yet"))
    local = work.local(one.row.starts_at)
    return f"{day_words(local.date(), language)} {local:%H:%M}"


def _facts(work: Work, one: Planned, language: str) -> list[tuple[str, str]]:
    car, read = one.car, one.car.odometer_km
    pairs = (
        (N_("Customer"), one.customer.name),
        (N_("Phone"), phone_shown(one.customer.phone)),
        (N_("Car"), " ".join(filter(None, (car.plate, car.make, car.model)))),
        (N_("VIN"), car.vin or ""),
        (N_("Odometer"), km_words(read, language)),
        (N_("Booked by"), translate(language, one.row.channel.label)),
        (N_("Service advisor"), one.advisor),
        (N_("Written on"), moment_words(work, one.row.created_at, language)),
        (N_("Status"), translate(language, one.row.status.label)),
        (N_("Meanwhile"), translate(language, N_("waits here")) if one.row.waits else ""),
    )
    return [(translate(language, name), value) for name, value in pairs if value]


def length_words(minutes: int, language: str) -> str:
    """A length of time: 45 min, 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return translate(language, N_("{n} min"), n=rest)
    return (
        translate(language, N_("{h} h {m} min"), h=hours, m=rest) if rest else translate(language, N_("{h} h"), h=hours)
    )
