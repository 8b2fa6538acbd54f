"""Labels for shelves and parts: code, name, place, and a QR code that opens the part."""

from collections.abc import Callable, Sequence

from sqlmodel import col, select

from db.models import Part
from services.i18n import N_
from services.papers import heading, render
from services.refusals import NotFound
from services.work import Work

Address = Callable[[int], str]  # of a part's record


def part_labels_pdf(work: Work, *, part_ids: Sequence[int], language: str, address: Address | None = None) -> bytes:
    """One label for each of the parts, by their place. `address` gives what a label's QR code opens; without it the code says
    the part's number. Refuses with NotFound when there are none.
    """
    query = select(Part).where(col(Part.id).in_(part_ids)).order_by(Part.place, Part.code)
    parts = work.db.exec(query).all()
    if not parts:
        raise NotFound
    labels = [
        {"code": part.code, "name": part.name, "brand": part.brand, "place": part.place, "unit": part.unit}
        for part in parts
    ]
    said = [(address(part.id) if address else "") or part.code for part in parts]
    data = {**heading(work, language, N_("Labels"), ""), "labels": labels}
    return render("part_labels", data, language, code=work.garage.name, codes=said)
