"""An order to a supplier as it is sent: on paper, or as text for a mail or a chat."""

from decimal import Decimal
from typing import Any

from services.i18n import N_, translate
from services.money import line_total, show
from services.normalize import phone_shown
from services.papers import day_words, heading, quantity_words, render
from services.purchase_orders import OrderedLine, Placed, placed
from services.work import Work

COLUMNS = (N_("Your number"), N_("Our number"), N_("Part"), N_("Quantity"), N_("Price"), N_("Sum"))
NONE = Decimal(0)


def purchase_order_pdf(work: Work, order_id: int, *, language: str, code: str = "") -> bytes:
    """The paper. `code` is what its QR code opens. Refuses with NotFound."""
    found = placed(work, order_id)
    return render("purchase_order", _paper(work, found, language), language, code=code or found.order.number)


def order_words(work: Work, order_id: int, *, language: str) -> str:
    """The same as text: who orders, what, how much of it, until when. Refuses with NotFound."""
    found = placed(work, order_id)
    garage = work.garage
    lines = [f"{number}. {_line(one)}" for number, one in enumerate(found.lines, 1)]
    about = [translate(language, N_("Order {number} of {garage}"), number=found.order.number, garage=garage.name)]
    if found.expected_on:
        about.append(translate(language, N_("Please deliver until {day}."), day=day_words(found.expected_on, language)))
    ends = [found.order.note, " · ".join(filter(None, (garage.name, garage.address, phone_shown(garage.phone))))]
    return "\n".join([about[0], "", *lines, "", *about[1:], *filter(None, ends)])


def total(work: Work, lines: list[OrderedLine]) -> Decimal:
    """What the lines come to at the cost expected; those whose cost nobody knows are left out."""
    currency = work.garage.currency
    known = ((one.line.quantity, one.line.unit_cost) for one in lines)
    return sum((line_total(many, cost, NONE, currency) for many, cost in known if cost is not None), NONE)


def _line(one: OrderedLine) -> str:
    part = one.part
    amount = quantity_words(one.line.quantity, part.unit if part else "")
    words = (amount, one.line.what, part.brand if part else "", one.code or (part.code if part else ""))
    return " · ".join(filter(None, words))


def _paper(work: Work, found: Placed, language: str) -> dict[str, Any]:
    supplier, currency = found.supplier, work.garage.currency
    sums = total(work, found.lines)
    told = [supplier.contact, phone_shown(supplier.phone), supplier.email]
    facts = [[translate(language, N_("Ordered")), day_words(work.local(found.order.ordered_at).date(), language)]]
    if found.expected_on:
        facts.append([translate(language, N_("Expected on")), day_words(found.expected_on, language)])
    return {
        **heading(work, language, N_("Order"), found.order.number),
        "supplier_label": translate(language, N_("Supplier")),
        "supplier": {"name": supplier.name, "lines": [" · ".join(filter(None, told))] if any(told) else []},
        "facts": facts,
        "columns": [translate(language, name) for name in COLUMNS],
        "lines": [_cells(one, currency, language) for one in found.lines],
        "total_label": translate(language, N_("Expected total")),
        "total": show(sums, currency, language) if sums else "",
        "note_label": translate(language, N_("Note")),
        "note": found.order.note,
    }


def _cells(one: OrderedLine, currency: str, language: str) -> list[str]:
    line, part = one.line, one.part
    cost = line.unit_cost
    return [
        one.code,
        part.code if part else "",
        " · ".join(filter(None, (line.what, part.brand if part else ""))),
        quantity_words(line.quantity, part.unit if part else ""),
        show(cost, currency, language) if cost is not None else "",
        show(line_total(line.quantity, cost, NONE, currency), currency, language) if cost is not None else "",
    ]
