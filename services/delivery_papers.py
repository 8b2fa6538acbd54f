"""The exit pass (出门证) on paper, in either language."""

from db.models import Customer, ExitPass, Vehicle, WorkOrder
from services.i18n import N_, translate
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.order_refusals import ExitPassMissing
from services.papers import heading, km_words, moment_words, render
from services.people import names
from services.work import Work
from services.workflow import facts_of


def exit_pass_pdf(work: Work, order_id: int, *, language: str, code: str = "") -> bytes:
    """The exit pass. Refuses with ExitPassMissing."""
    facts = facts_of(work, ORDERS, order_id)
    found: ExitPass | None = facts.exit_pass
    if found is None:
        raise ExitPassMissing
    data = {
        **heading(work, language, N_("Exit pass"), found.number),
        "plate": work.get(Vehicle, facts.order.vehicle_id).plate,
        "leave": translate(language, N_("The car may leave.")),
        "facts": _facts(work, facts, found, language),
    }
    return render("exit_pass", data, language, code=code or found.number)


def _facts(work: Work, facts: OrderFacts, found: ExitPass, language: str) -> list[tuple[str, str]]:
    order = work.get(WorkOrder, facts.order.id)
    car, customer = work.get(Vehicle, order.vehicle_id), work.get(Customer, order.customer_id)
    read = facts.inspection.odometer_km if facts.inspection else None
    pairs = (
        (N_("Customer"), customer.name),
        (N_("Date"), moment_words(work, found.at, language)),
        (N_("Car"), " ".join(filter(None, (car.plate, car.make, car.model)))),
        (N_("Work order"), order.number),
        (N_("VIN"), car.vin or ""),
        (N_("Odometer"), km_words(read, language)),
        (N_("Issued by"), names(work).get(found.by_id or 0, "")),
    )
    return [(translate(language, name), value) for name, value in pairs if value]
