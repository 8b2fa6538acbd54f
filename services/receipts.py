"""The receipt (收据) of one act at the counter: payments, deposits, refunds and reversals, in either language."""

from decimal import Decimal

from sqlmodel import col, select

from db.enums import PaymentMethod
from db.enums_money import PaymentKind
from db.models import Customer, Payment, Statement, Vehicle, WorkOrder
from services.chinese_sums import in_capitals
from services.i18n import N_, translate
from services.money import show
from services.papers import heading, moment_words, render
from services.payments import payments
from services.people import names
from services.settlement import standing, statements
from services.work import Work

TITLES = {
    PaymentKind.PAYMENT: N_("Receipt"),
    PaymentKind.DEPOSIT: N_("Deposit receipt"),
    PaymentKind.REFUND: N_("Refund receipt"),
}
REVERSED = N_("Reversal")
_TOTALS = {False: N_("Amount received"), True: N_("Given back")}


def receipt_pdf(work: Work, payment_id: int, *, language: str, copy: bool = False, code: str = "") -> bytes:
    """The receipt this payment stands on, with all others of the same act; `copy`: it says that it is one."""
    made, currency = receipt_of(work, payment_id), work.garage.currency
    first, total = made[0], sum((payment.amount for payment in made), Decimal(0))
    several = len({payment.order_id for payment in made}) > 1
    data = {
        **heading(work, language, _title(first), first.number),
        "copy": translate(language, N_("Copy")) if copy else "",
        "facts": _facts(work, first, several, language),
        "rows": [row for payment in made for row in _rows(work, payment, several, language)],
        "total": [translate(language, _TOTALS[total < 0]), show(abs(total), currency, language)],
        "capitals": _capitals(total, currency, language),
        "after": [] if several else _after(work, made, language),
        "reason_label": translate(language, N_("Reason")),
        "reason": first.reason,
        "signatures": [translate(language, N_("For the garage")), translate(language, N_("Customer's signature"))],
        "names": [names(work).get(first.by_id or 0, ""), ""],
    }
    return render("receipt", data, language, code=code or first.number)


def receipt_of(work: Work, payment_id: int) -> list[Payment]:
    """The payments on one receipt, also of several orders paid at once, in the order they were made. Refuses with NotFound."""
    payment = work.get(Payment, payment_id)
    query = select(Payment).where(Payment.at == payment.at, Payment.number == payment.number)
    return list(work.db.exec(query.order_by(col(Payment.id))))


def _title(payment: Payment) -> str:
    return REVERSED if payment.reverses_id else TITLES[payment.kind]


def _facts(work: Work, first: Payment, several: bool, language: str) -> list[tuple[str, str]]:
    order = work.get(WorkOrder, first.order_id)
    customer, found = work.get(Customer, order.customer_id), _statement(work, first)
    pairs = [
        (N_("Customer"), customer.name),
        (N_("Date"), moment_words(work, first.at, language)),
        (N_("Address"), customer.address),
        (N_("Tax number"), customer.tax_number),
        (N_("Our tax number"), work.garage.tax_number),
        (N_("Takes back receipt"), work.get(Payment, first.reverses_id).number if first.reverses_id else ""),
    ]
    if not several:
        car = work.get(Vehicle, order.vehicle_id)
        pairs += [
            (N_("Car"), " ".join(filter(None, (car.plate, car.make, car.model)))),
            (N_("Work order"), order.number),
            (N_("Statement"), found.number if found else ""),
        ]
    return [(translate(language, name), value) for name, value in pairs if value]


def _rows(work: Work, payment: Payment, several: bool, language: str) -> list[list[str]]:
    """The method with its sum; with cash what was given and what went back; of several orders which one."""
    currency, words = work.garage.currency, translate(language, payment.method.label)
    if several:
        order = work.get(WorkOrder, payment.order_id)
        words = f"{order.number} · {work.get(Vehicle, order.vehicle_id).plate} · {words}"
    rows = [[words, show(abs(payment.amount), currency, language), ""]]
    if payment.method == PaymentMethod.CASH and payment.change and payment.tendered is not None:
        given, change = (show(one, currency, language) for one in (payment.tendered, payment.change))
        rows.append([translate(language, N_("Cash given")), given, "soft"])
        rows.append([translate(language, N_("Change given")), change, "soft"])
    return rows


def _capitals(total: Decimal, currency: str, language: str) -> list[str]:
    """The sum in capitals on a Chinese receipt over yuan."""
    chinese = (currency, language) == ("CNY", "zh_CN")
    return [translate(language, N_("Sum in capitals")), in_capitals(abs(total))] if chinese else []


def _after(work: Work, made: list[Payment], language: str) -> list[str]:
    """What was still owed after this act; before a statement, what is held as deposit."""
    found, currency = _statement(work, made[0]), work.garage.currency
    paid = sum((p.amount for p in payments(work, made[0].order_id) if p.id <= made[-1].id), Decimal(0))
    if found is None:
        return [translate(language, N_("Deposit held")), show(paid, currency, language)]
    rest = found.customer_share - paid
    words = N_("Still owed") if rest >= 0 else N_("To give back")
    return [translate(language, words), show(abs(rest), currency, language)]


def _statement(work: Work, payment: Payment) -> Statement | None:
    """The statement that counted when the payment was made."""
    return standing([one for one in statements(work, payment.order_id) if one.at <= payment.at])
