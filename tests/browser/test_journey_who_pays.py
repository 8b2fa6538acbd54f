"""Repairs that somebody else pays for: an accident with a deposit and an excess, and a warranty job with nothing to pay. From the
ready car over the counter and the gate to the last coin of the claim."""

from decimal import Decimal

import pytest

from db.enums import Payer, PaymentMethod
from db.enums_money import ClaimRejection, ClaimStatus
from db.enums_reception import ClaimPaper
from db.models import ClaimReceipt, ExitPass, PayerClaim, Payment, Statement, StatementShare
from tests.browser import bills, counter
from tests.browser.conftest import PORTRAIT, Hand
from tests.browser.garage import House

pytestmark = pytest.mark.browser
D = Decimal


def test_an_accident_with_a_deposit_the_excess_and_an_insurer_who_cuts(hand: Hand, house: House) -> None:
    order_id = bills.accident(house, "LN70 BUM")
    tablet = hand("zh_CN", PORTRAIT)
    bills.take_deposit(tablet, order_id, "250", by="Cass Cashier")
    counter.check_and_tell(tablet, order_id, by="Ada Advisor")
    tablet.sign_in("Cass Cashier", "/delivery")
    tablet.tap(f"bill_ready_{order_id}")
    tablet.tap(f"bill_{order_id}")
    statement = house.one(Statement, order_id=order_id)
    shares = {row.payer: row.total for row in house.rows(StatementShare, statement_id=statement.id)}
    assert shares == {Payer.CUSTOMER: D("302.75"), Payer.INSURER: D(1000)}
    assert (statement.total, statement.net + statement.tax) == (D("1302.75"), D("1302.75"))
    tablet.press(f"pay_method_{order_id}", tablet.say(PaymentMethod.CARD.label))
    tablet.tap(f"pay_{order_id}")  # what is left stands there already
    assert [row.amount for row in house.rows(Payment, order_id=order_id)] == [D(250), D("52.75")]
    tablet.tap(f"pass_out_{order_id}")
    counter.hand_over(tablet, order_id, by="Ada Advisor")
    bills.let_out(tablet, order_id, by="Ada Advisor")

    claim = bills.open_claim(tablet, order_id, by="Max Manager")
    assert (claim.asked, claim.payer_name) == (D(1000), "Northern Mutual")
    bills.cannot_hand_in(tablet, claim, "It cannot be handed in yet: {gaps}.")
    tablet.choose(f"paper_{next(iter(ClaimPaper))}_{order_id}_None", 0)
    bills.hand_in(tablet, claim)
    tablet.choose(f"claim_answer_{claim.id}", 1)
    tablet.type(f"claim_approved_{claim.id}", "940")
    tablet.press(f"claim_why_{claim.id}", tablet.say(ClaimRejection.TIME.label))
    tablet.tap(f"claim_cut_{claim.id}")
    bills.stands(tablet, claim, ClaimStatus.SHORT)
    tablet.tap(f"claim_receive_{claim.id}")
    bills.stands(tablet, claim, ClaimStatus.PAID)
    assert [row.amount for row in house.rows(ClaimReceipt, claim_id=claim.id)] == [D(940)]


def test_a_warranty_job_leaves_without_a_payment_and_is_claimed_line_by_line(hand: Hand, house: House) -> None:
    order_id = bills.warranty(house, "GU19 PMP")
    tablet = hand("en")
    counter.check_and_tell(tablet, order_id, by="Ada Advisor")
    tablet.sign_in("Cass Cashier", "/delivery")
    tablet.tap(f"bill_ready_{order_id}")
    tablet.tap(f"bill_{order_id}")
    statement = house.one(Statement, order_id=order_id)
    assert (statement.total, statement.customer_share) == (D(230), D(0))
    tablet.tap(f"pass_out_{order_id}")  # nothing is owed
    assert (house.rows(Payment, order_id=order_id), len(house.rows(ExitPass, order_id=order_id))) == ([], 1)
    counter.hand_over(tablet, order_id, by="Ada Advisor")
    bills.let_out(tablet, order_id, by="Max Manager")

    assert sum(row.asked for row in house.rows(PayerClaim, order_id=order_id)) == D(230)
    claim = bills.open_claim(tablet, order_id, by="Max Manager")
    bills.cannot_hand_in(tablet, claim, "The cause is not written down yet.")
    bills.write(tablet, claim, "failure", "Coolant on the floor")
    bills.write(tablet, claim, "cause", "Shaft seal leaks")
    bills.hand_in(tablet, claim)
    tablet.tap(f"claim_approve_{claim.id}")
    tablet.tap(f"claim_receive_{claim.id}")
    bills.stands(tablet, claim, ClaimStatus.PAID)
    assert [row.amount for row in house.rows(ClaimReceipt, claim_id=claim.id)] == [claim.asked]
    left = [row for row in house.rows(PayerClaim, order_id=order_id) if row.status == ClaimStatus.OPEN]
    assert len(left) == 1  # the other line is claimed by itself
