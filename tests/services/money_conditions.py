"""What must hold of all money at every moment, judged from the rows alone; the sums are reckoned here anew, not by the services."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Payer, PaymentMethod
from db.enums_money import ClaimStatus
from db.models import CashDrawer, ClaimReceipt, DrawerEntry, OrderLine, PayerClaim, Payment, Statement, WorkOrder
from services.balances import LEFT, open_balances
from services.work import Work
from tests.services.statement_conditions import Issued, issued_on, statements_hold, total, whole


def all_hold(work: Work, order_ids: Iterable[int] | None = None) -> None:
    """Every condition, for these orders or for all of them."""
    wanted = None if order_ids is None else set(order_ids)
    issued = issued_on(work, wanted)
    statements_hold(work, issued)
    _numbers_without_gaps(work)
    _payments_hold(work, wanted)
    _drawers_hold(work)
    _open_money_is_listed(work)
    _claims_hold(work, issued)


def _numbers_without_gaps(work: Work) -> None:
    """Statements, receipts and closings each count from one; payments made in one act share their number."""
    _counted(work.db.exec(select(Statement.number).order_by(col(Statement.id))).all())
    _counted(dict.fromkeys(work.db.exec(select(Payment.number).where(Payment.number != "").order_by(col(Payment.id)))))
    closed = select(CashDrawer.closing).where(col(CashDrawer.closing).is_not(None)).order_by(col(CashDrawer.closed_at))
    _counted([number or "" for number in work.db.exec(closed.order_by(col(CashDrawer.id)))])


def _counted(numbers: Iterable[str]) -> None:
    found = list(numbers)
    assert [int(number.split("-")[1]) for number in found] == list(range(1, len(found) + 1))


def _payments_hold(work: Work, wanted: set[int] | None) -> None:
    """What came in is whole coins, each mistake taken back once and whole; no order holds less than nothing."""
    rows = [one for one in work.db.exec(select(Payment)) if wanted is None or one.order_id in wanted]
    by_id, held = {one.id: one for one in rows}, defaultdict[int, Decimal](Decimal)
    reversed_ids = [one.reverses_id for one in rows if one.reverses_id]
    assert len(reversed_ids) == len(set(reversed_ids))
    for one in rows:
        held[one.order_id] += one.amount
        assert one.amount != 0
        assert whole(one.amount, work.garage.currency)
        assert one.change == (one.tendered - one.amount if one.tendered is not None else 0)
        assert one.change >= 0
        if one.reverses_id:
            assert (one.amount, one.method) == (-by_id[one.reverses_id].amount, by_id[one.reverses_id].method)
    assert all(amount >= 0 for amount in held.values())


def _drawers_hold(work: Work) -> None:
    """Every payment stands in one drawer with its sum; what a drawer should hold is the sum of its movements in cash."""
    entries = work.db.exec(select(DrawerEntry)).all()
    booked = {one.payment_id: one for one in entries if one.payment_id}
    payments = work.db.exec(select(Payment)).all()
    assert set(booked) == {one.id for one in payments}
    for one in payments:
        assert (booked[one.id].amount, booked[one.id].method) == (one.amount, one.method)
    cash = defaultdict[int, Decimal](Decimal)
    for entry in entries:
        if entry.method == PaymentMethod.CASH:
            cash[entry.drawer_id] += entry.amount
    drawers = work.db.exec(select(CashDrawer)).all()
    for drawer in drawers:
        if drawer.closed_at:
            assert drawer.expected == cash[drawer.id]
            assert drawer.counted is not None
            assert drawer.counted == drawer.expected or drawer.difference_reason
    assert sum(1 for drawer in drawers if drawer.closed_at is None) <= 1
    known = {drawer.id: drawer for drawer in drawers}
    for entry in entries:
        closed = known[entry.drawer_id].closed_at
        assert closed is None or entry.at <= closed


def _open_money_is_listed(work: Work) -> None:
    """Every car that has left with money open stands among the open balances with just that sum, and no settled one does."""
    balance = defaultdict[int, Decimal](Decimal)
    for statement in work.db.exec(select(Statement)):
        balance[statement.order_id] += statement.customer_share
    for payment in work.db.exec(select(Payment)):
        balance[payment.order_id] -= payment.amount
    listed = {row.order.id: row.owed for found in open_balances(work) for row in found.orders}
    left = set(work.db.exec(select(WorkOrder.id).where(col(WorkOrder.status).in_(LEFT))))
    assert {key: owed for key, owed in listed.items() if key in left} == {
        key: balance[key] for key in left if balance[key]
    }
    assert all(balance[key] == owed for key, owed in listed.items())


def _claims_hold(work: Work, issued: dict[int, Issued]) -> None:
    """Nobody is asked for more than their share, none pays more than they agreed to, none agrees to more than was asked."""
    came = defaultdict[int, Decimal](Decimal)
    for receipt in work.db.exec(select(ClaimReceipt)):
        came[receipt.claim_id] += receipt.amount
    credited = {one.head.reverses_id for one in issued.values()}
    orders = {one.head.order_id for one in issued.values()}
    claims = [one for one in work.db.exec(select(PayerClaim)) if one.order_id in orders]
    for claim in claims:
        assert came[claim.id] >= 0
        assert claim.approved is None or 0 <= claim.approved <= claim.asked
        if claim.status == ClaimStatus.PAID and not credited:
            assert came[claim.id] == claim.approved
    for one in issued.values():
        if one.head.reverses_id or one.head.id in credited:
            continue
        again = any(other.head.order_id == one.head.order_id and other.head.reverses_id for other in issued.values())
        for payer in (Payer.INSURER, Payer.WARRANTY):
            mine = [x for x in claims if x.order_id == one.head.order_id and x.payer == payer]
            asked = total(x.asked for x in mine if x.status != ClaimStatus.TAKEN_BACK)
            share = total(x.total for x in one.shares if x.payer == payer)
            assert asked == share or again


def agreed_lines_stand(work: Work, order_id: int) -> None:
    """No line is charged less than nothing, whatever was given away."""
    for line in work.db.exec(select(OrderLine).where(OrderLine.order_id == order_id)):
        assert 0 <= line.discount <= line.quantity * line.unit_price
