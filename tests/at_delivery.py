"""A car as it stands ready after final inspection, written as rows, and short ways through delivery."""

from decimal import Decimal
from typing import Any

from sqlmodel import select

from db.enums import Answer, Channel, CheckLevel, ConsentMethod, LineKind, OrderStatus, Payer, PaymentMethod, Role
from db.models import Check, Consent, ConsentItem, Garage, Inspection, OrderJob, OrderLine, WorkOrder
from services.checks import TEMPLATES
from services.delivery import check_delivery, tell
from services.estimates import total_of
from services.exit_passes import pass_out
from services.handover import deliver
from services.payments import pay
from services.settlement import bill, owed
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

EVERYTHING = [key for key, _ in TEMPLATES[CheckLevel.DELIVERY]]
Priced = tuple[LineKind, str, str, str, Payer, Answer]  # kind, title, quantity, unit price, payer, answer
SERVICE: tuple[Priced, ...] = (
    (LineKind.LABOUR, "Oil service", "1", "60", Payer.CUSTOMER, Answer.AGREED),
    (LineKind.PART, "Engine oil 5W-30", "4.5", "9.50", Payer.CUSTOMER, Answer.AGREED),
)  # 60 + 42.75 = 102.75 with tax in it


def ready_order(work: Work, lines: tuple[Priced, ...] = SERVICE, plate: str = "AB12 CDE", **columns: Any) -> WorkOrder:
    """An order in READY: inspected, its catalogue job 1 done, every line answered, final inspection passed by Ira."""
    car = make_car(work, plate=plate)
    number = f"W261123-{plate[-5:].replace(' ', '')}"
    order = work.add(WorkOrder(number=number, customer_id=car.customer_id, vehicle_id=car.id, arrived_at=work.now,
                               greeted_at=work.now, status=OrderStatus.READY, **columns))  # fmt: skip
    work.add(Inspection(order_id=order.id, odometer_km=41250, fuel_eighths=4, at=work.now))
    job = work.add(OrderJob(order_id=order.id, job_id=1, title="Oil service", minutes=60, done_at=work.now))
    consent = work.add(Consent(order_id=order.id, method=ConsentMethod.PHONE, person="Grace Field", at=work.now))
    for line in lines:
        _answered(work, job, consent, line)
    work.add(Check(order_id=order.id, level=CheckLevel.FINAL, passed=True, at=work.now, by_id=6))
    return order


def put_line(work: Work, order_id: int, line: Priced, *, asked: bool = True) -> OrderLine:
    """One more line on an order, with or without the customer's word on record."""
    job = work.db.exec(select(OrderJob).where(OrderJob.order_id == order_id)).one()
    consent = Consent(order_id=order_id, method=ConsentMethod.PHONE, person="Grace Field", at=work.now)
    return _answered(work, job, work.add(consent) if asked else None, line)


def _answered(work: Work, job: OrderJob, consent: Consent | None, line: Priced) -> OrderLine:
    kind, title, quantity, price, payer, answer = line
    row = work.add(OrderLine(order_id=job.order_id, order_job_id=job.id, kind=kind, title=title, quantity=Decimal(quantity),
                             unit_price=Decimal(price), payer=payer, answer=answer))  # fmt: skip
    if consent is not None:
        work.add(ConsentItem(consent_id=consent.id, line_id=row.id, answer=answer, title=title, quantity=row.quantity,
                             unit_price=row.unit_price, total=total_of(row, work.garage.currency)))  # fmt: skip
    return row


def make_ready(ws: Workspace, lines: tuple[Priced, ...] = SERVICE, **columns: Any) -> int:
    """The same in a unit of work of its own; gives the order's id."""
    with unit_of_work(ws) as work:
        return ready_order(work, lines, **columns).id


def use_currency(ws: Workspace, currency: str, tax: str = "20", *, included: bool = True) -> None:
    """Let the garage reckon in another currency, with tax in its prices or on top."""
    with unit_of_work(ws) as work:
        garage: Garage = work.garage
        garage.currency, garage.tax_percent, garage.tax_included = currency, Decimal(tax), included
        work.db.add(garage)


def billed(ws: Workspace, order_id: int) -> None:
    """Checked by the advisor, the customer told, the statement issued."""
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        check_delivery(work, order_id, items=EVERYTHING)
        tell(work, order_id, channel=Channel.PHONE)
        bill(work, order_id)


def paid(ws: Workspace, order_id: int) -> None:
    """Billed, and paid by card in full."""
    billed(ws, order_id)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        pay(work, order_id, method=PaymentMethod.CARD, amount=owed(work, order_id))


def delivered(ws: Workspace, order_id: int) -> None:
    """Paid, the exit pass issued, handed over."""
    paid(ws, order_id)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        pass_out(work, order_id)
        deliver(work, order_id)
