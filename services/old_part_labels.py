"""Labels for old parts: plate, part, for whom, until when, the place, and a QR code that opens the order."""

from collections.abc import Callable, Sequence

from babel.dates import format_date
from sqlmodel import col, select

from db.models import OldPart, PayerClaim, Vehicle, WorkOrder
from services.i18n import N_, translate
from services.papers import heading, quantity_words, render
from services.refusals import NotFound
from services.work import Work

Address = Callable[[int], str]  # of an order's record


def old_part_labels_pdf(work: Work, *, ids: Sequence[int], language: str, address: Address | None = None) -> bytes:
    """One label for each of the parts, by their place. `address` gives what a label's QR code opens; without it the code says the
    order's number. Refuses with NotFound when there are none."""
    query = (
        select(OldPart, WorkOrder, Vehicle.plate, PayerClaim.number)
        .join(WorkOrder, col(WorkOrder.id) == col(OldPart.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .outerjoin(PayerClaim, col(PayerClaim.id) == col(OldPart.claim_id))
        .where(col(OldPart.id).in_(ids))
    )
    rows = work.db.exec(query.order_by(col(OldPart.place), col(OldPart.id))).all()
    if not rows:
        raise NotFound
    labels = [
        {"code": plate, "name": f"{quantity_words(row.quantity, '')} × {row.title}", "brand": claim or order.number,
         "unit": _until(row, language), "place": row.place}
        for row, order, plate, claim in rows
    ]  # fmt: skip
    said = [(address(order.id) if address else "") or order.number for _, order, _, _ in rows]
    data = {**heading(work, language, N_("Labels"), ""), "labels": labels}
    return render("part_labels", data, language, code=work.garage.name, codes=said)


def _until(row: OldPart, language: str) -> str:
    if row.keep_until is None:
        return ""
    day = format_date(row.keep_until, "d MMM yyyy" if language == "en" else "y年M月d日", locale=language)
    return translate(language, N_("until {day}"), day=day)
