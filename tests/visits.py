"""A visit long over, with a row in every table a visit leaves rows in; written directly, because no clock can wait for it."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlmodel import select

from db.base import Base
from db.enums import (
    Answer,
    AppointmentStatus,
    Channel,
    CheckLevel,
    ComplaintKind,
    ComplaintStatus,
    ConsentMethod,
    DamageKind,
    FollowUpStatus,
    LineKind,
    MovementKind,
    OrderStatus,
    Payer,
    PaymentMethod,
    Role,
)
from db.enums_desk import CampaignKind, OutreachReason, OutreachResult, PurchaseStatus, TaskKind, TaskOutcome
from db.enums_money import DiscountReason, DiscountState, DrawerKind
from db.enums_reception import Grade, HealthGroup, OrderTaskKind, TemplateKind
from db.enums_workshop import DelayReason, RequisitionStatus, SymptomSeen
from db.models import (
    Appointment,
    AppointmentJob,
    Attachment,
    Campaign,
    CampaignAnswer,
    CampaignCar,
    CaseText,
    CashDrawer,
    Check,
    CheckTemplate,
    CheckTemplateItem,
    ClaimReceipt,
    ClaimSupplement,
    ClockCorrection,
    ClockEntry,
    Complaint,
    Consent,
    ConsentItem,
    ContactAttempt,
    DamageMark,
    Delay,
    Discount,
    DrawerEntry,
    ExitPass,
    FollowUp,
    FollowUpAnswer,
    Guarantee,
    Handover,
    HealthResult,
    Inspection,
    InsuranceClaim,
    Message,
    MoneyReminder,
    OldPart,
    OrderJob,
    OrderLine,
    OrderTask,
    OutreachCall,
    PayerClaim,
    Payment,
    PurchaseLine,
    Recommendation,
    Requisition,
    RequisitionLine,
    Reservation,
    Statement,
    StatementLine,
    StatementShare,
    StockMovement,
    TaskResult,
    Vehicle,
    Verification,
    WorkOrder,
)
from services.numbers import daily_number, yearly_number
from services.work import Work

HOUR, PRICE = timedelta(hours=1), Decimal(60)


def finished_visit(work: Work, car: Vehicle, at: datetime, *, bay: int = 1, staff: int = 3) -> WorkOrder:
    """A visit at `at` that is over in every respect: done, paid, driven away, asked after, complained of and settled."""
    work.now = at
    booking = work.add(Appointment(number=daily_number(work, "B"), customer_id=car.customer_id, vehicle_id=car.id,
                                   status=AppointmentStatus.ARRIVED, starts_at=at, minutes=60, created_at=at))  # fmt: skip
    order = work.add(WorkOrder(number=daily_number(work, "W"), appointment_id=booking.id, customer_id=car.customer_id,
                               vehicle_id=car.id, status=OrderStatus.CLOSED, arrived_at=at, greeted_at=at, promised_at=at + HOUR,
                               technician_id=staff, bay_id=bay, delivered_at=at + HOUR, closed_at=at + HOUR))  # fmt: skip
    work.event(booking, "arrive", "confirmed", "arrived")
    work.event(order, "close", "delivered", "closed")
    work.add(Reservation(order_id=order.id, bay_id=bay, starts_at=at, ends_at=at + HOUR))
    work.add(Reservation(appointment_id=booking.id, staff_id=staff, starts_at=at, ends_at=at + HOUR))
    _booked(work, booking)
    _received(work, order)
    line = _work_done(work, order, booking, staff)
    _around(work, order, line, staff)
    _paid(work, order, line)
    _asked_after(work, order, booking)
    return order


def _booked(work: Work, booking: Appointment) -> None:
    """The garage called first; the part was bought, and the customer reminded."""
    call = OutreachCall(customer_id=booking.customer_id, vehicle_id=booking.vehicle_id, reason=OutreachReason.SERVICE,
                        result=OutreachResult.BOOKED, appointment_id=booking.id, at=work.now)  # fmt: skip
    bought = PurchaseLine(appointment_id=booking.id, what="Engine oil", status=PurchaseStatus.ARRIVED,
                          created_at=work.now, arrived_at=work.now)  # fmt: skip
    told = TaskResult(
        appointment_id=booking.id, kind=TaskKind.REMIND, about_at=work.now, outcome=TaskOutcome.DONE, at=work.now
    )
    for row in (call, bought, told):
        work.add(row)


def _received(work: Work, order: WorkOrder) -> None:
    """Checked, asked about, offered a campaign; and an insurer was asked for more."""
    template = work.add(CheckTemplate(kind=TemplateKind.HEALTH, name=order.number))
    point = work.add(CheckTemplateItem(template_id=template.id, group=HealthGroup.TYRES, title="Tread"))
    campaign = work.add(Campaign(code=order.number, kind=CampaignKind.CAMPAIGN, title="Winter check", active=False,
                                 starts_on=work.now.date(), created_at=work.now))  # fmt: skip
    claim = work.add(InsuranceClaim(order_id=order.id, insurer="Northern Mutual", created_at=work.now))
    rows: list[Base] = [
        HealthResult(order_id=order.id, item_id=point.id, title="Tread", grade=Grade.GOOD, at=work.now),
        OrderTask(
            order_id=order.id, kind=OrderTaskKind.QUESTION, role=Role.ADVISOR, created_at=work.now, done_at=work.now
        ),
        CampaignAnswer(order_id=order.id, campaign_id=campaign.id, accepted=True, at=work.now),
        CampaignCar(campaign_id=campaign.id, vehicle_id=order.vehicle_id, order_id=order.id, done_at=work.now),
        ClaimSupplement(claim_id=claim.id, reason="Radiator", amount=PRICE, asked_at=work.now),
    ]
    for row in rows:
        work.add(row)


def _work_done(work: Work, order: WorkOrder, booking: Appointment, staff: int) -> OrderLine:
    job = work.add(OrderJob(order_id=order.id, job_id=1, title="Oil service", minutes=60, done_at=work.now))
    line = work.add(OrderLine(order_id=order.id, order_job_id=job.id, kind=LineKind.PART, part_id=1, title="Engine oil",
                              unit_price=PRICE, answer=Answer.AGREED, issued=Decimal(1)))  # fmt: skip
    picture = work.add(Attachment(sha256="0" * 64, media_type="image/png", kind="signature", at=work.now))
    consent = work.add(Consent(order_id=order.id, method=ConsentMethod.SIGNED, person="Grace Field", total=PRICE,
                               signature_id=picture.id, at=work.now))  # fmt: skip
    rows: list[Base] = [
        AppointmentJob(appointment_id=booking.id, job_id=1, minutes=60, price=PRICE),
        ConsentItem(consent_id=consent.id, line_id=line.id, answer=Answer.AGREED, title="Engine oil", total=PRICE),
        Inspection(order_id=order.id, odometer_km=40000, at=work.now),
        DamageMark(order_id=order.id, view="left", x=1, y=2, kind=DamageKind.DENT, at=work.now),
        ClockEntry(
            order_id=order.id, order_job_id=job.id, staff_id=staff, started_at=work.now, ended_at=work.now + HOUR
        ),
        Check(order_id=order.id, level=CheckLevel.FINAL, passed=True, at=work.now, by_id=6),
        StockMovement(part_id=1, kind=MovementKind.ISSUE, quantity=Decimal(-1), line_id=line.id, at=work.now),
    ]
    for row in rows:
        work.add(row)
    return line


def _around(work: Work, order: WorkOrder, line: OrderLine, staff: int) -> None:
    """Taken over, late once, its part drawn on a slip, something advised for later."""
    clock = work.db.exec(select(ClockEntry).where(ClockEntry.order_id == order.id)).one()
    slip = work.add(Requisition(number=daily_number(work, "M"), order_id=order.id, status=RequisitionStatus.ISSUED,
                                asked_at=work.now, issued_at=work.now, taken_by_id=staff))  # fmt: skip
    rows: list[Base] = [
        Verification(order_id=order.id, symptom=SymptomSeen.SEEN, at=work.now),
        Delay(order_id=order.id, reason=DelayReason.PARTS, minutes=30, proposed_at=work.now + HOUR, at=work.now),
        CaseText(order_id=order.id, tokens="engine oil service"),
        Handover(order_id=order.id, started_at=work.now, ended_at=work.now),
        Guarantee(order_id=order.id, order_job_id=line.order_job_id, vehicle_id=order.vehicle_id, title="Oil", at=work.now),
        Recommendation(vehicle_id=order.vehicle_id, order_id=order.id, text="Rear pads", at=work.now),
        RequisitionLine(requisition_id=slip.id, line_id=line.id, quantity=Decimal(1), issued=Decimal(1)),
        ClockCorrection(clock_id=clock.id, started_was=work.now, started_at=work.now, ended_at=work.now + HOUR,
                        reason="Forgotten", at=work.now),
    ]  # fmt: skip
    for row in rows:
        work.add(row)


def _paid(work: Work, order: WorkOrder, line: OrderLine) -> None:
    bill = work.add(Statement(number=yearly_number(work, "S"), order_id=order.id, total=PRICE, customer_share=PRICE,
                              currency="GBP", at=work.now))  # fmt: skip
    work.add(StatementLine(statement_id=bill.id, line_id=line.id, kind=LineKind.PART, title="Engine oil", quantity=Decimal(1),
                           unit_price=PRICE, payer=Payer.CUSTOMER, total=PRICE))  # fmt: skip
    work.add(StatementShare(statement_id=bill.id, payer=Payer.CUSTOMER, tax_percent=Decimal(0), net=PRICE, total=PRICE))
    work.add(Discount(order_id=order.id, line_id=line.id, title="Engine oil", amount=Decimal(1), reason=DiscountReason.LOYAL,
                      state=DiscountState.GIVEN, asked_at=work.now))  # fmt: skip
    claim = work.add(PayerClaim(number=yearly_number(work, "C"), order_id=order.id, line_id=line.id, payer=Payer.WARRANTY,
                                title="Engine oil", asked=PRICE, created_at=work.now))  # fmt: skip
    work.add(ClaimReceipt(claim_id=claim.id, amount=PRICE, at=work.now))
    work.add(OldPart(order_id=order.id, line_id=line.id, claim_id=claim.id, title="Engine oil", at=work.now))
    work.add(MoneyReminder(order_id=order.id, level=1, channel=Channel.PHONE, at=work.now))
    paid = work.add(Payment(order_id=order.id, method=PaymentMethod.CASH, amount=PRICE, at=work.now))
    drawer = work.add(CashDrawer(open=False, opened_at=work.now, closed_at=work.now, closing=yearly_number(work, "Z"),
                                 expected=PRICE, counted=PRICE))  # fmt: skip
    work.add(DrawerEntry(drawer_id=drawer.id, kind=DrawerKind.TAKEN, amount=PRICE, payment_id=paid.id, at=work.now))
    work.add(ExitPass(order_id=order.id, number=daily_number(work, "P"), at=work.now))


def _asked_after(work: Work, order: WorkOrder, booking: Appointment) -> None:
    who = order.customer_id
    call = work.add(FollowUp(order_id=order.id, customer_id=who, status=FollowUpStatus.COMPLAINT, due_at=work.now))
    work.add(FollowUpAnswer(follow_up_id=call.id, question="price", score=2))
    work.add(ContactAttempt(customer_id=who, follow_up_id=call.id, at=work.now))
    work.add(Complaint(customer_id=who, order_id=order.id, follow_up_id=call.id, status=ComplaintStatus.CLOSED,
                       kind=ComplaintKind.PRICE, text="dear", received_at=work.now))  # fmt: skip
    work.add(Message(customer_id=who, channel=Channel.SMS, address="+447700900123", text="ready", kind="ready",
                     subject="work_order", subject_id=order.id, created_at=work.now, due_at=work.now))  # fmt: skip
    work.event(booking, "tried")
