"""The claim sheet (索赔单): what a manufacturer or insurer is asked to pay, for what, and why, with photos; in either language."""

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date

from db.enums import Payer
from db.enums_money import ClaimRejection
from db.models import OldPart
from services.claim_file import ClaimFile, billed, claim_file
from services.files import read
from services.i18n import N_, translate
from services.insurer_sheet import accident_facts, insured_rows, paper_rows
from services.money import show
from services.papers import heading, km_words, moment_words, quantity_words, render
from services.refusals import NotFound
from services.work import Work

COLUMNS = (N_("What"), N_("Part number"), N_("Quantity"), N_("Unit price"), N_("Charged"))
SIGNATURES = (N_("For the garage"), N_("For who pays"))
MOST_PHOTOS = 6


def claim_sheet_pdf(work: Work, claim_id: int, *, language: str, code: str = "") -> bytes:
    """The sheet of one claim, as it stands. `code`: what its QR code says, else the claim's number. Raises NotFound."""
    file = claim_file(work, claim_id)
    claim, told, pictures = file.claim, file.facts.insurance, _photos(work, file)
    said = (
        (N_("What happened"), told.story if told else ""),
        (N_("What failed"), claim.failure), (N_("Cause"), claim.cause),
        (N_("Correction"), file.job.correction if file.job else ""),
    )  # fmt: skip
    data = {
        **heading(work, language, N_("Claim sheet"), claim.number),
        "facts": _facts(work, file, language),
        "columns": [translate(language, name) for name in COLUMNS],
        "lines": insured_rows(work, file, language) if claim.payer == Payer.INSURER else [_line(work, file, language)],
        "asked": [translate(language, N_("Claimed with tax")), show(claim.asked, work.garage.currency, language)],
        "said": [[translate(language, name), words] for name, words in said if words],
        "papers": translate(language, N_("Papers")),
        "paper_rows": paper_rows(told, language) if told else [],
        "old": translate(language, N_("Old parts")),
        "old_parts": [_old_part(row, language) for row in file.old_parts],
        "answer": translate(language, N_("Their answer")),
        "answers": _answers(work, file, language),
        "photos": list(pictures),
        "photos_label": translate(language, N_("Photos")),
        "signatures": [translate(language, label) for label in SIGNATURES],
    }
    return render("claim_sheet", data, language, code=code or claim.number, pictures=pictures)


def _facts(work: Work, file: ClaimFile, language: str) -> list[list[str]]:
    claim, car, garage, told = file.claim, file.car, work.garage, file.facts.insurance
    pairs = (
        (N_("Asked of"), claim.payer_name or translate(language, claim.payer.label)),
        (N_("Their reference"), claim.reference),
        *(accident_facts(work, told, language) if told else ()),
        (N_("Car"), " ".join(filter(None, (car.plate, car.make, car.model)))),
        (N_("VIN"), car.vin or ""),
        (N_("First registered"), _day(car.first_registered, language)),
        (N_("Odometer"), km_words(claim.odometer_km, language)),
        (N_("Date of arrival"), moment_words(work, file.order.arrived_at, language)),
        (N_("Work order"), file.order.number),
        (N_("Customer"), file.customer.name),
        (N_("Last day to hand in"), _day(claim.limit_on, language)),
        (N_("Handed in"), moment_words(work, claim.sent_at, language) if claim.sent_at else ""),
        (N_("Tax number"), garage.tax_number),
        (N_("Bank account"), garage.bank),
    )
    return [[translate(language, name), value] for name, value in pairs if value]


def _line(work: Work, file: ClaimFile, language: str) -> list[str]:
    """The line as it was billed."""
    claim, line, currency = file.claim, billed(work, file.claim), work.garage.currency
    if line is None or file.line is None:
        return [claim.title, "", "", "", show(claim.asked, currency, language)]
    return [
        claim.title,
        claim.part_code,
        quantity_words(line.quantity, file.line.unit),
        show(line.unit_price, currency, language),
        show(line.total, currency, language),
    ]


def _old_part(row: OldPart, language: str) -> list[str]:
    until = translate(language, N_("until {day}"), day=_day(row.keep_until, language)) if row.keep_until else ""
    where = row.place if row.ended_at is None else translate(language, row.state.label)
    return [f"{quantity_words(row.quantity, '')} × {row.title}", where, until if row.ended_at is None else row.note]


def _answers(work: Work, file: ClaimFile, language: str) -> list[list[str]]:
    """What they said and paid so far."""
    claim, currency = file.claim, work.garage.currency
    rows: list[tuple[str, str]] = []
    if claim.approved is not None and claim.answered_at:
        rows.append((N_("Approved"), show(claim.approved, currency, language)))
        rows.append((N_("Answered"), moment_words(work, claim.answered_at, language)))
    if claim.rejection:
        rows.append((N_("Reason"), _why(claim.rejection, claim.reason, language)))
    if file.receipts:
        rows.append((N_("Came in"), show(file.facts.received, currency, language)))
    return [[translate(language, name), value] for name, value in rows]


def _why(rejection: ClaimRejection, reason: str, language: str) -> str:
    return " · ".join(filter(None, (translate(language, rejection.label), reason)))


def _photos(work: Work, file: ClaimFile) -> dict[str, bytes]:
    """The claim's own photos and then the job's, as many as one page has room for; a file that is gone is left out."""
    return {f"photo{place}.jpg": content for place, content in enumerate(_contents(work, file))}


def _contents(work: Work, file: ClaimFile) -> Iterable[bytes]:
    for row in (*file.photos, *file.job_photos)[:MOST_PHOTOS]:
        try:
            yield read(work.ws.data_dir, row.sha256)
        except NotFound:
            continue


def _day(day: date | None, language: str) -> str:
    pattern = "d MMMM yyyy" if language == "en" else "y年M月d日"
    return format_date(day, pattern, locale=language) if day else ""
