"""The day closing as a sheet of paper (日结单): cash counted against expected, takings by method, tax, every payment."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, func, select

from db.enums import PaymentMethod
from db.enums_money import DrawerKind
from db.models import CashDrawer, DrawerEntry, Payment, Vehicle, WorkOrder
from services.bookkeeping_issued import issued_between
from services.cash_drawer import difference
from services.drawer_rows import NotClosed
from services.i18n import N_, translate
from services.money import show
from services.papers import heading, moment_words, render
from services.permissions import READS_BOOKS
from services.takings import DrawerLook, counts_of, look_at
from services.work import Work

SIGNATURES = (N_("Counted by"), N_("Checked by"))
_ORDER = (DrawerKind.FLOAT, DrawerKind.PAID_IN, DrawerKind.PAID_OUT, DrawerKind.BANKED)
Row = list[str]


def closing_pdf(work: Work, drawer_id: int, *, language: str, code: str = "") -> bytes:
    """The sheet of a closed drawer; refuses with NotClosed while it is open, NotAllowed. `code`: the address of the closing."""
    work.needs(*READS_BOOKS)
    drawer = work.get(CashDrawer, drawer_id)
    if drawer.closing is None or drawer.closed_at is None:
        raise NotClosed
    through = look_at(work, drawer)
    data = {
        **heading(work, language, N_("Day closing"), drawer.closing),
        "facts": _facts(work, through, language),
        "cash_title": translate(language, N_("Cash")),
        "cash": _cash(work, through, language),
        "result": _result(work, through, language),
        "difference_reason": drawer.difference_reason,
        "pieces_title": translate(language, N_("Notes and coins")),
        "pieces": _pieces(work, drawer, language),
        "takings_title": translate(language, N_("Takings")),
        "takings": _takings(work, through, language),
        "tax_title": translate(language, N_("Statements and credit notes")),
        "tax": _tax(work, drawer, language),
        "payments_title": translate(language, N_("Payments")),
        "payments": _payments(work, drawer, language),
        "signatures": [translate(language, label) for label in SIGNATURES],
    }
    return render("day_closing", data, language, code=code or drawer.closing)


def _facts(work: Work, through: DrawerLook, language: str) -> list[tuple[str, str]]:
    drawer = through.drawer
    closed = drawer.closed_at or drawer.opened_at
    pairs = (
        (N_("Opened at"), f"{moment_words(work, drawer.opened_at, language)} · {through.who(drawer.opened_by_id)}"),
        (N_("Closed at"), f"{moment_words(work, closed, language)} · {through.who(drawer.closed_by_id)}"),
        (N_("Tax number"), work.garage.tax_number),
    )
    return [(translate(language, name), value.removesuffix(" · ")) for name, value in pairs if value]


def _cash(work: Work, through: DrawerLook, language: str) -> list[Row]:
    """What the cash is made of: what, why, how much."""
    rows = [
        (entry.kind.label, entry.reason, entry.amount)
        for kind in _ORDER
        for entry in through.by_hand
        if entry.kind == kind
    ]
    cash = next((taking for taking in through.takings if taking.method == PaymentMethod.CASH), None)
    if cash:
        rows[1:1] = [(DrawerKind.TAKEN.label, "", cash.taken), (DrawerKind.GIVEN_BACK.label, "", cash.given_back)]
    currency = work.garage.currency
    return [[translate(language, name), why, show(amount, currency, language)] for name, why, amount in rows if amount]


def _result(work: Work, through: DrawerLook, language: str) -> list[Row]:
    drawer = through.drawer
    sums = [
        (N_("Cash expected"), drawer.expected),
        *((N_("Counted before"), amount) for amount in through.counted_before),
        (N_("Cash counted"), drawer.counted),
        (N_("Difference"), difference(drawer)),
    ]
    return [[translate(language, name), *_sums(work, language, amount or Decimal(0))] for name, amount in sums]


def _pieces(work: Work, drawer: CashDrawer, language: str) -> list[str]:
    """How many of each note and coin were counted last; none when only the sum was typed."""
    counts = counts_of(work, drawer.id)
    pieces: dict[str, int] = counts[-1].details.get("pieces", {}) if counts else {}
    return [f"{many} × {show(Decimal(piece), work.garage.currency, language)}" for piece, many in pieces.items()]


def _takings(work: Work, through: DrawerLook, language: str) -> dict[str, Any]:
    names = (N_("Paid by"), N_("Payments made"), N_("Taken in"), N_("Given back"), N_("Together"))
    rows = [[translate(language, one.method.label), str(one.many), *_sums(work, language, one.taken, one.given_back, one.total)]
            for one in through.takings]  # fmt: skip
    total = sum((one.total for one in through.takings), Decimal(0))
    many = sum(one.many for one in through.takings)
    last = [translate(language, N_("Together")), str(many), "", "", show(total, work.garage.currency, language)]
    return {"columns": [translate(language, name) for name in names], "rows": rows, "last": last}


def _tax(work: Work, drawer: CashDrawer, language: str) -> dict[str, Any]:
    """What was issued since the closing before, so that every statement stands on one sheet: the sums by rate of tax."""
    closed = drawer.closed_at or drawer.opened_at
    before = select(func.max(CashDrawer.closed_at)).where(col(CashDrawer.closed_at) < closed)
    found = issued_between(work, work.db.exec(before).one() or drawer.opened_at, closed)
    names = (N_("Tax %"), N_("Net"), N_("Tax"), N_("Total"))
    rows = [
        [f"{rate.percent.normalize():f} %", *_sums(work, language, rate.net, rate.tax, rate.total)]
        for rate in found.rates
    ]
    said = translate(language, N_("{first} to {last}"), first=found.first, last=found.last) if found.many else ""
    return {"columns": [translate(language, name) for name in names], "rows": rows, "numbers": said}


def _payments(work: Work, drawer: CashDrawer, language: str) -> dict[str, Any]:
    query = (
        sa_select(DrawerEntry, col(Payment.number), col(WorkOrder.number), col(Vehicle.plate))
        .join(Payment, col(Payment.id) == col(DrawerEntry.payment_id))
        .join(WorkOrder, col(WorkOrder.id) == col(Payment.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .where(col(DrawerEntry.drawer_id) == drawer.id)
        .order_by(col(DrawerEntry.id))
    )
    names = (N_("Time"), N_("Receipt"), N_("Work order"), N_("Plate"), N_("Paid by"), N_("Amount"))
    rows = [[work.local(entry.at).strftime("%H:%M"), receipt, order, plate, translate(language, entry.method.label),
             *_sums(work, language, entry.amount)] for entry, receipt, order, plate in work.db.execute(query)]  # fmt: skip
    return {"columns": [translate(language, name) for name in names], "rows": rows}


def _sums(work: Work, language: str, *amounts: Decimal) -> Iterable[str]:
    return [show(amount, work.garage.currency, language) for amount in amounts]
