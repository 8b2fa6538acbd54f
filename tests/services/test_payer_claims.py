"""Claims against the manufacturer: made with the statement to the coin, handed in, answered, paid; taken back with it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import col, select

from db.enums import Answer, LineKind, Payer, Role
from db.enums_money import ClaimRejection, ClaimStatus, Difference, OldPartState
from db.models import ClaimReceipt, OrderJob, OrderLine, PayerClaim
from services import claim_fields, claim_flow, claim_money, old_parts
from services.claim_facts import load_claims
from services.claim_figures import claim_figures
from services.claim_list import ended, found, pressing, waiting
from services.claim_money import MoreThanApproved, MoreThanCame, NotCut
from services.claim_moves import CauseMissing
from services.indicators import Span
from services.money import coin
from services.old_part_list import places, stored
from services.old_parts import GoneAlready, KeptAlready, NobodyAsksForIt, StillClaimed
from services.order_moves import ORDERS
from services.refusals import NotAllowed, ReasonMissing, Refusal, Stale, WrongStatus
from services.settlement import bill, credit_note, statement_shares, statements
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import Priced, billed, make_ready, use_currency
from tests.factories import as_role

D = Decimal
WALKED = ("edit", "send", "approve", "cut", "reject", "receive", "return_money", "ask_again")
W, A = Payer.WARRANTY, Answer.AGREED
REPAIR: tuple[Priced, ...] = (
    (LineKind.LABOUR, "Water pump", "1.5", "60", W, A),
    (LineKind.PART, "Water pump", "1", "133.33", W, A),
    (LineKind.PART, "Coolant", "3", "7.77", W, A),
    (LineKind.PART, "Wiper blades", "1", "20", Payer.CUSTOMER, A),
)  # 90 + 133.33 + 23.31 = 246.64 for the warranty


def make_claims(ws: Workspace, lines: tuple[Priced, ...] = REPAIR) -> list[int]:
    """A repair under warranty, billed; the claims' ids."""
    order = make_ready(ws, lines)
    with unit_of_work(ws) as work:
        job = work.db.exec(select(OrderJob).where(OrderJob.order_id == order)).one()
        job.complaint, job.cause = "Loses coolant", "Seal worn"
    billed(ws, order)
    with reading(ws) as work:
        return list(work.db.exec(select(PayerClaim.id).order_by(col(PayerClaim.id))))


def claim(ws: Workspace, key: int) -> PayerClaim:
    with reading(ws) as work:
        return work.get(PayerClaim, key)


def clerk(ws: Workspace) -> Workspace:
    """Ada stands in for the warranty clerk, as in a small garage."""
    return as_role(ws, Role.ADVISOR)


def handed_in(ws: Workspace) -> int:
    first = make_claims(ws)[0]
    with unit_of_work(clerk(ws)) as work:
        claim_flow.send(work, first, reference="FORD-77")
    return first


def test_each_line_under_warranty_becomes_a_claim_and_together_they_are_the_warrantys_share(ws: Workspace) -> None:
    use_currency(ws, "GBP", "20", included=False)
    rows = [claim(ws, key) for key in make_claims(ws)]
    assert [(row.number, row.title, row.asked) for row in rows] == [
        ("C2026-00001", "Water pump", D("108.00")),
        ("C2026-00002", "Water pump", D("160.00")),
        ("C2026-00003", "Coolant", D("27.97")),
    ]  # 295.97 with 20 % on top of 246.64
    first = rows[0]
    assert (first.failure, first.cause, first.odometer_km, first.payer_name) == (
        "Loses coolant",
        "Seal worn",
        41250,
        "Ford",
    )
    assert first.limit_on == date(2026, 12, 23)
    with reading(ws) as work:
        [statement] = statements(work, first.order_id)
        assert sum(share.total for share in statement_shares(work, statement.id) if share.payer == W) == D("295.97")


@given(
    some.sampled_from(["GBP", "JPY", "KWD"]),
    some.lists(some.decimals(0, 9999, places=3), min_size=1, max_size=9),
    some.decimals(0, 99999, places=3),
)
def test_what_is_shared_out_adds_up_to_the_coin(currency: str, amounts: list[Decimal], total: Decimal) -> None:
    smallest = coin(currency)
    total = total.quantize(smallest)
    parts = claim_flow.shared_out(total, dict(enumerate(amounts)), currency)
    assert sum(parts.values()) == (total if sum(amounts) else 0)
    assert all(part >= 0 and part % smallest == 0 for part in parts.values())


def test_a_claim_is_handed_in_cut_and_paid_in_two_sums(ws: Workspace) -> None:
    key = handed_in(ws)
    with pytest.raises(NotCut), unit_of_work(clerk(ws)) as work:
        claim_money.cut(work, key, approved=D(90), why=ClaimRejection.TIME)
    with unit_of_work(clerk(ws)) as work:
        claim_money.cut(work, key, approved=D(70), why=ClaimRejection.TIME, reason="1.2 h")
    cashier = as_role(ws, Role.CASHIER)
    with unit_of_work(cashier) as work:
        claim_money.receive(work, key, amount=D(50))
    with pytest.raises(MoreThanApproved) as refused, unit_of_work(cashier) as work:
        claim_money.receive(work, key, amount=D("20.01"))
    assert "£20.00" in refused.value.say("en")
    with unit_of_work(cashier) as work:
        claim_money.receive(work, key, amount=D(20), reference="bank 4711")
    row = claim(ws, key)
    assert (row.status, row.reference, row.approved, row.rejection) == (
        ClaimStatus.PAID, "FORD-77", D(70), ClaimRejection.TIME,
    )  # fmt: skip
    with pytest.raises(WrongStatus), unit_of_work(cashier) as work:
        claim_money.receive(work, key, amount=D(1))
    with pytest.raises(MoreThanCame), unit_of_work(cashier) as work:
        claim_money.return_money(work, key, amount=D(71), reason="audit")
    with unit_of_work(cashier) as work:
        claim_money.return_money(work, key, amount=D(30), reason="audit")
        assert load_claims(work, [work.get(PayerClaim, key)])[key].due == D(30)
    assert claim(ws, key).status == ClaimStatus.SHORT
    with reading(ws) as work:
        came = work.db.exec(select(ClaimReceipt).order_by(col(ClaimReceipt.id)))
        assert [receipt.amount for receipt in came] == [D(50), D(20), D(-30)]


def test_a_rejected_claim_is_put_right_and_asked_again_or_given_up_by_the_manager(ws: Workspace) -> None:
    key = handed_in(ws)
    with pytest.raises(ReasonMissing), unit_of_work(clerk(ws)) as work:
        claim_money.reject(work, key, why=ClaimRejection.OTHER)
    with unit_of_work(clerk(ws)) as work:
        claim_money.reject(work, key, why=ClaimRejection.PAPERS)
    with unit_of_work(clerk(ws)) as work:
        claim_flow.ask_again(work, key, reason="Photo added")
        claim_flow.send(work, key)
        claim_money.reject(work, key, why=ClaimRejection.WEAR)
    with pytest.raises(NotAllowed), unit_of_work(clerk(ws)) as work:
        claim_money.write_off(work, key, reason="Wear")
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        claim_money.write_off(work, key, reason="Wear")
        assert claim_figures(work, Span(date(2026, 11, 1), date(2026, 11, 30))).all.refused == 1
        assert [one.claim.id for one in ended(work)] == [key]


def test_nothing_is_handed_in_without_cause_and_two_who_write_at_once_lose_nothing(ws: Workspace) -> None:
    key, other, _ = make_claims(ws)
    with unit_of_work(clerk(ws)) as work:
        claim_fields.set_field(work, key, "cause", "", was="Seal worn")
    with pytest.raises(CauseMissing), unit_of_work(clerk(ws)) as work:
        claim_flow.send(work, key)
    with pytest.raises(Stale), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        claim_fields.set_field(work, key, "cause", "Bearing", was="Seal worn")
    with unit_of_work(clerk(ws)) as work:
        claim_fields.set_field(work, key, "cause", "Bearing", was="")
        claim_fields.set_field(work, other, "failure", "Coolant on the drive", was="Loses coolant")
        claim_fields.set_field(work, key, "odometer_km", "41300", was=41250)
    row = claim(ws, other)  # what is written of one is written of all that said the same
    assert (row.cause, row.odometer_km, claim(ws, key).failure) == ("Bearing", 41300, "Coolant on the drive")
    with unit_of_work(clerk(ws)) as work:
        assert [one.id for one in claim_flow.send_all(work, (other, key))] == [key, other]
    with pytest.raises(WrongStatus), unit_of_work(clerk(ws)) as work:
        claim_fields.set_field(work, key, "cause", "Other", was="Bearing")


def test_a_credit_note_takes_claims_back_and_the_next_statement_asks_again_under_the_same_number(ws: Workspace) -> None:
    keys = make_claims(ws)
    order = claim(ws, keys[0]).order_id
    with unit_of_work(clerk(ws)) as work:
        for key in keys[:2]:
            claim_flow.send(work, key)
        claim_money.approve(work, keys[1])
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        claim_money.receive(work, keys[1], amount=D(100))
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit_note(work, statements(work, order)[0].id, reason="Wrong price")
    assert [claim(ws, key).status for key in keys] == [
        ClaimStatus.TAKEN_BACK, ClaimStatus.APPROVED, ClaimStatus.TAKEN_BACK,
    ]  # fmt: skip
    with unit_of_work(clerk(ws)) as work:
        pump = work.get(OrderLine, claim(ws, keys[0]).line_id)
        pump.quantity = D(1)
        work.get(OrderLine, claim(ws, keys[1]).line_id).discount = D("23.33")
    with unit_of_work(clerk(ws)) as work:
        bill(work, order, differences={pump.id: (Difference.LESS_USED, ""), pump.id + 1: (Difference.DISCOUNT, "")})
    assert [(claim(ws, key).status, claim(ws, key).asked, claim(ws, key).sent_at) for key in (keys[0], keys[2])] == [
        (ClaimStatus.OPEN, D(60), None), (ClaimStatus.OPEN, D("23.31"), None),
    ]  # fmt: skip
    kept = claim(ws, keys[1])  # money had come: it keeps its answer, and is worth what the new statement says
    assert (kept.status, kept.asked, kept.approved) == (ClaimStatus.APPROVED, D(110), D(110))
    with reading(ws) as work:
        assert len(work.db.exec(select(PayerClaim)).all()) == 3


def test_the_list_has_what_is_overdue_first_and_finds_by_plate_and_number(ws: Workspace) -> None:
    keys = make_claims(ws)
    with unit_of_work(clerk(ws)) as work:
        work.get(PayerClaim, keys[2]).limit_on = date(2026, 11, 20)
        claim_flow.send(work, keys[0])
    with reading(ws) as work:
        assert [one.claim.id for one in waiting(work)] == [keys[2], keys[1], keys[0]]
        assert [one.claim.id for one in pressing(work)] == [keys[2]]
        assert waiting(work)[0].days_left(date(2026, 11, 23)) == -3
        assert [one.claim.id for one in found(work, "c2026-00002")] == [keys[1]]
        assert len(found(work, "ab12")) == 3
        assert found(work, "nothing such") == []


def test_the_old_part_stays_until_the_claim_is_decided(ws: Workspace) -> None:
    order = make_ready(ws, REPAIR)
    keeper = as_role(ws, Role.PARTS_CLERK)
    with unit_of_work(keeper) as work:
        wanted = old_parts.to_keep(facts_of(work, ORDERS, order), [])
        assert [line.title for line in wanted] == ["Water pump", "Coolant"]
        pump = old_parts.keep(work, order, title="Water pump", place="W-03", line_id=wanted[0].id)
        wipers = old_parts.keep(work, order, title="Wiper blades", quantity=D(2), place="W-01")
    with pytest.raises(KeptAlready), unit_of_work(keeper) as work:
        old_parts.keep(work, order, title="Water pump", place="W-04", line_id=wanted[0].id)
    with pytest.raises(StillClaimed), unit_of_work(keeper) as work:
        old_parts.dispose(work, pump.id)
    with pytest.raises(NobodyAsksForIt), unit_of_work(keeper) as work:
        old_parts.send(work, wipers.id)
    billed(ws, order)
    with unit_of_work(keeper) as work:
        assert [row.title for row in old_parts.give_all(work, order)] == ["Wiper blades"]
        [left] = stored(work, "w-03")
        assert left.claim is not None
        assert (left.claimed, left.claim.number) == (True, "C2026-00002")
        assert places(work) == ["W-03"]
        old_parts.send(work, pump.id, note="Parcel 12")
    with pytest.raises(GoneAlready), unit_of_work(keeper) as work:
        old_parts.dispose(work, pump.id)
    with unit_of_work(keeper) as work:
        assert old_parts.take_again(work, pump.id, reason="Sent back").state == OldPartState.KEPT
        assert not stored(work)[0].may_go(date(2027, 2, 21))
        work.get(PayerClaim, left.claim.id).status = ClaimStatus.PAID
    with unit_of_work(keeper) as work:
        assert stored(work)[0].may_go(date(2027, 2, 21))
        assert old_parts.dispose(work, pump.id).state == OldPartState.SCRAPPED


@given(some.lists(some.tuples(some.sampled_from(WALKED), some.integers(1, 16)), min_size=8, max_size=25))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_tapped_no_more_comes_in_than_was_approved_nor_is_approved_than_was_asked(
    ws: Workspace, taps: list[tuple[str, int]]
) -> None:
    boss = as_role(ws, Role.MANAGER)
    with reading(ws) as work:
        known = work.db.exec(select(PayerClaim.id)).first()
    key = known or make_claims(ws)[0]
    for action, tenth in taps:
        with suppress(Refusal), unit_of_work(boss) as work:
            WALK[action](work, key, D(10) * tenth)
        with reading(ws) as work:
            row = work.get(PayerClaim, key)
            facts = load_claims(work, [row])[key]
            assert 0 <= facts.received <= (row.approved or 0) <= row.asked
            assert (row.status == ClaimStatus.PAID) == (
                row.ended_at is not None and facts.received == row.approved != 0
            )


WALK: dict[str, Callable[[Work, int, Decimal], object]] = {
    "edit": lambda work, key, amount: claim_fields.set_field(
        work, key, "cause", str(amount), was=claim_cause(work, key)
    ),
    "send": lambda work, key, _: claim_flow.send(work, key),
    "approve": lambda work, key, _: claim_money.approve(work, key),
    "cut": lambda work, key, amount: claim_money.cut(work, key, approved=amount, why=ClaimRejection.TIME),
    "reject": lambda work, key, _: claim_money.reject(work, key, why=ClaimRejection.WEAR),
    "receive": lambda work, key, amount: claim_money.receive(work, key, amount=amount),
    "return_money": lambda work, key, amount: claim_money.return_money(work, key, amount=amount, reason="audit"),
    "ask_again": lambda work, key, _: claim_flow.ask_again(work, key, reason="photo"),
}


def claim_cause(work: Work, key: int) -> str:
    return work.get(PayerClaim, key).cause
