"""The job card to print: its QR code opens the order on any tablet."""

from functools import partial

from db.models import WorkOrder
from services.addresses import order_path
from services.job_card import job_card_pdf
from ui.addresses import address
from ui.papers import paper
from ui.text import language, t


def job_card_button(order: WorkOrder) -> None:
    """Made when it is tapped, in the language of the person at this tablet."""
    lang = language()
    made = partial(job_card_pdf, order_id=order.id, language=lang, code=address(order_path(order.id)))
    paper(t("Job card"), made, f"{order.number}-job-card-{lang}.pdf")
