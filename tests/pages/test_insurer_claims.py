"""A claim on an insurer on the screen: its papers completed, handed in, cut, and the rest taken on by the customer."""

from decimal import Decimal

from db.enums import Role
from db.enums_money import ClaimRejection, ClaimStatus
from db.enums_reception import ClaimPaper
from db.models import PayerClaim
from services import claim_agreement
from services.claim_paper import claim_sheet_pdf
from services.settlement import owed
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.pages.conftest import App
from tests.services.test_insurer_claims import issued


def test_papers_come_in_on_the_claim_and_the_customer_takes_the_difference_on(app: App, garage: Workspace) -> None:
    order_id, key = issued(garage)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        for paper in list(ClaimPaper)[1:]:
            claim_agreement.set_paper(work, order_id, paper=paper, here=True)
    at = app("claims", Role.MANAGER, claim=key)
    assert not at.exception
    assert at.button(key=f"claim_send_{key}").disabled
    last = next(iter(ClaimPaper))
    at.segmented_control(key=f"paper_{last}_{order_id}_None").set_value(True).run()
    at.button(key=f"claim_send_{key}").click().run()
    at.segmented_control(key=f"claim_answer_{key}").set_value("cut").run()
    at.number_input(key=f"claim_approved_{key}").set_value(850.0)
    at.pills(key=f"claim_why_{key}").set_value(ClaimRejection.PRICE).run()
    at.button(key=f"claim_cut_{key}").click().run()
    at.session_state[f"claim_step_{key}"] = "charge_customer"
    at.run()
    assert at.number_input(key=f"charge_sum_{key}_150").value == 150.0
    at.text_input(key=f"charge_person_{key}").set_value("Grace Field")
    at.text_input(key=f"charge_reason_{key}").set_value("Better paint").run()
    at.button(key=f"charge_{key}").click().run()
    assert not at.exception
    assert [error.value for error in at.error] == []
    with reading(garage) as work:
        assert (work.get(PayerClaim, key).status, owed(work, order_id)) == (ClaimStatus.APPROVED, Decimal("452.75"))
        assert claim_sheet_pdf(work, key, language="zh_CN").startswith(b"%PDF")
