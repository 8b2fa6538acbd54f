"""What people of a garage do about money beside the moves of one order, with arguments chosen at random. For the walks."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from sqlmodel import col, select

from db.enums import Channel, ConsentMethod
from db.enums_money import ClaimRejection, ClaimStatus, DrawerKind
from db.enums_reception import ClaimPaper
from db.models import Customer, Discount, ExitPass, InsuranceClaim, OldPart, OrderLine, PayerClaim
from services import (
    cash_drawer,
    claim_agreement,
    claim_fields,
    claim_flow,
    claim_money,
    discount_approvals,
    discounts,
    drawer_hand,
    exit_passes,
    insurer_difference,
    money_reminders,
    old_parts,
)
from services.claim_moves import CLAIMS
from services.drawer_rows import cash_in, current
from services.refusals import NotFound
from services.work import Work
from services.workflow import facts_of

HouseVerb = Callable[[Work, Random], object]


def one(work: Work, table: Any, by: Random, *where: Any) -> int:
    """The id of some row."""
    rows = work.db.exec(select(table.id).where(*where).order_by(table.id)).all()
    if not rows:
        raise NotFound
    return int(by.choice(list(rows)))


def drawer(work: Work, by: Random) -> object:
    """Counted and closed, at times a coin out; or opened again."""
    now = current(work)
    if now is None:
        return cash_drawer.open_drawer(work, cash_drawer.float_proposed(work))
    counted = cash_in(work, now.id) + by.choice((0, 0, 1, -1))
    return cash_drawer.close_drawer(work, counted=max(counted, Decimal(0)), reason=by.choice(("", "miscounted")))


def _cash(work: Work, by: Random) -> object:
    kind = by.choice((DrawerKind.PAID_IN, DrawerKind.PAID_OUT, DrawerKind.BANKED))
    return drawer_hand.move_cash(
        work, kind, amount=Decimal(by.choice((-1, 0, 5, 20, 5000))), reason=by.choice(("", "stamps"))
    )


def _discount(work: Work, by: Random) -> object:
    verb = by.choice(
        (discount_approvals.approve, discount_approvals.approve, discount_approvals.refuse, discounts.withdraw)
    )
    return verb(work, one(work, Discount, by))


def _gate(work: Work, by: Random) -> object:
    return exit_passes.check_out(work, work.get(ExitPass, one(work, ExitPass, by)).number)


def _hand_in(work: Work, by: Random) -> object:
    """With what the workshop left out; of an insurer's with every paper."""
    key = one(work, PayerClaim, by, PayerClaim.status == ClaimStatus.OPEN)
    claim = work.get(PayerClaim, key)
    for field in ("failure", "cause", "payer_name", "reference"):
        if not getattr(claim, field):
            claim_fields.set_field(work, key, field, "worn", was="")
    told = work.db.exec(select(InsuranceClaim).where(InsuranceClaim.order_id == claim.order_id)).first()
    for paper in ClaimPaper if told and by.random() < 0.7 else ():
        claim_agreement.set_paper(work, claim.order_id, paper=paper, here=True)
    return claim_flow.send(work, key)


def _answer(work: Work, by: Random) -> object:
    key = one(work, PayerClaim, by, PayerClaim.status == ClaimStatus.SENT)
    asked, why = work.get(PayerClaim, key).asked, by.choice(list(ClaimRejection))
    how = by.random()
    if how < 0.4:
        return claim_money.approve(work, key)
    if how < 0.8:
        part = (asked * by.randint(-10, 110) / 100).quantize(Decimal("0.01"))
        return claim_money.cut(work, key, approved=part, why=why, reason=by.choice(("", "too dear")))
    return claim_money.reject(work, key, why=why, reason=by.choice(("", "not covered")))


def _claim_money(work: Work, by: Random) -> object:
    key = one(work, PayerClaim, by, col(PayerClaim.approved).is_not(None))
    facts = facts_of(work, CLAIMS, key)
    if by.random() < 0.8:
        return claim_money.receive(work, key, amount=by.choice((facts.due, facts.due, Decimal(1), facts.due + 1)))
    return claim_money.return_money(work, key, amount=by.choice((facts.received, Decimal(1))), reason="sent twice")


def _claim_over(work: Work, by: Random) -> object:
    key = one(work, PayerClaim, by)
    if by.random() < 0.3:
        return claim_money.write_off(work, key, reason=by.choice(("", "too small")))
    if by.random() < 0.5:
        return claim_flow.ask_again(work, key, reason="with photos now")
    lost = facts_of(work, CLAIMS, key).lost
    return insurer_difference.charge_customer(
        work,
        key,
        amount=by.choice((lost, lost, Decimal(1), lost + 1)),
        method=ConsentMethod.PHONE,
        person="Grace Field",
        reason="agreed",
    )


def _keep(work: Work, by: Random) -> object:
    line = work.get(OrderLine, one(work, OrderLine, by))
    return old_parts.keep(work, line.order_id, title=line.title, place=by.choice(("", "W-03")), line_id=line.id)


def _old_part(work: Work, by: Random) -> object:
    verb = by.choice((old_parts.give, old_parts.send, old_parts.dispose))
    return verb(work, one(work, OldPart, by))


MONEY_HOUSE: dict[str, HouseVerb] = {
    "count and close the drawer, or open it": drawer,
    "move cash": _cash,
    "answer a discount": _discount,
    "let a car out": _gate,
    "hand in a claim": _hand_in,
    "a claim is answered": _answer,
    "money on a claim": _claim_money,
    "end a claim": _claim_over,
    "keep an old part": _keep,
    "an old part goes": _old_part,
    "remind of money owed": lambda w, by: money_reminders.remind(
        w, one(w, Customer, by), channel=Channel.PHONE, reached=by.random() < 0.8
    ),
}
