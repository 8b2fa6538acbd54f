"""The job card (派工单): what the technician works by, and the code that opens the order on any tablet. It tells no prices."""

from functools import partial
from typing import Any

from sqlmodel import col, select

from db.enums import Answer
from db.models import Bay, OrderJob, OrderLine, Part, WorkOrder
from services.booking_papers import clarified
from services.i18n import N_, translate
from services.my_work import JobTime, job_times
from services.papers import heading, km_words, moment_words, quantity_words, render
from services.verification import of_order
from services.visit import Visit, visit
from services.work import Work

SIGNATURES = (N_("Technician"), N_("Team leader"), N_("Final inspection"))
TIMES = (N_("Technician"), N_("From"), N_("To"))
Data = dict[str, Any]


def job_card_pdf(work: Work, order_id: int, *, language: str, code: str = "") -> bytes:
    """The card as the order stands. `code` is what its QR code opens. Refuses with NotFound."""
    data = job_card_data(work, visit(work, order_id), language)
    return render("job_card", data, language, code=code or data["number"])


def job_card_data(work: Work, one: Visit, language: str) -> Data:
    """What the card says."""
    order, say = one.order, partial(translate, language)
    parts = _parts(work, one.facts.lines)
    return {
        **heading(work, language, N_("Job card"), order.number),
        "plate": one.car.plate,
        "car": f"{one.car.make} {one.car.model}".strip(),
        "promised_label": say(N_("Ready by")),
        "promised": moment_words(work, order.promised_at, language) if order.promised_at else say(N_("not agreed yet")),
        "facts": _facts(work, one, language),
        "concern_label": say(N_("Concern in the customer's words")),
        "concern": order.concern,
        "answers": clarified(order, language),
        "mind_label": say(N_("To mind")),
        "mind": _mind(one, language),
        "taken_label": say(N_("Take over the car")),
        "taken": _taken(work, order, language),
        "jobs_label": say(N_("Work agreed")),
        "jobs": [_job(time, one, parts, language) for time in job_times(one.facts, work.now)],
        "times": [say(label) for label in TIMES],
        "cause_label": say(N_("Cause")),
        "correction_label": say(N_("Correction")),
        "declined_label": say(N_("Not agreed: do not do")),
        "declined": [job.title for job in one.facts.jobs if one.facts.job_answer(job) != Answer.AGREED],
        "signatures": [say(label) for label in SIGNATURES],
    }


def _facts(work: Work, one: Visit, language: str) -> list[tuple[str, str]]:
    order, sheet = one.order, one.facts.inspection
    bay = work.db.get(Bay, order.bay_id) if order.bay_id else None
    km = sheet.odometer_km if sheet else None
    pairs = (
        (N_("Technician"), one.people.get(order.technician_id or 0, "")),
        (N_("Bay"), bay.name if bay else ""),
        (N_("Key tag"), order.key_tag),
        (N_("Service advisor"), one.advisor),
        (N_("Odometer"), km_words(km, language)),
        (N_("VIN"), one.car.vin or ""),
        (N_("Customer"), one.customer.name),
        (N_("Arrival"), moment_words(work, order.arrived_at, language)),
    )
    return [(translate(language, name), value) for name, value in pairs if value]


def _mind(one: Visit, language: str) -> list[str]:
    """What else was agreed, and damage that was there before."""
    order = one.order
    said = [
        N_("The customer waits here") if order.waits else "",
        N_("Old parts go back to the customer") if order.old_parts else "",
        N_("Wash the car") if order.wash else "",
    ]
    known = (f"{translate(language, mark.kind.label)} {mark.note}".strip() for mark in one.marks)
    there = translate(language, N_("Damage at check-in: {marks}"), marks=", ".join(known)) if one.marks else ""
    return [words for words in (order.requests, *(translate(language, one) for one in said if one), there) if words]


def _taken(work: Work, order: WorkOrder, language: str) -> list[tuple[str, str]]:
    """How it was taken over; with nothing behind it a line to write on."""
    row = of_order(work, order.id)
    driven = row and row.road_from_km and row.road_to_km
    road = f"{row.road_from_km:,} – {km_words(row.road_to_km, language)}" if row and driven else ""
    symptom = translate(language, row.symptom.label) if row and row.symptom else ""
    pairs = (
        (N_("Differences"), row.differences if row else ""),
        (N_("Symptom"), " · ".join(filter(None, (symptom, row.note if row else "")))),
        (N_("Road test"), road),
    )
    return [(translate(language, name), value) for name, value in pairs]


def _job(time: JobTime, one: Visit, parts: dict[int, Part], language: str) -> Data:
    job: OrderJob = time.job
    clocked = translate(language, N_("clocked {n} min"), n=time.clocked) if time.clocked else ""
    lines = [line for line in one.facts.job_lines(job) if line.answer == Answer.AGREED and line.part_id]
    return {
        "title": job.title,
        "standard": " · ".join(filter(None, (translate(language, N_("standard {n} min"), n=job.minutes), clocked))),
        "note": job.complaint or job.reason,
        "done": not time.open,
        "cause": job.cause,
        "correction": job.correction,
        "parts": [_part(line, parts.get(line.part_id or 0)) for line in lines],
    }


def _part(line: OrderLine, part: Part | None) -> list[str]:
    return [part.place if part else "", line.title, quantity_words(line.quantity, line.unit)]


def _parts(work: Work, lines: list[OrderLine]) -> dict[int, Part]:
    wanted = [line.part_id for line in lines if line.part_id]
    return {part.id: part for part in work.db.exec(select(Part).where(col(Part.id).in_(wanted)))}
