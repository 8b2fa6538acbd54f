"""An order with all there is to print, and one with nothing."""

import io
from datetime import date, timedelta
from decimal import Decimal

from PIL import Image, ImageDraw
from sqlmodel import select

from db.enums import Answer, Channel, ConsentMethod, DamageKind, LineKind, OrderStatus, Payer, PaymentMethod
from db.enums_desk import CampaignKind
from db.enums_reception import Grade, HealthGroup, Measure, Stay, TemplateKind, WarningLight
from db.models import (
    Campaign,
    CampaignAnswer,
    CheckTemplate,
    CheckTemplateItem,
    Consent,
    Customer,
    DamageMark,
    HealthResult,
    Inspection,
    InsuranceClaim,
    OrderJob,
    OrderLine,
    Vehicle,
    WorkOrder,
)
from services.arrivals import greet, walk_in
from services.files import attach_photo, attach_signature
from services.work import Work
from tests.factories import MONDAY_9, make_car
from tests.services.reception import received
from tests.services.test_files import picture

HOSTILE = '#panic("x") *bold* $a$ <b> \\'
OWNER = "深圳市前海顺达国际汽车租赁服务有限公司南山分公司"
PIERCED = "Both front discs, with fitting"
WARNED = f"{PIERCED}: without it the brakes may fail. This was explained."


def bare(work: Work) -> WorkOrder:
    """A car that has just been greeted: no job, no inspection, no promise."""
    order = received(work, jobs=())
    order.concern = ""
    work.get(Customer, order.customer_id).phone = None
    return order


def everything(work: Work) -> WorkOrder:
    """Inspected, checked, with shares, alternatives, unpriced and declined work, a claim, a recall declined, signed."""
    car = make_car(work, plate="粤B12345")
    _before(work, car)
    order = greet(work, walk_in(work, vehicle_id=car.id, concern=HOSTILE, jobs=(1, 2)).id)
    customer = work.get(Customer, order.customer_id)
    customer.name, customer.email, customer.language = OWNER, "fleet@example.com", "en"
    car.vin = "LSVAA4182E2123456"
    order.answers = {"noise": {"since": ["days"]}}
    _agreed(work, order)
    _jobs(work, order)
    _seen(work, order)
    _checked(work, order)
    work.add(InsuranceClaim(order_id=order.id, insurer="Ping An", claim_number="PA-2026-7788", created_at=MONDAY_9))
    recall = work.add(Campaign(code="R-2026-1", kind=CampaignKind.RECALL, title="Fuel hose", starts_on=date(2026, 1, 1),
                               created_at=MONDAY_9))  # fmt: skip
    work.add(CampaignAnswer(order_id=order.id, campaign_id=recall.id, accepted=False, reason="Next time", at=MONDAY_9))
    _signed(work, order)
    work.db.flush()
    return order


def _agreed(work: Work, order: WorkOrder) -> None:
    order.promised_at = MONDAY_9 + timedelta(hours=6)
    order.wash, order.old_parts, order.stay = True, True, Stay.TAXI
    order.payment_method, order.ask_over = PaymentMethod.ALIPAY, Decimal(80)
    order.reach_by, order.reach_at, order.requests, order.key_tag = (
        Channel.WECHAT,
        "until 12",
        "Child seat stays",
        "K-17",
    )


def _jobs(work: Work, order: WorkOrder) -> None:
    for line in work.db.exec(select(OrderLine).where(OrderLine.order_id == order.id)):
        line.answer = Answer.AGREED
        if line.kind == LineKind.LABOUR:
            line.payer, line.payer_percent, line.discount = Payer.WARRANTY, 60, Decimal(5)
    _job(work, order, "Find the noise", Answer.AGREED, unpriced=True, up_to=Decimal(150), dismantling=True)
    _job(work, order, PIERCED, Answer.DECLINED, safety=True)
    _job(work, order, "Original pads", Answer.AGREED, alternative=1)
    _job(work, order, "Brand pads", Answer.PENDING, alternative=1)


def _job(
    work: Work,
    order: WorkOrder,
    title: str,
    answer: Answer,
    *,
    unpriced: bool = False,
    up_to: Decimal | None = None,
    dismantling: bool = False,
    safety: bool = False,
    alternative: int | None = None,
) -> None:
    job = work.add(
        OrderJob(order_id=order.id, title=title, dismantling=dismantling, safety=safety, alternative=alternative)
    )
    work.add(OrderLine(order_id=order.id, order_job_id=job.id, kind=LineKind.LABOUR, title="Labour", unit_price=Decimal(40),
                       answer=answer, unpriced=unpriced, up_to=up_to))  # fmt: skip


def _before(work: Work, car: Vehicle) -> None:
    """An earlier visit, with damage."""
    visit = work.add(WorkOrder(number="W250101-01", customer_id=car.customer_id, vehicle_id=car.id, status=OrderStatus.CLOSED,
                               arrived_at=MONDAY_9 - timedelta(days=400)))  # fmt: skip
    work.add(
        DamageMark(
            order_id=visit.id, view="right", x=800, y=600, kind=DamageKind.PAINT, note="old", at=visit.arrived_at
        )
    )


def _seen(work: Work, order: WorkOrder) -> None:
    work.add(Inspection(order_id=order.id, covers=True, odometer_km=41234, fuel_eighths=3, valuables="Umbrella", reminded=True,
                        stays=["child_seat"], lights=[WarningLight.ENGINE.value], places={"interior": "clean", "boot": "worn"},
                        equipment={"spare_wheel": True, "triangle": False}, note="Muddy", at=MONDAY_9, by_id=1))  # fmt: skip
    shot = attach_photo(work, order, picture(640, 480))
    for kind, view, x in (
        (DamageKind.SCRATCH, "left", 300),
        (DamageKind.DENT, "rear", 700),
        (DamageKind.RUST, "top", 500),
    ):
        work.add(DamageMark(order_id=order.id, view=view, x=x, y=500, kind=kind, note=f"{kind.value} 3 cm", at=MONDAY_9,
                            attachment_id=shot.id if kind == DamageKind.DENT else None))  # fmt: skip


def _checked(work: Work, order: WorkOrder) -> None:
    template = work.add(CheckTemplate(kind=TemplateKind.HEALTH, name="Check"))
    points = (
        ("tread_fl", HealthGroup.TYRES, Measure.TREAD, Grade.SOON, Decimal("2.8")),
        ("horn", HealthGroup.OUTSIDE, Measure.NONE, Grade.GOOD, None),
        ("battery", HealthGroup.ENGINE, Measure.VOLTS, Grade.NOW, Decimal("11.6")),
    )
    for place, (point, group, measure, grade, value) in enumerate(points):
        item = work.add(
            CheckTemplateItem(template_id=template.id, group=group, point=point, measure=measure, position=place)
        )
        work.add(HealthResult(order_id=order.id, item_id=item.id, point=point, grade=grade, at=MONDAY_9, value=value))


def _signed(work: Work, order: WorkOrder) -> None:
    strokes = [[[x, 50 + (x % 40), x] for x in range(10, 280, 9)]]
    paper, png = Image.new("RGBA", (300, 100)), io.BytesIO()
    ImageDraw.Draw(paper).line([(x, y) for x, y, _ in strokes[0]], fill="black", width=4)
    paper.save(png, "PNG")
    pad = attach_signature(work, order, png.getvalue(), strokes)
    work.add(Consent(order_id=order.id, method=ConsentMethod.SIGNED, person=OWNER, total=Decimal("182.50"), signature_id=pad.id,
                     at=MONDAY_9, by_id=1, version=2, warned=[WARNED], language="en"))  # fmt: skip
