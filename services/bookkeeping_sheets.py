"""The sheets of the bookkeeper's export: days, tax by rate, statement lines, payments, cash closings. Sums are the books' own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from db.choice import Choice
from db.enums import PaymentMethod
from db.enums_money import DrawerKind, PaymentKind
from services.bookkeeping import drawers_in, moved_in, payments_in, statements_in
from services.cash_drawer import difference
from services.i18n import N_, translate
from services.indicators import Span
from services.people import names
from services.permissions import READS_BOOKS
from services.work import Work

Cell = str | int | float | Decimal | date | None  # sums are Decimal; other numbers with decimals are not
NONE = Decimal(0)


@dataclass(frozen=True)
class Sheet:
    """A table of the export; `title` and `titles` are English source texts, `rows` are made while they are written."""

    title: str
    titles: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


TITLES = {
    "days": N_("By day"),
    "tax": N_("Tax by rate"),
    "lines": N_("Statement lines"),
    "payments": N_("Payments and refunds"),
    "closings": N_("Cash closings"),
}


def sheets(work: Work, span: Span, language: str) -> dict[str, Sheet]:
    """Every sheet by its name in TITLES; words in the rows are in that language. Refuses with NotAllowed."""
    work.needs(*READS_BOOKS)
    made = {
        "days": ((*_DAYS, *(method.label for method in PaymentMethod), *_CASH), _days(work, span)),
        "tax": (_TAX, _tax(work, span)),
        "lines": (_LINES, _lines(work, span, language)),
        "payments": (_PAYMENTS, _payments(work, span, language)),
        "closings": (_CLOSINGS, _closings(work, span)),
    }
    return {name: Sheet(TITLES[name], titles, rows) for name, (titles, rows) in made.items()}


_DAYS = (N_("Day"), N_("Statements"), N_("Credit notes"), N_("Net"), N_("Tax"), N_("Total"), N_("Customers' part"),
         N_("Paid by others"))  # fmt: skip
_CASH = (N_("Paid together"), N_("To the bank"), N_("Cash difference"))
_TAX = (N_("Day"), N_("Tax %"), N_("Net"), N_("Tax"), N_("Total"))
_LINES = (N_("Day"), N_("Number"), N_("Credits"), N_("Work order"), N_("Plate"), N_("Customer"), N_("Kind"), N_("What"),
          N_("Quantity"), N_("Unit price"), N_("Discount"), N_("Pays"), N_("Pays %"), N_("Tax %"), N_("Net"), N_("Tax"),
          N_("Total"), N_("Currency"))  # fmt: skip
_PAYMENTS = (N_("Day"), N_("Receipt"), N_("Work order"), N_("Plate"), N_("Customer"), N_("Kind"), N_("Paid by"), N_("Amount"),
             N_("Reason"))  # fmt: skip
_CLOSINGS = (N_("Day"), N_("Number"), N_("Closed by"), N_("Float"), N_("Put in"), N_("Taken out"), N_("To the bank"),
             N_("Cash expected"), N_("Cash counted"), N_("Difference"), N_("Reason"))  # fmt: skip


@dataclass
class _Day:
    """The sums of one day."""

    bills: int = 0
    notes: int = 0
    net: Decimal = NONE
    tax: Decimal = NONE
    share: Decimal = NONE
    banked: Decimal = NONE
    off: Decimal = NONE


def _days(work: Work, span: Span) -> Iterator[tuple[Cell, ...]]:
    found: dict[date, _Day] = defaultdict(_Day)
    taken: dict[date, dict[PaymentMethod, Decimal]] = defaultdict(lambda: dict.fromkeys(PaymentMethod, NONE))
    for bill in statements_in(work, span, with_lines=False):
        day = found[_day(work, bill.row.at)]
        day.bills, day.notes = day.bills + (not bill.reverses), day.notes + bool(bill.reverses)
        day.net, day.tax, day.share = (
            day.net + bill.row.net,
            day.tax + bill.row.tax,
            day.share + bill.row.customer_share,
        )
    for payment in payments_in(work, span):
        taken[_day(work, payment.row.at)][payment.row.method] += payment.row.amount
    drawers = drawers_in(work, span)
    moved = moved_in(work, drawers)
    for drawer in drawers:
        day = found[_day(work, drawer.closed_at or drawer.opened_at)]
        day.off += difference(drawer)
        day.banked -= sum((entry.amount for entry in moved[drawer.id] if entry.kind == DrawerKind.BANKED), NONE)
    for when in sorted(found.keys() | taken.keys()):
        one, ways = found[when], taken[when]
        total = one.net + one.tax
        yield (when, one.bills, one.notes, one.net, one.tax, total, one.share, total - one.share,
               *ways.values(), sum(ways.values(), NONE), one.banked, one.off)  # fmt: skip


def _tax(work: Work, span: Span) -> Iterator[tuple[Cell, ...]]:
    found: dict[tuple[date, Decimal], list[Decimal]] = defaultdict(lambda: [NONE, NONE])
    for bill in statements_in(work, span, with_lines=False):
        for rate in bill.rates:
            sums = found[_day(work, bill.row.at), -rate.percent]
            sums[0] += rate.net
            sums[1] += rate.tax
    for (when, percent), (net, tax) in sorted(found.items()):
        yield when, float(-percent), net, tax, net + tax


def _lines(work: Work, span: Span, language: str) -> Iterator[tuple[Cell, ...]]:
    for bill in statements_in(work, span):
        row, about = bill.row, bill.about
        head = (_day(work, row.at), row.number, bill.reverses, about.order, about.plate, about.customer)
        for line, sums in bill.lines:
            yield (*head, _said(line.kind, language), line.title, float(line.quantity), line.unit_price, line.discount,
                   _said(line.payer, language), line.payer_percent, float(sums.percent), sums.net, sums.tax, sums.total,
                   row.currency)  # fmt: skip


def _payments(work: Work, span: Span, language: str) -> Iterator[tuple[Cell, ...]]:
    for payment in payments_in(work, span):
        row, about = payment.row, payment.about
        kind = (
            translate(language, N_("Reversed")) if row.reverses_id else _said(row.kind or PaymentKind.PAYMENT, language)
        )
        yield (_day(work, row.at), row.number, about.order, about.plate, about.customer, kind, _said(row.method, language),
               row.amount, row.reason)  # fmt: skip


def _closings(work: Work, span: Span) -> Iterator[tuple[Cell, ...]]:
    drawers, who = drawers_in(work, span), names(work)
    moved = moved_in(work, drawers)
    for drawer in drawers:
        by_kind = {kind: sum((e.amount for e in moved[drawer.id] if e.kind == kind), NONE) for kind in DrawerKind}
        yield (_day(work, drawer.closed_at or drawer.opened_at), drawer.closing, who.get(drawer.closed_by_id or 0, ""),
               by_kind[DrawerKind.FLOAT], by_kind[DrawerKind.PAID_IN], by_kind[DrawerKind.PAID_OUT],
               by_kind[DrawerKind.BANKED], drawer.expected, drawer.counted, difference(drawer),
               drawer.difference_reason)  # fmt: skip


def _day(work: Work, at: datetime) -> date:
    return work.local(at).date()


def _said(choice: Choice, language: str) -> str:
    return translate(language, choice.label)
