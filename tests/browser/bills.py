"""Cars that stand ready and are not paid for by their customers alone, put there as the workshop leaves them; the gate and the
claims afterwards."""

from datetime import timedelta
from decimal import Decimal

from playwright.sync_api import expect

from db.enums import Answer, LineKind, Payer, PaymentMethod, Role
from db.enums_money import ClaimStatus, PaymentKind
from db.enums_reception import ClaimPaper, ClaimParty
from db.models import ExitPass, PayerClaim, Payment, Vehicle, WorkOrder
from services import claim_agreement, claims
from services.work import unit_of_work
from tests.at_delivery import SERVICE, Priced, make_ready
from tests.browser.garage import House
from tests.browser.tablet import Tablet
from tests.factories import as_role

D = Decimal
EXCESS, ASSESSED = D(200), D(1200)
BODY: tuple[Priced, ...] = (
    *SERVICE,
    (LineKind.LABOUR, "Rear bumper", "1", "900", Payer.INSURER, Answer.AGREED),
    (LineKind.FEE, "Paint", "1", "300", Payer.INSURER, Answer.AGREED),
)  # 102.75 the customer's own, 1,200 the insurer's, 200 of it excess
UNDER_WARRANTY: tuple[Priced, ...] = (
    (LineKind.LABOUR, "Water pump", "1.5", "60", Payer.WARRANTY, Answer.AGREED),
    (LineKind.PART, "Water pump", "1", "140", Payer.WARRANTY, Answer.AGREED),
)


def accident(house: House, plate: str) -> int:
    """An accident repair, agreed by all three; one paper has not come in."""
    order_id = make_ready(house.ws, BODY, plate=plate)
    with unit_of_work(as_role(house.ws, Role.ADVISOR)) as work:
        claim = claims.open_claim(work, order_id)
        for name, value in (("insurer", "Northern Mutual"), ("claim_number", "NM-77"), ("story", "Hit from behind"),
                            ("happened_at", work.now - timedelta(days=3)), ("assessor", "Ms Wren"),
                            ("assessed_sum", ASSESSED), ("excess", EXCESS)):  # fmt: skip
            claim = claims.set_field(work, order_id, name, value, was=getattr(claim, name))
        for party in ClaimParty:
            claim_agreement.agree(work, order_id, party=party, name="Grace Field", seen=(ASSESSED, EXCESS))
        for paper in list(ClaimPaper)[1:]:
            claim_agreement.set_paper(work, order_id, paper=paper, here=True)
    return order_id


def warranty(house: House, plate: str) -> int:
    """A repair the manufacturer pays for whole."""
    return make_ready(house.ws, UNDER_WARRANTY, plate=plate)


def take_deposit(tablet: Tablet, order_id: int, amount: str, *, by: str) -> None:
    """Something before the statement, by card."""
    tablet.sign_in(by, f"/delivery?order={order_id}")
    tablet.more(order_id, "Take a deposit")
    tablet.press(f"pay_method_{order_id}", tablet.say(PaymentMethod.CARD.label))
    tablet.type(f"pay_amount_{order_id}", amount)
    tablet.tap(f"deposit_{order_id}")
    row = tablet.house.one(Payment, order_id=order_id)
    assert (row.kind, row.amount, tablet.house.who(row.by_id)) == (PaymentKind.DEPOSIT, D(amount), by)


def let_out(tablet: Tablet, order_id: int, *, by: str) -> None:
    """The code on the pass opens the gate's page, one tap lets the car out; the same pass again is refused."""
    house, found = tablet.house, tablet.house.one(ExitPass, order_id=order_id)
    plate = house.one(Vehicle, id=house.one(WorkOrder, id=order_id).vehicle_id).plate
    tablet.sign_in(by, f"/gate?pass={found.number}")
    tablet.shows("gate_answer", plate)
    tablet.shows("gate_answer", tablet.say("The car may leave."))
    assert house.one(ExitPass, order_id=order_id).used_at is None
    tablet.tap(f"big_answer_{found.id}")
    used = house.one(ExitPass, order_id=order_id)
    assert (bool(used.used_at), house.who(used.used_by_id)) == (True, by)
    tablet.type("gate_pass", found.number)
    tablet.shows("gate_answer", by)  # who let it out before
    assert house.one(ExitPass, order_id=order_id).used_at == used.used_at


def open_claim(tablet: Tablet, order_id: int, *, by: str) -> PayerClaim:
    """The next claim of the order that is not handed in."""
    claim = next(row for row in tablet.house.rows(PayerClaim, order_id=order_id) if row.status == ClaimStatus.OPEN)
    tablet.sign_in(by, "/claims")
    tablet.tap(f"open_claim_{claim.id}")
    return claim


def hand_in(tablet: Tablet, claim: PayerClaim) -> None:
    """Nothing is missing any more."""
    tablet.tap(f"claim_send_{claim.id}")
    stands(tablet, claim, ClaimStatus.SENT)


def stands(tablet: Tablet, claim: PayerClaim, status: ClaimStatus) -> None:
    """Where the claim stands, on the screen and in the database."""
    tablet.sees(status.label)
    assert tablet.house.one(PayerClaim, id=claim.id).status == status


def cannot_hand_in(tablet: Tablet, claim: PayerClaim, why: str) -> None:
    """The button is greyed, and the reason stands below it."""
    expect(tablet.key(f"claim_send_{claim.id}").locator("button")).to_be_disabled()
    tablet.reads(tablet.say(why, gaps="|").split("|")[0])


def write(tablet: Tablet, claim: PayerClaim, field: str, words: str) -> None:
    """Write up a field of the claim; what it is called on the screen changes with what stands in it."""
    place = tablet.page.locator(f"[class*='st-key-payer_claim_{field}_{claim.id}_'] textarea")
    place.fill(words)
    place.blur()
    tablet.settle()
    assert getattr(tablet.house.one(PayerClaim, id=claim.id), field) == words
