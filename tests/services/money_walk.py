"""Random cars at the till: any lines, shares, rates, discounts, deposits, payments, mistakes and credit notes, one act after the
other, with sums people type right and wrong. After every act the money must be right to the coin."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer, Channel, ConsentMethod, LineKind, Payer, Role
from db.enums_reception import ClaimParty
from db.models import (
    Consent,
    ConsentItem,
    Customer,
    Event,
    Garage,
    InsuranceClaim,
    OrderJob,
    OrderLine,
    Payment,
    WorkOrder,
)
from services import payments, settlement
from services.delivery import check_delivery, tell
from services.money import coin, line_total
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, ready_order
from tests.factories import as_role
from tests.services import money_conditions as must
from tests.services.money_verbs import ROLES, STEPS

D = Decimal
CURRENCIES = ("GBP", "JPY", "KWD", "CNY")


@dataclass(frozen=True)
class Priced:
    """A line of the order: `price` in coins for one; the customer agreed to `shift` coins more."""

    kind: LineKind
    quantity: Decimal
    price: int
    payer: Payer
    percent: int
    rate: Decimal | None
    answer: Answer
    shift: int


@dataclass(frozen=True)
class Case:
    """One car at the till. `excess` is in coins; a step is what is done, and two numbers its details are made of."""

    currency: str
    tax: Decimal
    included: bool
    lines: tuple[Priced, ...]
    excess: int
    steps: tuple[tuple[str, int, int], ...]


@dataclass
class Till:
    """A car at the till of a garage, and what came of every tap."""

    ws: Workspace
    order_id: int
    counts: Counter[str] = field(default_factory=Counter)

    def tap(self, what: str, n: int, m: int) -> None:
        """One act by who may do it; refused, it leaves nothing behind. What must hold is asked after it."""
        before, role = self._seen(), ROLES.get(what, Role.MANAGER)
        try:
            with unit_of_work(as_role(self.ws, role if n % 7 else Role.MANAGER)) as work:
                STEPS[what](work, self.order_id, n, m)
        except Refusal as refusal:
            self.counts[f"{what} refused: {type(refusal).__name__}"] += 1
            assert self._seen() == before
        else:
            self.counts[f"{what} done"] += 1
            self._held_after(what)
        with reading(self.ws) as work:
            must.all_hold(work, [self.order_id])

    def _held_after(self, what: str) -> None:
        """What was taken is what the rows say; nothing more than was owed, and nobody left who owed without a word for it."""
        with reading(self.ws) as work:
            facts, order = facts_of(work, ORDERS, self.order_id), work.get(WorkOrder, self.order_id)
            assert facts.paid == sum((one.amount for one in payments.payments(work, self.order_id)), D(0)) >= 0
            stands = settlement.standing(settlement.statements(work, self.order_id))
            assert facts.billed == (stands.customer_share if stands else None)
            if what.startswith("pay"):
                assert facts.owed >= 0
            if what in ("pass_out", "gate", "close"):
                assert facts.owed <= 0 or order.credit_by_id or order.on_account

    def _seen(self) -> tuple[int, int]:
        with reading(self.ws) as work:
            events = work.db.exec(select(Event.id).order_by(col(Event.id).desc()).limit(1)).first()
            taken = work.db.exec(select(Payment.id).order_by(col(Payment.id).desc()).limit(1)).first()
            return events or 0, taken or 0


def play(ws: Workspace, case: Case, plate: str) -> Counter[str]:
    """The case from a car that stands ready to its last step; gives how often each act was done or refused, and why."""
    with unit_of_work(ws) as work:
        garage: Garage = work.garage
        garage.currency, garage.tax_percent, garage.tax_included, garage.country = (
            case.currency,
            case.tax,
            case.included,
            "CN",
        )
        work.db.add(garage)
        order_id = _order(work, case, plate)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        check_delivery(work, order_id, items=EVERYTHING)
        tell(work, order_id, channel=Channel.PHONE)
    till = Till(ws, order_id)
    for step in case.steps:
        till.tap(*step)
    return till.counts


def _order(work: Work, case: Case, plate: str) -> int:
    order = ready_order(work, (), plate=plate)
    customer = work.get(Customer, order.customer_id)
    customer.account_limit, customer.account_days = 5000 * coin(case.currency), 30
    job = work.db.exec(select(OrderJob).where(OrderJob.order_id == order.id)).one()
    consent = work.add(Consent(order_id=order.id, method=ConsentMethod.PHONE, person="Grace Field", at=work.now))
    for one in case.lines:
        row = work.add(
            OrderLine(order_id=order.id, order_job_id=job.id, kind=one.kind, title="x", quantity=one.quantity,
                      unit_price=one.price * coin(case.currency), payer=one.payer, tax_percent=one.rate, answer=one.answer,
                      payer_percent=100 if one.payer == Payer.CUSTOMER else one.percent)
        )  # fmt: skip
        if one.kind == LineKind.OUTSIDE:
            row.sent_at = row.back_at = work.now
        agreed = max(row.unit_price + one.shift * coin(case.currency), D(0))
        work.add(
            ConsentItem(consent_id=consent.id, line_id=row.id, answer=one.answer, title="x", quantity=row.quantity,
                        unit_price=agreed, total=line_total(row.quantity, agreed, D(0), case.currency), payer=row.payer,
                        payer_percent=row.payer_percent)
        )  # fmt: skip
    if any(one.payer == Payer.INSURER for one in case.lines):
        yes = {party.value: {"name": "x", "at": work.now.isoformat()} for party in ClaimParty}
        work.add(InsuranceClaim(order_id=order.id, insurer="N", claim_number="1", assessed_sum=D(10**9), agreed=yes,
                                excess=case.excess * coin(case.currency), created_at=work.now))  # fmt: skip
    return order.id
