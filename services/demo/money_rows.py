"""The demo garage's money before its first day: what stands on papers, what it guarantees, the codes customers scan."""

import io

import segno

from services.busy_hours import set_busy_hours
from services.demo.stage import Stage
from services.free_services import set_free_service
from services.garage import change_invoice
from services.guarantees import set_term
from services.pay_methods import SCANNED, methods_taken, put_picture


def put_money(stage: Stage) -> None:
    """Set once by the program itself, before the history begins."""
    work, told = stage.at(stage.work.now), stage.content.money
    change_invoice(work, tax_number=told.tax_number, bank=told.bank)
    set_busy_hours(work, typed=told.busy_hours)
    for term in told.guarantees:
        set_term(work, term.group or "", days=term.days, km=term.km)
    for free in told.free_services:
        set_free_service(work, free.make, months=free.months, km=free.km)
    for method in set(SCANNED) & set(methods_taken(work)):
        put_picture(work, method, _code(told.code_words))


def _code(words: str) -> bytes:
    out = io.BytesIO()
    segno.make(words, error="m").save(out, kind="png", scale=12, border=3)
    return out.getvalue()
