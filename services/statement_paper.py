"""The statement (结算单) and the credit note on paper, in either language."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from db.enums import LineKind, Payer
from db.enums_money import DiscountState, PaymentKind
from db.models import Discount, Payment, Statement, StatementLine, Vehicle, WorkOrder
from services.estimates import Total
from services.files import read
from services.i18n import N_, translate
from services.issued import Issued, issued
from services.money import Sum, show
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.order_words import tax_words
from services.papers import day_words, heading, km_words, moment_words, render
from services.payments import payments
from services.people import names
from services.statement_rows import issued_for
from services.work import Work
from services.workflow import facts_of

COLUMNS = (N_("What"), N_("Quantity"), N_("Unit price"), N_("Discount"), N_("Tax rate"), N_("Pays"), N_("Charged"))
SIGNATURES = (N_("Customer's signature"), N_("For the garage"))
Data = dict[str, Any]
Pair = tuple[str, str]


def paper_of(work: Work, statement_id: int, *, language: str, code: str = "", copy: bool = False) -> bytes:
    """The paper of a statement or credit note; `copy` for one that was printed before. Refuses with NotFound."""
    statement = work.get(Statement, statement_id)
    data, pictures = statement_data(work, statement, language, copy=copy)
    return render("statement", data, language, code=code or statement.number, pictures=pictures)


def statement_data(
    work: Work, statement: Statement, language: str, *, copy: bool = False
) -> tuple[Data, dict[str, bytes]]:
    """What the paper says, and the signature on it."""
    found, facts = issued(work, statement), facts_of(work, ORDERS, statement.order_id)
    currency, credited = statement.currency, _credited(work, statement)
    note = statement.reverses_id is not None
    over = note or bool(credited)  # neither says any more what is owed
    drawn, said = found.signature, statement.issued_for or issued_for(work, statement.order_id)
    data = {
        **heading(work, language, N_("Credit note") if note else N_("Statement"), statement.number),
        "copy": translate(language, N_("Copy")) if copy else "",
        "customer": _customer(said, language),
        "facts": [*_facts(work, facts, statement, language), *_pairs([(N_("Credit note"), credited)], language)],
        "columns": [translate(language, name) for name in COLUMNS],
        "several": len(found.rates) > 1,
        "groups": _groups(found, language),
        "sums": _sums(found, language),
        "due": [translate(language, N_("Credited") if note else N_("Customer pays")),
                show(statement.customer_share, currency, language)],
        "shares_label": translate(language, N_("Who pays")),
        "shares": _shares(found, language),
        "discounts_label": translate(language, N_("Discounts given")),
        "discounts": [] if note else _discounts(work, statement, language),
        "paid_label": translate(language, N_("Payments")),
        "payments": [] if over else _payments(payments(work, statement.order_id), currency, work, language),
        "balance": [] if over else _balance(facts, currency, language),
        "bank": _bank(work, language),
        "advice_label": translate(language, N_("Advice for later")),
        "advice": "" if note else said["advice"],
        "signatures": [translate(language, label) for label in SIGNATURES],
        "signed": f"{moment_words(work, drawn.at, language)}" if drawn else "",
    }  # fmt: skip
    pictures = {"signature.png": read(work.ws.data_dir, drawn.sha256)} if drawn else {}
    return data, pictures


def _customer(said: Mapping[str, str], language: str) -> list[str]:
    """Whom the paper is for: name, address, tax number."""
    number = f"{translate(language, N_('Tax number'))} {said['tax_number']}" if said["tax_number"] else ""
    return [line for line in (said["name"], *said["address"].splitlines(), number) if line]


def _facts(work: Work, facts: OrderFacts, statement: Statement, language: str) -> list[Pair]:
    order = work.get(WorkOrder, facts.order.id)
    car = work.get(Vehicle, order.vehicle_id)
    km = facts.inspection.odometer_km if facts.inspection else None
    before = work.get(Statement, statement.reverses_id).number if statement.reverses_id else ""
    pairs = (
        (N_("Date"), moment_words(work, statement.at, language)),
        (N_("Statement"), before),
        (N_("Reason"), statement.reason),
        (N_("Work order"), order.number),
        (N_("Car"), " ".join(filter(None, (car.plate, car.make, car.model)))),
        (N_("VIN"), car.vin or ""),
        (N_("Odometer"), km_words(km, language)),
        (N_("Issued by"), names(work).get(statement.by_id or 0, "")),
    )
    return _pairs(pairs, language)


def _credited(work: Work, statement: Statement) -> str:
    """The number of the credit note that took a statement back; empty while it counts."""
    return work.db.exec(select(Statement.number).where(Statement.reverses_id == statement.id)).first() or ""


def _pairs(pairs: Sequence[Pair], language: str) -> list[Pair]:
    """What there is, with its label in that language."""
    return [(translate(language, name), value) for name, value in pairs if value]


def _groups(found: Issued, language: str) -> list[Data]:
    """Labour, parts, outside work and fees apart, each with its sum."""
    currency, groups = found.statement.currency, []
    for kind in LineKind:
        mine = [line for line in found.lines if line.kind == kind]
        if mine:
            total = sum((line.total for line in mine), Decimal(0))
            rows = [_row(line, found, language) for line in mine]
            groups.append(
                {"name": translate(language, kind.label), "total": show(total, currency, language), "rows": rows}
            )
    return groups


def _row(line: StatementLine, found: Issued, language: str) -> Data:
    statement, currency = found.statement, found.statement.currency
    rate = statement.tax_percent if line.tax_percent is None else line.tax_percent
    return {
        "title": line.title,
        "note": _difference(line, currency, language),
        "cells": [
            found.quantity(line),
            show(line.unit_price, currency, language),
            show(-line.discount, currency, language) if line.discount else "",
            f"{rate.normalize():f} %",
            _payer(line, language),
            show(line.total, currency, language),
        ],
    }


def _difference(line: StatementLine, currency: str, language: str) -> str:
    """What was agreed, and why something else is charged; empty where nothing differs."""
    if line.difference is None:
        return ""
    why = translate(language, line.difference.label)
    agreed = translate(language, N_("agreed {sum}"), sum=Sum(line.agreed, currency)) if line.agreed is not None else ""
    return " · ".join(filter(None, (agreed, why, line.difference_words)))


def _payer(line: StatementLine, language: str) -> str:
    """Who pays the line; of a shared one how many per cent."""
    name = translate(language, line.payer.label)
    return name if line.payer_percent == 100 else f"{name} {line.payer_percent} %"


def _sums(found: Issued, language: str) -> list[Pair]:
    currency, total = found.statement.currency, found.total
    pairs = [(translate(language, N_("Net")), total.net)]
    for rate, one in found.rates.items():
        on = translate(language, N_("on {sum}"), sum=Sum(one.net, currency)) if len(found.rates) > 1 else ""
        pairs.append((f"{tax_words(rate, language)} {on}".strip(), one.tax))
    pairs.append((translate(language, N_("Total")), total.total))
    return [(name, show(amount, currency, language)) for name, amount in pairs]


def _shares(found: Issued, language: str) -> list[list[str]]:
    """Payer, net, tax and sum, where others than the customer pay; a heading first."""
    payers: Mapping[Payer, Total] = found.payers
    if not set(payers) - {Payer.CUSTOMER}:
        return []
    rows = [["", *(translate(language, name) for name in (N_("Net"), N_("Tax"), N_("Total")))]]
    for payer, one in payers.items():
        sums = (show(amount, found.statement.currency, language) for amount in (one.net, one.tax, one.total))
        rows.append([_with_excess(payer, found, language), *sums])
    return rows


def _with_excess(payer: Payer, found: Issued, language: str) -> str:
    """Who pays, and of the customer how much of it is the insurer's excess."""
    name = translate(language, payer.label)
    if payer != Payer.CUSTOMER or not found.excess:
        return name
    excess = Sum(found.excess, found.statement.currency)
    return f"{name} ({translate(language, N_('with the excess of {sum}'), sum=excess)})"


def _discounts(work: Work, statement: Statement, language: str) -> list[list[str]]:
    """What was given away with the statement, also when it was withdrawn later: on what, why, approved by whom, how much."""
    given = (Discount.order_id == statement.order_id, col(Discount.answered_at) <= statement.at)
    stood = (col(Discount.state) == DiscountState.GIVEN) | (col(Discount.withdrawn_at) > statement.at)
    rows = work.db.exec(select(Discount).where(*given, stood).order_by(col(Discount.id))).all()
    people = names(work)
    return [
        [
            translate(language, row.title),
            translate(language, row.reason.label),  # what was noted with it is for the garage
            translate(language, N_("approved by {name}"), name=people.get(row.approver_id or 0, "")),
            show(-row.amount, statement.currency, language),
        ]
        for row in rows
    ]


def _payments(made: Sequence[Payment], currency: str, work: Work, language: str) -> list[list[str]]:
    return [
        [moment_words(work, one.at, language), _paid(one, language), one.number, show(one.amount, currency, language)]
        for one in made
    ]


def _paid(one: Payment, language: str) -> str:
    """How, and what for unless it is a plain payment."""
    kind = N_("Reversed") if one.reverses_id else one.kind.label if one.kind != PaymentKind.PAYMENT else ""
    return " · ".join(translate(language, words) for words in (kind, one.method.label) if words)


def _balance(facts: OrderFacts, currency: str, language: str) -> list[Pair]:
    """What is left to pay or to give back, and by when."""
    if facts.to_give_back:
        return [(translate(language, N_("To give back")), show(facts.to_give_back, currency, language))]
    if facts.owed <= 0:
        return [(translate(language, N_("Left to pay")), show(Decimal(0), currency, language))]
    due = facts.order.due_on
    by = translate(language, N_("by {day}"), day=day_words(due, language)) if due else ""
    return [(f"{translate(language, N_('Left to pay'))} {by}".strip(), show(facts.owed, currency, language))]


def _bank(work: Work, language: str) -> list[Pair]:
    """The garage's own numbers."""
    garage = work.garage
    return _pairs([(N_("Tax number"), garage.tax_number), (N_("Bank account"), garage.bank)], language)
