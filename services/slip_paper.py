"""The slip on paper: what a car's parts are, from which shelf, how much went out, and the signature of who took them."""

from db.models import Attachment, Requisition
from services.counter import Waiting, slip_of
from services.files import read
from services.i18n import N_, translate
from services.papers import heading, moment_words, quantity_words, render
from services.people import names
from services.slips import SlipLine
from services.work import Work

COLUMNS = (N_("Store"), N_("Code"), N_("Part"), N_("Asked for"), N_("Issued"))


def slip_pdf(work: Work, *, requisition_id: int, language: str, code: str) -> bytes:
    """One slip; before it is given out with a line to sign on. `code`: what its QR code says. Refuses with NotFound."""
    one = slip_of(work, requisition_id)
    row, pictures = one.slip.row, dict[str, bytes]()
    signed = work.db.get(Attachment, row.signature_id) if row.signature_id else None
    if signed:
        pictures["signature.png"] = read(work.ws.data_dir, signed.sha256)
    data = {
        **heading(work, language, N_("Parts slip"), row.number),
        "plate": one.car.plate,
        "car": f"{one.car.make} {one.car.model}".strip(),
        "facts": _facts(work, one, row, language),
        "columns": [translate(language, column) for column in COLUMNS],
        "lines": [_line(line) for line in one.slip.lines],
        "note": row.note,
        "signature": "signature.png" if signed else "",
        "signatures": [translate(language, label) for label in (N_("Taken by"), N_("For the store"))],
        "names": [one.taken_by, names(work).get(row.issued_by_id or 0, "")],
    }
    return render("slip", data, language, code=code, pictures=pictures)


def _facts(work: Work, one: Waiting, row: Requisition, language: str) -> list[list[str]]:
    pairs = [(N_("Work order"), one.slip.order.number), (N_("Customer"), one.customer)]
    asked = f"{moment_words(work, row.asked_at, language)} {one.asked_by}".strip()
    pairs.append((N_("Asked"), asked))
    if row.issued_at:
        pairs.append((N_("Issued"), moment_words(work, row.issued_at, language)))
    return [[translate(language, label), words] for label, words in pairs]


def _line(line: SlipLine) -> list[str]:
    part = line.part
    asked, issued = quantity_words(line.row.quantity, part.unit), quantity_words(line.row.issued, part.unit)
    return [part.place, part.code, part.name, asked, issued if line.row.issued else ""]
