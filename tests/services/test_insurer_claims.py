"""What an insurer owes of a repair: claimed with the statement, complete before it is handed in, its difference settled."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from db.enums import Answer, Channel, ConsentMethod, LineKind, OrderStatus, Payer, PaymentMethod, Role
from db.enums_money import ClaimRejection, ClaimStatus
from db.enums_reception import ClaimPaper, ClaimParty
from db.models import FollowUp, PayerClaim, WorkOrder
from services import claim_agreement, claims
from services.claim_flow import send
from services.claim_money import approve, cut, receive, reject, write_off
from services.claim_moves import ClaimIncomplete
from services.delivery import check_delivery, tell
from services.exit_passes import pass_out
from services.handover import close, deliver
from services.insurer_claims import InsurerAgreedLess, claim_on
from services.insurer_difference import MoreThanRefused, charge_customer
from services.issued import standing_issued
from services.payments import pay
from services.refusals import Missing, NotAllowed, NotNow, WrongStatus
from services.settlement import bill, credit_note, owed, standing, statements
from services.statement_paper import paper_of
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, SERVICE, Priced, make_ready
from tests.factories import MONDAY_9, as_role
from tests.services import money_conditions as must

D = Decimal
BODY: tuple[Priced, ...] = (
    *SERVICE,
    (LineKind.LABOUR, "Rear bumper", "1", "900", Payer.INSURER, Answer.AGREED),
    (LineKind.PART, "Bumper", "1", "300", Payer.INSURER, Answer.AGREED),
)  # 102.75 of the customer, 1200 of the insurer
EXCESS, ASSESSED = D(200), D(1200)


def accident(ws: Workspace, assessed: Decimal = ASSESSED) -> int:
    """An accident repair that stands ready and checked, agreed by all three; its papers are not all here."""
    order_id = make_ready(ws, BODY)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        claim = claims.open_claim(work, order_id)
        for name, value in (("insurer", "Northern Mutual"), ("claim_number", "NM-77"), ("happened_at", MONDAY_9 - timedelta(3)),
                            ("story", "Hit from behind"), ("assessor", "Ms Wren"), ("assessed_sum", assessed),
                            ("excess", EXCESS)):  # fmt: skip
            claim = claims.set_field(work, order_id, name, value, was=getattr(claim, name))
        for party in ClaimParty:
            claim_agreement.agree(work, order_id, party=party, name="x", seen=(assessed, EXCESS))
        check_delivery(work, order_id, items=EVERYTHING)
    return order_id


def issued(ws: Workspace) -> tuple[int, int]:
    """The same with its statement; the order and the claim."""
    order_id = accident(ws)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        bill(work, order_id)
        return order_id, _claim(work, order_id).id


def handed_in(ws: Workspace) -> tuple[int, int]:
    """The same with every paper here or not needed, handed in."""
    order_id, claim_id = issued(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        for paper in ClaimPaper:
            claim_agreement.set_paper(work, order_id, paper=paper, here=paper != ClaimPaper.POLICY)
        send(work, claim_id)
    return order_id, claim_id


def _claim(work: Work, order_id: int) -> PayerClaim:
    found = claim_on(work, order_id)
    assert found
    return found


def test_the_statement_makes_one_claim_over_the_insurers_part_without_the_excess(ws: Workspace) -> None:
    order_id, claim_id = issued(ws)
    with reading(ws) as work:
        claim = _claim(work, order_id)
        assert (claim.asked, claim.payer_name, claim.reference, claim.title, claim.odometer_km, claim.status) == (
            D(1000), "Northern Mutual", "NM-77", "Oil service", 41250, ClaimStatus.OPEN,
        )  # fmt: skip
        assert claim.number.startswith("C2026-")
        assert owed(work, order_id) == D("102.75") + EXCESS
        statement = standing_issued(work, order_id)
        assert statement
        assert statement.excess == EXCESS
        pages = PdfReader(BytesIO(paper_of(work, statement.statement.id, language="en"))).pages
        assert "withtheexcessof£200.00" in "".join("".join(page.extract_text() for page in pages).split())
        assert [row.id for row in work.db.exec(select(PayerClaim))] == [claim_id]


def test_it_is_handed_in_only_with_every_paper(ws: Workspace) -> None:
    order_id, claim_id = issued(ws)
    with pytest.raises(ClaimIncomplete) as refused, unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        send(work, claim_id)
    assert refused.value.say("en") == "It cannot be handed in yet: claim papers missing."
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        for paper in ClaimPaper:
            claim_agreement.set_paper(work, order_id, paper=paper, here=True)
        assert send(work, claim_id).status == ClaimStatus.SENT


def test_an_insurer_who_agreed_to_less_is_asked_before_the_statement(ws: Workspace) -> None:
    order_id = accident(ws, assessed=D("1199.99"))
    with pytest.raises(InsurerAgreedLess) as refused, unit_of_work(as_role(ws, Role.CASHIER)) as work:
        bill(work, order_id)
    assert "£1,200.00" in refused.value.say("en")
    with reading(ws) as work:
        assert statements(work, order_id) == []
        assert claim_on(work, order_id) is None


def test_a_credit_note_takes_it_back_and_the_new_statement_asks_again_under_its_number(ws: Workspace) -> None:
    order_id, claim_id = handed_in(ws)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit_note(work, statements(work, order_id)[0].id, reason="Wrong address")
        assert _claim(work, order_id).status == ClaimStatus.TAKEN_BACK
        bill(work, order_id)
        again = _claim(work, order_id)
        assert (again.id, again.status, again.asked, again.sent_at) == (claim_id, ClaimStatus.OPEN, D(1000), None)


def test_what_the_insurer_cut_is_written_off_by_the_manager_and_the_customer_owes_no_more(ws: Workspace) -> None:
    order_id, claim_id = handed_in(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        cut(work, claim_id, approved=D(850), why=ClaimRejection.PRICE)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        write_off(work, claim_id, reason="Goodwill")
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        receive(work, claim_id, amount=D(850))
        claim = work.get(PayerClaim, claim_id)
        assert (claim.status, claim.asked - (claim.approved or 0)) == (ClaimStatus.PAID, D(150))
        assert owed(work, order_id) == D("302.75")


@pytest.mark.parametrize("paid_first", [False, True])
def test_the_customer_takes_the_difference_on_by_name_and_the_insurers_answer_stays(
    ws: Workspace, paid_first: bool
) -> None:
    order_id, claim_id = handed_in(ws)
    manager = as_role(ws, Role.MANAGER)
    with unit_of_work(manager) as work:
        pay(work, order_id, method=PaymentMethod.CARD, amount=D("302.75"))
        cut(work, claim_id, approved=D(850), why=ClaimRejection.PRICE)
        if paid_first:
            receive(work, claim_id, amount=D(850))
    said: dict[str, Any] = {"method": ConsentMethod.PHONE, "person": "Grace Field", "reason": "Better paint"}
    with pytest.raises(MoreThanRefused), unit_of_work(manager) as work:
        charge_customer(work, claim_id, amount=D("150.01"), **said)
    with pytest.raises(Missing), unit_of_work(manager) as work:
        charge_customer(work, claim_id, amount=D(150), **(said | {"person": " "}))
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        charge_customer(work, claim_id, amount=D(150), **said)
    with unit_of_work(manager) as work:
        charge_customer(work, claim_id, amount=D(150), **said)
    with reading(ws) as work:
        claim, issued_now = work.get(PayerClaim, claim_id), statements(work, order_id)
        stands = ClaimStatus.PAID if paid_first else ClaimStatus.APPROVED
        assert (claim.status, claim.asked, claim.approved) == (stands, D(850), D(850))
        assert [one.number for one in issued_now] == ["S2026-00001", "S2026-00002", "S2026-00003"]
        now = standing(issued_now)
        assert now
        assert now.customer_share == D("452.75")
        assert owed(work, order_id) == D(150)
        told = claims.claim_of(work, order_id)
        assert told
        assert (told.excess, told.agreed["customer"]["name"]) == (D(350), "Grace Field")
        must.all_hold(work, [order_id])
    with pytest.raises((NotNow, WrongStatus)), unit_of_work(manager) as work:
        charge_customer(work, claim_id, amount=D(1), **said)


def test_a_closed_order_is_opened_again_by_the_act_and_its_car_keeps_its_one_follow_up_call(ws: Workspace) -> None:
    order_id, claim_id = handed_in(ws)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        tell(work, order_id, channel=Channel.PHONE)
        pay(work, order_id, method=PaymentMethod.CARD, amount=D("302.75"))
        pass_out(work, order_id)
        deliver(work, order_id)
        close(work, order_id)
        cut(work, claim_id, approved=D(900), why=ClaimRejection.TIME)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        charge_customer(
            work, claim_id, amount=D(60), method=ConsentMethod.PHONE, person="Grace Field", reason="Half of it"
        )
        claim, order = work.get(PayerClaim, claim_id), work.get(WorkOrder, order_id)
        assert (claim.status, claim.asked, claim.approved) == (ClaimStatus.SHORT, D(940), D(900))
        assert (order.status, owed(work, order_id)) == (OrderStatus.DELIVERED, D(60))
        must.all_hold(work, [order_id])
        pay(work, order_id, method=PaymentMethod.CASH, amount=D(60))
        close(work, order_id)
        assert len(work.db.exec(select(FollowUp.id)).all()) == 1


def test_a_rejected_claim_is_paid_by_the_customer_who_agreed_and_answers_come_once(ws: Workspace) -> None:
    order_id, claim_id = handed_in(ws)
    manager = as_role(ws, Role.MANAGER)
    with unit_of_work(manager) as work:
        reject(work, claim_id, why=ClaimRejection.NOT_COVERED)
    with pytest.raises(WrongStatus), unit_of_work(manager) as work:
        approve(work, claim_id)
    with unit_of_work(manager) as work:
        charge_customer(
            work, claim_id, amount=D(1000), method=ConsentMethod.MESSAGE, person="Grace Field", reason="No cover"
        )
        assert owed(work, order_id) == D("1302.75")
        claim = work.get(PayerClaim, claim_id)
        assert (claim.status, claim.asked) == (ClaimStatus.REJECTED, D(0))
    with pytest.raises(NotNow), unit_of_work(manager) as work:
        charge_customer(work, claim_id, amount=D(1), method=ConsentMethod.PHONE, person="Grace Field", reason="Again")
