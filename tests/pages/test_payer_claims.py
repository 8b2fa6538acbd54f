"""The claims' screen: written up, handed in, answered, paid; the old part kept; figures; in both languages."""

from decimal import Decimal

import pytest
from sqlmodel import col, select

from db.enums import Role
from db.enums_money import ClaimRejection, ClaimStatus
from db.models import OldPart, PayerClaim
from services import old_parts
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.pages.conftest import App
from tests.services.test_payer_claims import make_claims


@pytest.fixture
def claims(garage: Workspace) -> list[int]:
    """Three claims of one repair, billed a moment ago."""
    return make_claims(garage)


def state(garage: Workspace, key: int) -> PayerClaim:
    with reading(garage) as work:
        return work.get(PayerClaim, key)


def test_a_claim_goes_from_its_cause_to_the_last_coin(app: App, garage: Workspace, claims: list[int]) -> None:
    key = claims[1]
    at = app("claims", Role.ADVISOR, claim=key)
    cause = next(field for field in at.text_area if (field.key or "").startswith("payer_claim_cause"))
    cause.set_value("").run()
    assert at.button(key=f"claim_send_{key}").disabled
    next(field for field in at.text_area if (field.key or "").startswith("payer_claim_cause")).set_value(
        "Bearing"
    ).run()
    at.button(key=f"claim_send_{key}").click().run()
    at.segmented_control(key=f"claim_answer_{key}").set_value("cut").run()
    at.number_input(key=f"claim_approved_{key}").set_value(100.5)
    at.pills(key=f"claim_why_{key}").set_value(ClaimRejection.PRICE).run()
    at.button(key=f"claim_cut_{key}").click().run()
    assert not at.exception
    row = state(garage, key)
    assert (row.cause, row.status, row.approved) == ("Bearing", ClaimStatus.SHORT, Decimal("100.5"))
    bank = app("claims", Role.CASHIER, claim=key)
    bank.number_input(key=f"claim_amount_{key}_0").set_value(60.0)
    bank.button(key=f"claim_receive_{key}").click().run()
    assert bank.number_input(key=f"claim_amount_{key}_60").value == 40.5  # what is left is proposed
    bank.button(key=f"claim_receive_{key}").click().run()
    assert not bank.exception
    assert state(garage, key).status == ClaimStatus.PAID


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_part_of_the_screen_opens(app: App, garage: Workspace, claims: list[int], language: str) -> None:
    with unit_of_work(as_role(garage, Role.PARTS_CLERK)) as work:
        row = work.get(PayerClaim, claims[1])
        old_parts.keep(work, row.order_id, title=row.title, place="W-03", line_id=row.line_id)
    work_section = app("workshop", Role.MANAGER, language, order=state(garage, claims[1]).order_id)
    work_section.segmented_control[0].set_value("work").run()
    coolant = state(garage, claims[2]).line_id
    work_section.selectbox(key=f"aside_place_{coolant}").set_value("W-03").run()
    work_section.button(key=f"aside_do_{coolant}").click().run()
    with reading(garage) as work:
        assert [row.title for row in work.db.exec(select(OldPart).order_by(col(OldPart.id)))] == [
            "Water pump",
            "Coolant",
        ]
    at = app("claims", Role.MANAGER, language)
    assert [b.key for b in at.button if (b.key or "").startswith("open_claim_")] == [
        f"open_claim_{key}" for key in claims
    ]
    at.segmented_control(key="claims_screen").set_value("old_parts").run()
    with reading(garage) as work:
        old = work.db.exec(select(OldPart.id).order_by(col(OldPart.id))).first()
    at.button(key=f"old_send_{old}").click().run()
    at.segmented_control(key="claims_screen").set_value("figures").run()
    assert not at.exception
    assert "3" in at.metric[0].delta
    record = app("claims", Role.MANAGER, language, claim=claims[1])
    assert not record.exception
    assert not record.button(key=f"other_claim_{claims[0]}").disabled
