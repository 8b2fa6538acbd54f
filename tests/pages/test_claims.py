"""Recalls and accident repairs on the screen: told, answered, filled in, imported, in both languages."""

from decimal import Decimal

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Payer, Role
from db.enums_desk import CampaignKind
from db.enums_reception import ClaimPaper
from db.models import Campaign, CampaignAnswer, ClaimSupplement, InsuranceClaim, OrderJob, OrderLine
from services import claims
from services.claim_state import Part
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_campaign
from tests.pages.conftest import App
from tests.services.reception import approved, received
from tests.services.test_claims import assessed

BOTH = pytest.mark.parametrize("language", ["en", "zh_CN"])
LIST = b"Code,Title,Make,Year from,VIN\nR9,Belt,Ford,2015,\nR9,,Ford,20x5,\nR8,Hood,,,WF0AXXGCDAJR12345\n"


def tapped(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


@BOTH
def test_a_recall_is_accepted_and_a_campaign_declined_with_taps(app: App, garage: Workspace, language: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        recall = make_campaign(work, job_id=2)
        offer = make_campaign(work, code="C1", kind=CampaignKind.CAMPAIGN, title="*Winter*")
        order_id = received(work).id
    at = app("reception", Role.ADVISOR, language, order=order_id, step="known")
    tapped(at, f"recall_yes_{recall.id}")
    tapped(at, f"recall_why_{offer.id}_0")
    assert not at.error
    assert not [one for one in at.button if one.key == f"recall_yes_{recall.id}"]
    with reading(garage) as work:
        said = work.db.exec(select(CampaignAnswer).order_by(CampaignAnswer.campaign_id)).all()  # type: ignore[arg-type]
        assert [(one.accepted, one.reason) for one in said] == [(True, ""), (False, "No time today")]
        assert len(work.db.exec(select(OrderJob)).all()) == 2


@BOTH
def test_an_accident_is_opened_filled_in_agreed_and_shared(app: App, garage: Workspace, language: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        order_id = received(work, jobs=(2,)).id
        before = received(work, plate="BB22 BBB").id
        claims.open_claim(work, before)
        claims.set_field(work, before, "insurer", "Northern Mutual", was="")
    at = app("reception", Role.ADVISOR, language, order=order_id, step="known")
    tapped(at, f"open_claim_{order_id}")
    tapped(at, "next_known")
    recent = next(one for one in at.button_group if str(one.key).endswith("_recent"))
    recent.set_value("Northern Mutual").run()
    next(one for one in at.text_input if str(one.key).startswith("claim_claim_number")).set_value("C-1").run()
    at.button_group(key=f"claim_part_{order_id}").set_value(Part.ASSESSMENT).run()
    next(one for one in at.number_input if str(one.key).startswith("claim_assessed_sum")).set_value(500.0).run()
    next(one for one in at.number_input if str(one.key).startswith("claim_excess")).set_value(50.0).run()
    for party in ("customer", "garage"):
        tapped(at, f"agree_{party}_{order_id}")
    tapped(at, f"agree_insurer_{order_id}")
    assert len(at.error) == 1  # nobody's name
    at.text_input(key=f"agrees_insurer_{order_id}").set_value("Ms Wren").run()
    tapped(at, f"agree_insurer_{order_id}")
    at.button_group(key=f"claim_part_{order_id}").set_value(Part.SHARES).run()
    tapped(at, f"insurer_all_{order_id}")
    at.button_group(key=f"claim_part_{order_id}").set_value(Part.PAPERS).run()
    at.button_group(key=f"paper_notice_{order_id}_None").set_value(True).run()
    assert not at.exception
    with reading(garage) as work:
        claim = work.db.exec(select(InsuranceClaim).where(InsuranceClaim.order_id == order_id)).one()
        assert (claim.insurer, claim.claim_number) == ("Northern Mutual", "C-1")
        assert (claim.assessed_sum, claim.excess) == (Decimal(500), Decimal(50))
        assert set(claim.agreed) == {"customer", "insurer", "garage"}
        assert list(claim.papers) == [ClaimPaper.NOTICE]
        assert set(work.db.exec(select(OrderLine.payer).where(OrderLine.order_id == order_id))) == {Payer.INSURER}


@BOTH
def test_more_damage_is_asked_and_answered_on_the_record(app: App, garage: Workspace, language: str) -> None:
    with unit_of_work(garage) as work:
        order_id = approved(work).id
        assessed(work, order_id)
    at = app("reception", Role.ADVISOR, language, order=order_id)
    tapped(at, "full_record")
    at.button_group(key=f"section_{order_id}").set_value("claim").run()
    at.button_group(key=f"claim_part_{order_id}").set_value(Part.SUPPLEMENT).run()
    at.text_input(key=f"more_reason_{order_id}").set_value("Bent rail")
    at.number_input(key=f"more_amount_{order_id}").set_value(350.0)
    tapped(at, f"more_ask_{order_id}")
    tapped(at, "more_check_1")
    with reading(garage) as work:
        row = work.db.exec(select(ClaimSupplement)).one()
        assert (row.reason, row.amount, row.agreed_sum, row.answered_by) == (
            "Bent rail",
            Decimal(350),
            Decimal(350),
            "Ms Wren",
        )


@BOTH
def test_a_list_of_recalls_is_brought_in_and_its_bad_rows_are_told(app: App, garage: Workspace, language: str) -> None:
    at = app("settings", Role.MANAGER, language, section="campaigns")
    tapped(at, "campaign_import")
    at.file_uploader(key="recall_file").set_value(("list.csv", LIST, "text/csv")).run()
    assert [one.value for one in at.metric] == ["3", "2", "1"]
    tapped(at, "recall_go")
    assert len(at.success) == 1
    with reading(garage) as work:
        assert sorted(work.db.exec(select(Campaign.code))) == ["R8", "R9"]
    at.text_input(key="campaign_search").set_value("belt").run()
    assert [one.key for one in at.button if str(one.key).startswith("campaign_change")] == ["campaign_change_1"]
