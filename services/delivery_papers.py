"""The papers of delivery: the statement (结算单) and the exit pass (出门证), in either language."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from db.enums import LineKind, Payer, PaymentMethod
from db.models import Customer, ExitPass, Statement, StatementLine, Vehicle, WorkOrder
from services.i18n import N_, translate
from services.money import show
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.order_refusals import ExitPassMissing, StatementMissing
from services.papers import heading, moment_words, render
from services.payments import payments
from services.settlement import standing, statement_lines, statements
from services.work import Work
from services.workflow import facts_of

COLUMNS = (N_("What"), N_("Quantity"), N_("Unit price"), N_("Discount"), N_("Pays"), N_("Charged"))
SIGNATURES = (N_("Customer's signature"), N_("For the garage"))


def statement_pdf(work: Work, order_id: int, *, language: str, code: str = "") -> bytes:
    """The statement that counts, with what was paid on it. Refuses with StatementMissing."""
    found = standing(statements(work, order_id))
    if found is None:
        raise StatementMissing
    facts, lines = facts_of(work, ORDERS, order_id), statement_lines(work, found.id)
    data = {
        **heading(work, language, N_("Statement"), found.number),
        "facts": _facts(work, facts, found.at, language),
        "columns": [translate(language, name) for name in COLUMNS],
        "groups": _groups(lines, found.currency, language),
        "sums": _sums(found, lines, language),
        "due": [translate(language, N_("Customer pays")), show(found.customer_share, found.currency, language)],
        "paid": translate(language, N_("Payments")),
        "payments": _payments(work, order_id, found.currency, language),
        "advice_label": translate(language, N_("Advice for later")),
        "advice": facts.order.advice,
        "signatures": [translate(language, label) for label in SIGNATURES],
    }
    return render("statement", data, language, code=code or found.number)


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
        "facts": _facts(work, facts, found.at, language),
    }
    return render("exit_pass", data, language, code=code or found.number)


def _facts(work: Work, facts: OrderFacts, at: datetime, language: str) -> list[tuple[str, str]]:
    order = work.get(WorkOrder, facts.order.id)
    car, customer = work.get(Vehicle, order.vehicle_id), work.get(Customer, order.customer_id)
    read = facts.inspection.odometer_km if facts.inspection else None
    pairs = (
        (N_("Customer"), customer.name),
        (N_("Date"), moment_words(work, at, language)),
        (N_("Car"), " ".join(filter(None, (car.plate, car.make, car.model)))),
        (N_("Work order"), order.number),
        (N_("VIN"), car.vin or ""),
        (N_("Odometer"), f"{read:,} km" if read is not None else ""),
    )
    return [(translate(language, name), value) for name, value in pairs if value]


def _groups(lines: Iterable[StatementLine], currency: str, language: str) -> list[dict[str, Any]]:
    """Labour, parts, outside work and fees apart, each with its sum."""
    rows = list(lines)
    found = []
    for kind in LineKind:
        mine = [line for line in rows if line.kind == kind]
        if mine:
            total = sum((line.total for line in mine), Decimal(0))
            cells = [_row(line, currency, language) for line in mine]
            found.append(
                {"name": translate(language, kind.label), "total": show(total, currency, language), "rows": cells}
            )
    return found


def _row(line: StatementLine, currency: str, language: str) -> list[str]:
    discount = show(-line.discount, currency, language) if line.discount else ""
    return [
        line.title,
        f"{line.quantity.normalize():f}",
        show(line.unit_price, currency, language),
        discount,
        _payer(line, language),
        show(line.total, currency, language),
    ]


def _payer(line: StatementLine, language: str) -> str:
    """Who pays the line; of a shared one how many per cent."""
    name = translate(language, line.payer.label)
    return name if line.payer_percent == 100 else f"{name} {line.payer_percent} %"


def _sums(found: Statement, lines: Iterable[StatementLine], language: str) -> list[tuple[str, str]]:
    tax = translate(language, N_("Tax {percent} %"), percent=f"{found.tax_percent.normalize():f}")
    pairs = [
        (translate(language, N_("Net")), found.net),
        (tax, found.tax),
        (translate(language, N_("Total")), found.total),
    ]
    others = found.total - found.customer_share
    if others:
        payers = {line.payer for line in lines} - {Payer.CUSTOMER}
        names = ", ".join(translate(language, payer.label) for payer in Payer if payer in payers)
        pairs.append((names, others))
    return [(name, show(amount, found.currency, language)) for name, amount in pairs]


def _payments(work: Work, order_id: int, currency: str, language: str) -> list[tuple[str, str, str]]:
    return [
        (
            moment_words(work, p.at, language),
            translate(language, _kind(p.method, p.reverses_id)),
            show(p.amount, currency, language),
        )
        for p in payments(work, order_id)
    ]


def _kind(method: PaymentMethod, reverses_id: int | None) -> str:
    return N_("Reversed") if reverses_id else method.label
