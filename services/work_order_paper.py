"""The work order (任务委托书): what the customer orders, at what price, by when, on which terms, and how it was agreed."""

from typing import Any

from db.models import Consent
from services.booking_papers import clarified
from services.files import read
from services.i18n import N_, translate
from services.money import Sum, show
from services.normalize import phone_shown
from services.order_words import JobWords, customer_pays, jobs, later_at_most, sums, wishes
from services.papers import heading, km_words, moment_words, render
from services.visit import Visit, visit
from services.work import Work

COLUMNS = (N_("What"), N_("Quantity"), N_("Unit price"), N_("Discount"), N_("Pays"), N_("Amount"))
SIGNATURES = (N_("Customer's signature"), N_("For the garage"))
TERMS = (
    N_("Extra work is done only after you agree."),
    N_("The car is taken apart to find a fault only where this order says so, and within its limit."),
    N_("Replaced parts are yours where you asked for them; the others are disposed of."),
    N_("Safety work you decline was explained to you and stays noted for your car."),
    N_("The car is handed out once the work is paid or a credit is agreed."),
)
Data = dict[str, Any]


def work_order_pdf(work: Work, order_id: int, *, language: str, code: str = "") -> bytes:
    """The work order as it stands. `code` is what its QR code opens. Refuses with NotFound."""
    data, pictures = work_order_data(work, visit(work, order_id), language)
    return render("work_order", data, language, code=code or data["number"], pictures=pictures)


def work_order_data(work: Work, one: Visit, language: str) -> tuple[Data, dict[str, bytes]]:
    """What the paper says, and its pictures."""
    order, garage = one.order, work.garage
    pictures, signed = _consents(work, one, language)
    promised = moment_words(work, order.promised_at, language) if order.promised_at else ""
    data = {
        **heading(work, language, N_("Work order"), order.number),
        "plate": one.car.plate,
        "car": f"{one.car.make} {one.car.model}".strip(),
        "promised_label": translate(language, N_("Ready by")),
        "promised": promised or translate(language, N_("not agreed yet")),
        "facts": facts(work, one, language),
        "claim": _claim(one, garage.currency, language),
        "concern_label": translate(language, N_("Concern in the customer's words")),
        "concern": order.concern,
        "answers": clarified(order, language),
        "columns": [translate(language, name) for name in COLUMNS],
        "jobs": [_table(job) for job in jobs(one, garage, language)],
        "nothing": translate(language, N_("No jobs yet.")),
        "sums": sums(one, garage, language),
        "due": customer_pays(one, garage, language),
        "later": later_at_most(one.facts, garage, language),
        "wishes_label": translate(language, N_("Agreed besides")),
        "wishes": [*wishes(one, garage, language), *_ask_over(one, garage.currency, language)],
        "declined_label": translate(language, N_("Not wanted")),
        "declined": _declined(work, one, language),
        "warned": [words for consent, _ in one.consents for words in consent.warned or []],
        "terms_label": translate(language, N_("Terms")),
        "terms": [translate(language, words) for words in TERMS],
        "consents_label": translate(language, N_("Agreed")),
        "consents": signed,
        "signatures": [translate(language, label) for label in SIGNATURES],
    }
    return data, pictures


def facts(work: Work, one: Visit, language: str) -> list[tuple[str, str]]:
    """Who and what, for both papers of reception."""
    order, sheet = one.order, one.facts.inspection
    read_km = sheet.odometer_km if sheet else None
    pairs = (
        (N_("Customer"), one.customer.name),
        (N_("Phone"), phone_shown(one.customer.phone)),
        (N_("VIN"), one.car.vin or ""),
        (N_("Odometer"), km_words(read_km, language)),
        (N_("Arrival"), moment_words(work, order.arrived_at, language)),
        (N_("Service advisor"), one.advisor),
        (N_("Booking"), one.booking.number if one.booking else ""),
        (N_("Key tag"), order.key_tag),
    )
    return [(translate(language, name), value) for name, value in pairs if value]


def _claim(one: Visit, currency: str, language: str) -> list[tuple[str, str]]:
    claim = one.claim
    if claim is None:
        return []
    pairs = (
        (N_("Insurer"), claim.insurer),
        (N_("Policy number"), claim.policy_number),
        (N_("Claim number"), claim.claim_number),
        (N_("Loss assessor"), claim.assessor),
        (N_("Excess the customer pays"), show(claim.excess, currency, language) if claim.excess else ""),
    )
    return [(translate(language, name), value) for name, value in pairs if value]


def _table(job: JobWords) -> Data:
    rows = [(line.title, line.quantity, line.price, line.discount, line.pays, line.amount) for line in job.lines]
    return {"title": job.title, "note": job.note, "amount": job.amount, "chosen": job.chosen, "rows": rows}


def _ask_over(one: Visit, currency: str, language: str) -> list[tuple[str, str]]:
    most = one.order.ask_over
    if most is None:
        return []
    words = N_("without asking up to {sum} in all")
    return [(translate(language, N_("Extra work")), translate(language, words, sum=Sum(most, currency)))]


def _declined(work: Work, one: Visit, language: str) -> list[tuple[str, str]]:
    """Declined jobs with what they would have come to, and recalls with the reason."""
    found = [(job.title, job.amount) for job in jobs(one, work.garage, language, declined=True)]
    recall = translate(language, N_("Recall"))
    return found + [
        (f"{recall} {row.code} {row.title}", translate(language, answer.reason)) for row, answer in one.recalls
    ]


def _consents(work: Work, one: Visit, language: str) -> tuple[dict[str, bytes], list[Data]]:
    pictures: dict[str, bytes] = {}
    rows = []
    for place, (consent, _) in enumerate(one.consents):
        drawn = one.signatures.get(consent.signature_id or 0)
        name = f"signature{place}.png" if drawn else ""
        if drawn:
            pictures[name] = read(work.ws.data_dir, drawn.sha256)
        rows.append({"picture": name, "who": consent.person, "words": _consent(work, one, consent, language)})
    return pictures, rows


def _consent(work: Work, one: Visit, consent: Consent, language: str) -> str:
    """How, when, to whom, which version and sum."""
    version = translate(language, N_("estimate version {n}"), n=consent.version)
    parts = (translate(language, consent.method.label), moment_words(work, consent.at, language), version,
             show(consent.total, work.garage.currency, language), one.people.get(consent.by_id or 0, ""), consent.note)  # fmt: skip
    return " · ".join(part for part in parts if part)
