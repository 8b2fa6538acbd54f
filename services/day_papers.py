"""Papers of the eve: the next-day notice (预约通知单) for workshop and parts with its pick list, and labels for what was picked."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from db.enums import AppointmentStatus
from db.models import Part
from services.booking_papers import clarified, stay_words
from services.day_bookings import Planned, PlannedPart, bookings_of_day, planned
from services.i18n import N_, translate
from services.papers import day_words, heading, quantity_words, render
from services.refusals import Refusal
from services.work import Work

PART_COLUMNS = (N_("Store"), N_("Part"), N_("Quantity"), N_("In stock"), N_("Stands"))
PICK_COLUMNS = (N_("Store"), N_("Code"), N_("Part"), N_("Quantity"), N_("For"))
Address = Callable[[int], str]  # of a booking's record


class NoPartsKept(Refusal):
    """No part is kept for these bookings, so there is nothing to label."""


def notice_pdf(work: Work, day: date, *, language: str, code: str = "") -> bytes:
    """The next-day notice: every booking of the day for the workshop, then all parts by their place in the store."""
    found, name = bookings_of_day(work, day), day_words(day, language)
    data = {
        **heading(work, language, N_("Next-day notice"), name),
        "summary": _summary(found, language),
        "empty": translate(language, N_("Nothing is booked on this day.")),
        "advisor_label": translate(language, N_("Service advisor")),
        "jobs_label": translate(language, N_("Jobs")),
        "concern_label": translate(language, N_("Concern")),
        "part_columns": [translate(language, column) for column in PART_COLUMNS],
        "bookings": [_booking(work, one, language) for one in found],
        "picks_label": translate(language, N_("Parts to pick")),
        "pick_columns": [translate(language, column) for column in PICK_COLUMNS],
        "picks": _picks(found),
    }
    return render("notice", data, language, code=code or day.isoformat())


def labels_pdf(work: Work, day: date, *, language: str, address: Address | None = None) -> bytes:
    """Labels for the parts kept for a day's bookings, one each. `address` gives what a label's QR code opens.

    Refuses with NoPartsKept.
    """
    return _labels(work, bookings_of_day(work, day), language, address)


def booking_labels_pdf(work: Work, appointment_id: int, *, language: str, address: Address | None = None) -> bytes:
    """The same for one booking. Refuses with NotFound or NoPartsKept."""
    return _labels(work, [planned(work, appointment_id)], language, address)


def _labels(work: Work, found: Sequence[Planned], language: str, address: Address | None) -> bytes:
    kept = [(one, part) for one in found for part in one.parts if part.kept]
    if not kept:
        raise NoPartsKept
    places = {key: place for place, key in enumerate(dict.fromkeys(one.row.id for one, _ in kept))}
    codes = [address(key) if address else "" for key in places]
    numbers = {one.row.id: one.row.number for one, _ in kept}
    data = {
        **heading(work, language, N_("Labels"), ""),
        "labels": [_label(work, one, part, places[one.row.id], language) for one, part in kept],
    }
    said = [code or numbers[key] for key, code in zip(places, codes, strict=True)]
    return render("labels", data, language, code=work.garage.name, codes=said)


def _label(work: Work, one: Planned, kept: PlannedPart, code: int, language: str) -> dict[str, Any]:
    local = work.local(one.row.starts_at or work.now)
    return {
        "plate": one.car.plate,
        "customer": one.customer.name,
        "part": kept.part.name,
        "quantity": quantity_words(kept.kept, kept.part.unit),
        "place": kept.part.place,
        "when": f"{day_words(local.date(), language)} {local:%H:%M}",
        "number": one.row.number,
        "code": code,
    }


def _summary(found: Sequence[Planned], language: str) -> str:
    return translate(
        language,
        N_("Cars: {cars} · waiting here: {waiting} · lacking a part: {short}"),
        cars=len(found),
        waiting=sum(one.row.waits for one in found),
        short=sum(bool(one.short) for one in found),
    )


def _booking(work: Work, one: Planned, language: str) -> dict[str, Any]:
    row = one.row
    return {
        "time": f"{work.local(row.starts_at or work.now):%H:%M}",
        "plate": one.car.plate,
        "car": f"{one.car.make} {one.car.model}".strip(),
        "customer": one.customer.name,
        "number": row.number,
        "advisor": one.advisor,
        "notes": [translate(language, note) for note in notes(one)],
        "stays": [stay_words(work, stay) for stay in one.stays] or [translate(language, N_("No place is reserved."))],
        "jobs": " · ".join(job.name for job in one.jobs),
        "concern": row.concern,
        "clarification": _clarification(one, language),
        "parts": [_part(kept, language) for kept in one.parts],
    }


def _clarification(one: Planned, language: str) -> str:
    answers = [" ".join(filter(None, pair)) for pair in clarified(one.row, language)]
    return " · ".join(filter(None, (*answers, one.row.clarification)))


def notes(one: Planned) -> list[str]:
    """What everybody must know about a booking beforehand, as English source texts."""
    row = one.row
    said = (
        (row.returns is not None, row.returns.label if row.returns else ""),
        (row.waits, N_("waits here")),
        (row.status == AppointmentStatus.WAITING_PARTS, AppointmentStatus.WAITING_PARTS.label),
        (row.status == AppointmentStatus.REQUESTED, N_("not confirmed yet")),
    )
    return [words for true, words in said if true]


def _part(kept: PlannedPart, language: str) -> dict[str, Any]:
    part = kept.part
    return {
        "cells": [
            part.place,
            f"{part.name} {part.code}",
            quantity_words(kept.needed, part.unit),
            quantity_words(part.on_hand, part.unit),
        ],
        "state": translate(language, part_state(kept), n=quantity_words(kept.missing, part.unit)),
        "short": bool(kept.missing),
    }


def part_state(kept: PlannedPart) -> str:
    """How a part stands, as an English source text with {n} for what is missing."""
    if kept.missing:
        return N_("{n} missing") if kept.bought is None else kept.bought.label
    return N_("picked") if kept.picked_at else N_("to pick")


def _picks(found: Sequence[Planned]) -> list[list[str]]:
    """All parts of the day by their place in the store, with the plates they are for."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    plates: dict[int, list[str]] = defaultdict(list)
    parts: dict[int, Part] = {}
    for one in found:
        for kept in one.to_pick:
            parts[kept.part.id] = kept.part
            sums[kept.part.id] += kept.kept
            plates[kept.part.id].append(f"{one.car.plate} ({quantity_words(kept.kept, kept.part.unit)})")
    rows = sorted(parts.values(), key=lambda part: (part.place, part.code))
    return [
        [part.place, part.code, part.name, quantity_words(sums[part.id], part.unit), ", ".join(plates[part.id])]
        for part in rows
    ]
