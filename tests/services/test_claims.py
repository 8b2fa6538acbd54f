"""An accident repair with an insurer: written down by several people, agreed by three parties, shared to the coin."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import select

from db.enums import Answer, ConsentMethod, LineKind, Payer, Role
from db.enums_reception import ClaimPaper, ClaimParty
from db.models import ClaimSupplement, Event, Garage, InsuranceClaim, OrderLine
from services import claim_agreement, claim_supplements, claims, orders
from services.boards import order_card
from services.claim_agreement import NoInsurer, NotAssessed
from services.claim_shares import NoAccidentWork, insurer_pays_all, too_much
from services.claim_state import gaps, papers_missing
from services.claims import AlreadyBilled, AssessedBefore, ClaimInUse, NotYetHappened
from services.consents import approve
from services.delivery import check_delivery
from services.estimates import by_payer
from services.money import coin
from services.order_lines import NotExact
from services.order_moves import ORDERS
from services.order_refusals import ClaimNotAgreed
from services.refusals import Missing, NotAllowed, NotNow, OutOfRange, ReasonMissing, Refusal, Stale
from services.settlement import bill
from services.work import Work, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, SERVICE, make_ready
from tests.factories import MONDAY_9, as_name, as_role
from tests.services.reception import PRICE, approved, estimated, received

SUM, EXCESS = Decimal(2400), Decimal(300)


@pytest.fixture
def desk(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def write(work: Work, order_id: int, **values: Any) -> InsuranceClaim:
    """Fields of the claim, one after the other, as one tablet does."""
    claim = claims.claim_of(work, order_id) or claims.open_claim(work, order_id)
    for name, value in values.items():
        claim = claims.set_field(work, order_id, name, value, was=getattr(claim, name))
    return claim


def assessed(work: Work, order_id: int) -> InsuranceClaim:
    return write(work, order_id, insurer="Northern Mutual", claim_number="C-1", happened_at=MONDAY_9 - timedelta(days=2),
                 story="Hit a post", assessor="Ms Wren", assessed_sum=SUM, excess=EXCESS)  # fmt: skip


def all_three(work: Work, order_id: int) -> InsuranceClaim:
    words = [
        claim_agreement.agree(work, order_id, party=one, name=f"{one} says", seen=(SUM, EXCESS)) for one in ClaimParty
    ]
    return words[-1]


def missing(work: Work, order_id: int) -> list[str]:
    return [gap.label for gap in gaps(facts_of(work, ORDERS, order_id))]


def test_what_is_missing_is_said_until_it_is_there(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        order = received(work, jobs=(2,))
        assert missing(work, order.id) == []
        claims.open_claim(work, order.id)
        assert missing(work, order.id) == [
            "insurer missing", "claim number missing", "time of the accident missing", "what happened is missing",
            "loss assessor missing", "damage not assessed yet", "no work is paid by the insurer yet", "claim papers missing",
        ]  # fmt: skip
        assessed(work, order.id)
        assert missing(work, order.id)[:3] == [f"{who} has yet to agree" for who in ("customer", "insurer", "garage")]
        all_three(work, order.id)
        insurer_pays_all(work, order.id)
        assert missing(work, order.id) == ["claim papers missing"]
        for number, paper in enumerate(ClaimPaper):
            claim_agreement.set_paper(work, order.id, paper=paper, here=bool(number % 2))
        assert missing(work, order.id) == []
        claim = claim_agreement.set_paper(work, order.id, paper=ClaimPaper.POLICY, here=None)
        assert papers_missing(claim) == [ClaimPaper.POLICY]
        card = order_card(work, order.id)
        assert card
        assert [text for text, _, _ in card.flags] == ["accident repair", "claim papers missing"]


def test_two_people_fill_in_different_fields_but_not_the_same_one(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        order_id = received(work).id
        claims.open_claim(work, order_id)
    with unit_of_work(as_name(desk, "Max Manager")) as work:
        claims.set_field(work, order_id, "insurer", "Northern Mutual", was="")
    with unit_of_work(desk) as work:
        claims.set_field(work, order_id, "claim_number", "C-1", was="")
        claims.set_field(work, order_id, "insurer", "Northern  Mutual ", was="")  # the same, typed by both
    with pytest.raises(Stale) as refusal, unit_of_work(desk) as work:
        claims.set_field(work, order_id, "insurer", "Southern Mutual", was="")
    assert refusal.value.params["name"] in ("Max Manager", "Ada Advisor")
    with unit_of_work(desk) as work:
        claim = claims.claim_of(work, order_id)
        assert claim
        assert (claim.insurer, claim.claim_number) == ("Northern Mutual", "C-1")
        with pytest.raises(NotNow):
            claims.open_claim(work, order_id)
        assert claims.recent_insurers(work) == ["Northern Mutual"]


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("happened_at", MONDAY_9 + timedelta(minutes=1), NotYetHappened),
        ("assessed_at", MONDAY_9 - timedelta(days=3), AssessedBefore),
        ("assessed_sum", Decimal(-1), OutOfRange),
        ("assessed_sum", Decimal("1.005"), NotExact),
        ("excess", Decimal(1_000_001), OutOfRange),
    ],
)
def test_what_cannot_be_is_refused(desk: Workspace, field: str, value: Any, refusal: type[Refusal]) -> None:
    with unit_of_work(desk) as work:
        order_id = received(work).id
        assessed(work, order_id)
    with pytest.raises(refusal), unit_of_work(desk) as work:
        write(work, order_id, **{field: value})


def test_the_three_parties_agree_to_sums_they_saw_and_are_asked_anew_when_these_change(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        order_id = received(work).id
        claims.open_claim(work, order_id)
        seen = (SUM, EXCESS)
        with pytest.raises(NotAssessed):
            claim_agreement.agree(work, order_id, party=ClaimParty.CUSTOMER, name="Grace", seen=seen)
        write(work, order_id, assessed_sum=SUM, excess=EXCESS)
        with pytest.raises(NoInsurer):
            claim_agreement.agree(work, order_id, party=ClaimParty.INSURER, name="Ms Wren", seen=seen)
        with pytest.raises(Missing):
            claim_agreement.agree(work, order_id, party=ClaimParty.GARAGE, name=" ", seen=seen)
        assessed(work, order_id)
        claim = all_three(work, order_id)
        assert claim.agreed["insurer"]["name"] == "insurer says"
        with pytest.raises(NotNow):
            claim_agreement.agree(work, order_id, party=ClaimParty.INSURER, name="Ms Wren", seen=seen)
        assert write(work, order_id, story="Hit a wall").agreed == claim.agreed
        assert write(work, order_id, excess=Decimal(0)).agreed == {}
        with pytest.raises(Stale):
            claim_agreement.agree(work, order_id, party=ClaimParty.CUSTOMER, name="Grace", seen=seen)


def test_work_an_insurer_pays_begins_only_when_all_agreed_or_for_a_reason(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        order_id = approved(work, jobs=(2,)).id
        assert not _claim_blocks(work, order_id)
        assessed(work, order_id)
        assert not _claim_blocks(work, order_id)  # the customer pays it all, and has signed for it
        insurer_pays_all(work, order_id)
        assert _claim_blocks(work, order_id)
        with pytest.raises(ReasonMissing):
            claim_agreement.begin_alone(work, order_id, reason=" ")
    with unit_of_work(ws) as work:
        claim_agreement.begin_alone(work, order_id, reason="Taken apart for the assessment")
        assert not _claim_blocks(work, order_id)
        with pytest.raises(NotNow):
            claim_agreement.begin_alone(work, order_id, reason="Again")
        write(work, order_id, excess=Decimal(100))
        assert _claim_blocks(work, order_id)
        for party in ClaimParty:
            claim_agreement.agree(work, order_id, party=party, name="x", seen=(SUM, Decimal(100)))
        assert not _claim_blocks(work, order_id)


def _claim_blocks(work: Work, order_id: int) -> bool:
    return any(
        isinstance(one, ClaimNotAgreed) for one in ORDERS.move("dispatch").blockers(facts_of(work, ORDERS, order_id))
    )


def test_more_damage_is_asked_for_in_the_workshop_and_answered_once(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        order_id = approved(work).id
        claim_id = assessed(work, order_id).id
    with unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        with pytest.raises(ReasonMissing):
            claim_supplements.ask_more(work, order_id, reason="", amount=Decimal(1))
        with pytest.raises(OutOfRange):
            claim_supplements.ask_more(work, order_id, reason="Bent rail", amount=Decimal(0))
        key = claim_supplements.ask_more(work, order_id, reason="Bent rail", amount=Decimal("350.50")).id
        assert "more damage not answered" in missing(work, order_id)
        with pytest.raises(NotAllowed):
            claim_supplements.answer_more(work, order_id, supplement_id=key, agreed=Decimal(1), name="Ms Wren")
    with unit_of_work(ws) as work:
        with pytest.raises(OutOfRange):
            claim_supplements.answer_more(work, order_id, supplement_id=key, agreed=Decimal(400), name="Ms Wren")
        claim_supplements.answer_more(work, order_id, supplement_id=key, agreed=Decimal(300), name="Ms Wren")
        with pytest.raises(NotNow):
            claim_supplements.answer_more(work, order_id, supplement_id=key, agreed=Decimal(0), name="Ms Wren")
        assert claim_supplements.agreed_on_top(work, claim_id) == 300
        assert facts_of(work, ORDERS, order_id).supplements_open == 0


def test_what_goes_beyond_the_assessment_is_told(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        order_id = received(work, jobs=(1, 2)).id
        write(work, order_id, assessed_sum=Decimal(100))
        insurer_pays_all(work, order_id)
        facts = facts_of(work, ORDERS, order_id)
        assert [line.payer for line in facts.lines] == [
            *[Payer.CUSTOMER] * 2,
            *[Payer.INSURER] * 2,
        ]  # routine service stays
        assert too_much(facts, work.garage, Decimal(0)) == 138 - 100
        assert too_much(facts, work.garage, Decimal(38)) == 0


def test_routine_service_alone_is_nothing_for_an_insurer(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        order_id = received(work).id
        claims.open_claim(work, order_id)
        with pytest.raises(NoAccidentWork):
            insurer_pays_all(work, order_id)


def test_a_claim_opened_by_mistake_goes_again_but_not_one_in_use(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        order_id = received(work).id
        claims.open_claim(work, order_id)
        claims.drop_claim(work, order_id)
        assert claims.claim_of(work, order_id) is None
        write(work, order_id, insurer="Northern Mutual")
        with pytest.raises(ClaimInUse):
            claims.drop_claim(work, order_id)


def test_the_excess_is_on_the_customers_statement_and_stays_once_billed(ws: Workspace) -> None:
    insured = tuple((*line[:4], Payer.INSURER, line[5]) for line in SERVICE)
    order_id = make_ready(ws, insured)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        write(work, order_id, assessed_sum=Decimal(200), excess=Decimal(30))
        check_delivery(work, order_id, items=EVERYTHING)
        with pytest.raises(ClaimNotAgreed):  # nobody has agreed to these sums
            bill(work, order_id)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        claim_agreement.begin_alone(work, order_id, reason="Agreed by phone, papers follow")
        statement = bill(work, order_id)
        assert (statement.total, statement.customer_share) == (PRICE, Decimal(30))
    with pytest.raises(AlreadyBilled), unit_of_work(ws) as work:
        write(work, order_id, excess=Decimal(0))


def lines() -> some.SearchStrategy[Any]:
    return some.lists(
        some.tuples(some.integers(0, 10**7), some.sampled_from(list(Payer)), some.integers(1, 100)),
        min_size=1,
        max_size=6,
    )


@settings(max_examples=60, deadline=None)
@given(priced=lines(), excess=some.integers(0, 10**8), currency=some.sampled_from(["CNY", "JPY", "KWD"]),
       tax=some.integers(0, 25), included=some.booleans())  # fmt: skip
def test_shares_add_up_to_the_coin(priced: Any, excess: int, currency: str, tax: int, included: bool) -> None:
    garage = Garage(
        name="x", zone="UTC", language="en", currency=currency, tax_percent=Decimal(tax), tax_included=included
    )
    smallest = coin(currency)
    rows = [OrderLine(order_id=1, order_job_id=1, kind=LineKind.FEE, title="x", unit_price=price * smallest, payer=payer,
                      payer_percent=percent, answer=Answer.AGREED) for price, payer, percent in priced]  # fmt: skip
    plain, shared = by_payer(rows, garage), by_payer(rows, garage, excess * smallest)
    for name in ("net", "tax", "total"):
        assert sum(getattr(one, name) for one in plain.values()) == sum(getattr(one, name) for one in shared.values())
    moved = min(excess * smallest, plain[Payer.INSURER].total) if Payer.INSURER in plain else 0
    own = shared[Payer.CUSTOMER].total if Payer.CUSTOMER in shared else 0
    assert own == (plain[Payer.CUSTOMER].total if Payer.CUSTOMER in plain else 0) + moved
    for one in shared.values():
        assert one.net + one.tax == one.total
        assert min(one.net, one.tax, one.total) >= 0
        assert all(part % smallest == 0 for part in (one.net, one.tax, one.total))


def test_every_act_on_a_claim_is_in_the_cars_history(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        order_id = received(work).id
        assessed(work, order_id)
        claim_supplements.ask_more(work, order_id, reason="Bent rail", amount=Decimal(10))
        done = work.db.exec(
            select(Event.action).where(Event.subject == "work_order", Event.subject_id == order_id)
        ).all()
        assert done[-9:] == ["open_claim", *["claim"] * 7, "supplement"]
        assert work.db.exec(select(ClaimSupplement.by_id)).one() == 1


def test_an_excess_changed_while_the_customer_reads_is_another_version(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        order = estimated(work)
        write(work, order.id, insurer="Northern Mutual")
        assert order.estimate_version == 1
        write(work, order.id, excess=EXCESS)
        assert order.estimate_version == 2
        with pytest.raises(Stale):
            approve(work, order.id, answers={}, method=ConsentMethod.PHONE, person="Grace Field", version=1)
        orders.revise(work, order.id)
        write(work, order.id, excess=SUM)
        assert orders.request_approval(work, order.id).estimate_version == 3
