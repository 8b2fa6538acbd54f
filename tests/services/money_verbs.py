"""What is done at the till, each with sums people type right and wrong, made of two numbers. For the walks of money."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from db.enums import Payer, PaymentMethod, Role
from db.enums_money import Difference, DiscountReason, DrawerKind
from db.enums_reception import ClaimParty
from db.models import Discount, ExitPass, OrderJob, Part, Statement
from services import (
    cash_drawer,
    discount_approvals,
    discounts,
    drawer_hand,
    exit_passes,
    handover,
    payments,
    settlement,
)
from services.claims import existing, set_field
from services.drawer_rows import cash_in, current
from services.estimates import total_of
from services.line_changes import set_payer
from services.money import coin
from services.order_moves import ORDERS
from services.payment_sums import Taken
from services.refusals import NotFound
from services.work import Work
from services.workflow import facts_of

D = Decimal
Step = Callable[[Work, int, int, int], object]


def _amount(work: Work, about: Decimal, n: int) -> Decimal | None:
    """A sum somebody types when `about` is meant: mostly all or a part of it, at times nonsense."""
    smallest = coin(work.garage.currency)
    part = (about * (n % 100) / 100).quantize(smallest)
    odd = (about + smallest, -smallest, D(0), smallest / 2, D(10**15), D("NaN"), None, about / 3)
    return odd[n // 3 % len(odd)] if n % 5 == 0 else (about, part, smallest, part)[n % 4]


def _method(n: int) -> PaymentMethod:
    return list(PaymentMethod)[n % len(PaymentMethod)]


def _nth(rows: Sequence[int], n: int) -> int:
    if not rows:
        raise NotFound
    return rows[n % len(rows)]


def _owed(work: Work, order_id: int) -> Decimal:
    return facts_of(work, ORDERS, order_id).owed


def _pay(work: Work, order_id: int, n: int, m: int) -> object:
    amount, cash = _amount(work, _owed(work, order_id), n), _method(m) == PaymentMethod.CASH
    given = amount + m % 50 * coin(work.garage.currency) if amount and (cash or m % 11 == 0) and m % 3 else None
    return payments.pay(work, order_id, method=_method(m), amount=amount, tendered=given)


def _pay_several(work: Work, order_id: int, n: int, m: int) -> object:
    owed = _owed(work, order_id)
    first = _amount(work, owed, n)
    rest = owed - first if first is not None and first.is_finite() else D(1)
    return payments.pay_all(work, order_id, [Taken(_method(m), first), Taken(_method(m + 1), rest)])


def _deposit(work: Work, order_id: int, n: int, m: int) -> object:
    most = payments.deposit_most(work, facts_of(work, ORDERS, order_id))
    return payments.deposit(work, order_id, method=_method(m), amount=_amount(work, most, n))


def _refund(work: Work, order_id: int, n: int, m: int) -> object:
    held = facts_of(work, ORDERS, order_id).to_give_back
    return payments.refund(work, order_id, method=_method(m), amount=_amount(work, held, n), reason="Paid too much")


def _reverse(work: Work, order_id: int, n: int, _m: int) -> object:
    made = [one.id for one in payments.payments(work, order_id)]
    return payments.reverse(work, _nth(made, n), reason="Mistake")


def _bill(work: Work, order_id: int, _n: int, m: int) -> object:
    """Mostly with a reason for every line that became cheaper."""
    lines = facts_of(work, ORDERS, order_id).lines if m % 4 else []
    return settlement.bill(work, order_id, differences={line.id: (Difference.CHEAPER, "") for line in lines})


def _credit_note(work: Work, order_id: int, n: int, _m: int) -> object:
    issued = select(Statement.id).where(Statement.order_id == order_id).order_by(col(Statement.id))
    return settlement.credit_note(work, _nth(work.db.exec(issued).all(), n), reason="Wrong price")


def _discount(work: Work, order_id: int, n: int, m: int) -> object:
    facts = facts_of(work, ORDERS, order_id)
    line_id = _nth([line.id for line in facts.lines], m) if m % 2 else None
    about = total_of(facts.lines[0], facts.currency) if facts.lines else D(10)
    wishes: tuple[dict[str, Any], ...] = ({"percent": D(n % 130 - 5)}, {"amount": _amount(work, about, n)},
                                          {"to_pay": _amount(work, about, n)}, {"percent": D(n % 9 + 1)})  # fmt: skip
    return discounts.ask(work, order_id, line_id=line_id, reason=DiscountReason.LOYAL, **wishes[m % 4])


def _answer_discount(work: Work, order_id: int, n: int, m: int) -> object:
    mine = select(Discount.id).where(Discount.order_id == order_id).order_by(col(Discount.id))
    verb = (discount_approvals.approve, discount_approvals.refuse, discounts.withdraw, discounts.withdraw)[m % 4]
    return verb(work, _nth(work.db.exec(mine).all(), n))


def _excess(work: Work, order_id: int, n: int, _m: int) -> object:
    claim = existing(work, order_id)
    claim = set_field(work, order_id, "excess", _amount(work, D(200), n), was=claim.excess)
    claim.agreed = {party.value: {"name": "x"} for party in ClaimParty}
    return work.add(claim)


def _dearer(work: Work, _order_id: int, n: int, _m: int) -> None:
    """The catalogue becomes dearer after the customer agreed."""
    for part in work.db.exec(select(Part)):
        part.price += n % 10
        work.db.add(part)


def _payer(work: Work, order_id: int, n: int, m: int) -> object:
    job = work.db.exec(select(OrderJob.id).where(OrderJob.order_id == order_id)).one()
    return set_payer(work, order_id, order_job_id=job, payer=list(Payer)[n % len(Payer)], percent=(100, 50, 33)[m % 3])


def _cash(work: Work, _order_id: int, n: int, m: int) -> object:
    kind = (DrawerKind.PAID_IN, DrawerKind.PAID_OUT, DrawerKind.BANKED)[m % 3]
    return drawer_hand.move_cash(work, kind, amount=_amount(work, D(20), n), reason="Change")


def _close_drawer(work: Work, _order_id: int, n: int, m: int) -> object:
    drawer = current(work)
    if drawer is None:
        return cash_drawer.open_drawer(
            work, cash_drawer.float_proposed(work) if m % 2 else D(50), reason="" if m % 3 else "Safe"
        )
    counted = cash_in(work, drawer.id) + (n % 3 - 1) * coin(work.garage.currency)
    return cash_drawer.close_drawer(work, counted=counted, reason="" if m % 2 else "Miscounted")


def _gate(work: Work, order_id: int, _n: int, _m: int) -> object:
    found = work.db.exec(select(ExitPass.number).where(ExitPass.order_id == order_id)).first()
    return exit_passes.check_out(work, found or "X0")


STEPS: dict[str, Step] = {
    "bill": _bill,
    "pay": _pay,
    "pay_several": _pay_several,
    "deposit": _deposit,
    "refund": _refund,
    "reverse": _reverse,
    "credit_note": _credit_note,
    "discount": _discount,
    "answer_discount": _answer_discount,
    "excess": _excess,
    "dearer": _dearer,
    "payer": _payer,
    "cash": _cash,
    "drawer": _close_drawer,
    "on_account": lambda w, o, n, m: payments.on_account(w, o),
    "credit": lambda w, o, n, m: payments.credit(w, o, reason="Regular customer"),
    "pass_out": lambda w, o, n, m: exit_passes.pass_out(w, o),
    "gate": _gate,
    "deliver": lambda w, o, n, m: handover.deliver(w, o),
    "close": lambda w, o, n, m: handover.close(w, o),
    "reopen": lambda w, o, n, m: handover.reopen(w, o, reason="Wrong sum"),
}
ROLES = {
    "pay": Role.CASHIER,
    "pay_several": Role.CASHIER,
    "discount": Role.ADVISOR,
    "reverse": Role.CASHIER,
    "bill": Role.CASHIER,
}
