"""Every move of an order as a service call with arguments a person might give, chosen at random. For the walks."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random

from sqlmodel import col, select

from db.enums import Answer, Channel, CheckLevel, ConsentMethod, HoldReason, LineKind, Payer, PaymentMethod, Urgency
from db.enums_money import DiscountReason, PickUpAnswer
from db.enums_reception import Grade, Stay, TemplateKind
from db.enums_workshop import CheckMark, DelayAnswer, DelayReason, ReworkCause, SymptomSeen
from db.models import Bay, Campaign, CheckTemplate, CheckTemplateItem, Job, OrderLine, Payment, Staff, Statement
from services import (
    alternative_moves,
    arrivals,
    charging_less,
    checks,
    claim_agreement,
    claim_supplements,
    claims,
    clocks,
    consents,
    delays,
    delivery,
    diagnosis,
    discounts,
    exit_passes,
    extra_work,
    handing,
    handover,
    handover_rows,
    handover_safety,
    health,
    inspections,
    line_changes,
    orders,
    outside_work,
    parking,
    payments,
    promises,
    recalls,
    recommendations,
    requisitions,
    settlement,
    stock,
    verification,
    visit_wishes,
    workshop,
)
from services import permissions as may
from services.check_marks import Said
from services.claim_state import ALONE
from services.demo.drawing import signature
from services.health_templates import put_standard_checks
from services.order_moves import ORDERS
from services.pay_methods import methods_taken
from services.refusals import NotFound
from services.suggestions import suggestions
from services.work import Work
from services.workflow import facts_of

Verb = Callable[[Work, int, Random], object]


def _some(work: Work, table: type[Bay] | type[Campaign] | type[Job] | type[Staff], by: Random) -> int:
    return _row(list(work.db.exec(select(table.id).order_by(table.id))), by)  # type: ignore[arg-type]


def _row(rows: Sequence[int], by: Random) -> int:
    if not rows:
        raise NotFound
    return by.choice(list(rows))


def answers(work: Work, order_id: int, by: Random) -> dict[int, Answer]:
    """A word on every line that waits for one: mostly yes."""
    waiting = work.db.exec(
        select(OrderLine.id).where(OrderLine.order_id == order_id, OrderLine.answer == Answer.PENDING)
    )
    return {key: by.choice((Answer.AGREED, Answer.AGREED, Answer.DECLINED)) for key in waiting}


def _approve(work: Work, order_id: int, by: Random) -> object:
    given = answers(work, order_id, by)
    if not given:  # all of them were answered in an earlier round
        raise NotFound
    return consents.approve(work, order_id, answers=given, method=ConsentMethod.PHONE, person="Grace Field")


def _hand_over(work: Work, order_id: int, by: Random) -> object:
    handing.set_tag(work, order_id, by.choice((f"K{order_id}", f"K{order_id}", "1", "")))
    return handing.hand_over(work, order_id)


def _deliver(work: Work, order_id: int, by: Random) -> object:
    """Who takes the car signs for the safety work it leaves without."""
    facts = facts_of(work, ORDERS, order_id)
    drawn = signature()
    fits = ORDERS.move("show_car").fits(facts, facts.order.status)
    if fits and handover_safety.to_sign(
        handover_safety.left_undone(work, facts), handover_rows.of_order(work, order_id)
    ):
        handover.sign_safety(work, order_id, signature=drawn)
    return handover.deliver(work, order_id, signature=by.choice((None, drawn)))


def _answer_extra(work: Work, order_id: int, by: Random) -> object:
    given = answers(work, order_id, by)
    return consents.answer_extra(work, order_id, answers=given, method=ConsentMethod.PHONE, person="Grace Field")


def _delay(work: Work, order_id: int, by: Random) -> object:
    """Reported by the workshop, or what the customer says to it."""
    now = delays.open_delay(work, order_id)
    if now and work.by.has(*may.RECEIVES):
        said = by.choice(list(DelayAnswer))
        return delays.answer(work, now.id, answer=said, channel=Channel.PHONE, person="Grace Field")
    return delays.report(work, order_id, reason=by.choice(list(DelayReason)), minutes=by.choice((15, 30, 120)),
                         instead_of=now.id if now and by.random() < 0.5 else None)  # fmt: skip


def _charge(work: Work, order_id: int, job: int, by: Random) -> object:
    kind, unpriced = by.choice((LineKind.OUTSIDE, LineKind.OUTSIDE, LineKind.FEE)), by.random() < 0.3
    return orders.add_charge(
        work, order_id, order_job_id=job, kind=kind, title="Weld", price=Decimal(40), unpriced=unpriced
    )


_EDITS: tuple[Callable[[Work, int, int, Random], object], ...] = (
    _charge,
    lambda w, o, job, by: alternative_moves.offer_another(w, o, order_job_id=job),
    lambda w, o, job, by: line_changes.give_discount(w, o, order_job_id=job, percent=by.choice((0, 5, 50))),
    lambda w, o, job, by: orders.remove_job(w, o, order_job_id=job),
)


def _edit(work: Work, order_id: int, by: Random) -> object:
    if by.random() < 0.4:
        return orders.set_concern(work, order_id, concern="rattles")
    jobs = [job.id for job in facts_of(work, ORDERS, order_id).jobs]
    if jobs and by.random() < 0.5:
        return by.choice(_EDITS)(work, order_id, by.choice(jobs), by)
    return orders.add_job(work, order_id, job_id=_some(work, Job, by))


def _health(work: Work, order_id: int, by: Random) -> object:
    put_standard_checks(work)
    lists = select(CheckTemplate.id).where(CheckTemplate.kind == TemplateKind.HEALTH)
    points = select(CheckTemplateItem.id).where(col(CheckTemplateItem.template_id).in_(lists))
    item = by.choice(list(work.db.exec(points.order_by(col(CheckTemplateItem.id)))))
    return health.grade(work, order_id, item_id=item, grade=by.choice(list(Grade)))


def _give(work: Work, order_id: int, by: Random, verb: Callable[..., object]) -> object:
    found = suggestions(work, facts_of(work, ORDERS, order_id))
    if by.random() < 0.2 or not (found.people and found.bays):
        return verb(work, order_id, staff_id=_some(work, Staff, by), bay_id=_some(work, Bay, by))
    staff, bay = by.choice(found.people).id, by.choice(found.bays).id
    return verb(work, order_id, staff_id=staff, bay_id=bay, starts_at=found.first_free(staff, bay))


def _start(work: Work, order_id: int, by: Random) -> object:
    jobs = [job.id for job in facts_of(work, ORDERS, order_id).jobs]
    return clocks.start(work, order_id, job_id=by.choice([None, *jobs]))


def _diagnose(work: Work, order_id: int, by: Random) -> object:
    jobs = [job.id for job in facts_of(work, ORDERS, order_id).jobs]
    return diagnosis.diagnose(work, order_id, _row(jobs, by), complaint="squeals", cause="worn", correction="renewed")


def _pay(work: Work, order_id: int, by: Random) -> object:
    owed = facts_of(work, ORDERS, order_id).owed
    amount = by.choice((owed, owed, Decimal(10), owed + 1))
    return payments.pay(work, order_id, method=by.choice((*methods_taken(work), PaymentMethod.WECHAT)), amount=amount)


def _deposit(work: Work, order_id: int, by: Random) -> object:
    most = payments.deposit_most(work, facts_of(work, ORDERS, order_id))
    amount = by.choice((most, Decimal(20), Decimal(20), most + 1))
    return payments.deposit(
        work, order_id, method=by.choice((*methods_taken(work), PaymentMethod.WECHAT)), amount=amount
    )


def _refund(work: Work, order_id: int, by: Random) -> object:
    held = facts_of(work, ORDERS, order_id).to_give_back
    amount = by.choice((held, held, Decimal(10), held + 1))
    return payments.refund(
        work,
        order_id,
        method=by.choice((*methods_taken(work), PaymentMethod.WECHAT)),
        amount=amount,
        reason="paid too much",
    )


def _reverse(work: Work, order_id: int, by: Random) -> object:
    paid = work.db.exec(select(Payment.id).where(Payment.order_id == order_id)).all()
    return payments.reverse(work, _row(paid, by), reason="wrong order")


def _credit_note(work: Work, order_id: int, by: Random) -> object:
    issued = work.db.exec(select(Statement.id).where(Statement.order_id == order_id)).all()
    return settlement.credit_note(work, _row(issued, by), reason="wrong price")


def _line(work: Work, order_id: int, by: Random) -> int:
    return _row(work.db.exec(select(OrderLine.id).where(OrderLine.order_id == order_id)).all(), by)


def _claim(work: Work, order_id: int, by: Random) -> object:
    """What the customer pays himself, or that work begins without the insurer's word."""
    claim = claims.existing(work, order_id)
    if by.random() < 0.5 and ALONE not in claim.agreed:
        return claim_agreement.begin_alone(work, order_id, reason="pays himself")
    return claims.set_field(work, order_id, "excess", Decimal(by.randint(0, 300)), was=claim.excess)


def _payer(work: Work, order_id: int, by: Random) -> object:
    jobs = [job.id for job in facts_of(work, ORDERS, order_id).jobs]
    payer, percent = by.choice(list(Payer)), by.choice((0, 30, 100, 100))
    return orders.set_payer(work, order_id, order_job_id=_row(jobs, by), payer=payer, percent=percent)


def _stock(work: Work, order_id: int, by: Random, verb: Callable[..., object]) -> object:
    lines = work.db.exec(select(OrderLine.id).where(OrderLine.order_id == order_id)).all()
    return verb(
        work, _row(lines, by), quantity=by.choice((None, Decimal(1))), reason=by.choice(("", "counted wrongly"))
    )


def _check(level: CheckLevel, passed: bool) -> Verb:
    def decide(work: Work, order_id: int, by: Random) -> object:
        points = checks.points_for(work, facts_of(work, ORDERS, order_id), level)
        keys = [point.key for point in points]
        if passed:
            left_out = Said(CheckMark.NOT_APPLICABLE, by.choice(("", "Not needed", "Not needed")))
            told = {point.key: left_out if point.explain else Said(CheckMark.PASS) for point in points}
            some = keys[: by.choice((3, 99, 99, 99))]
            return checks.pass_check(work, order_id, level=level, items={key: told[key] for key in some})
        said = {key: by.choice(list(CheckMark)) for key in keys} if by.random() < 0.5 else {}
        cause, staff_id = by.choice((None, *ReworkCause)), by.choice((None, None, _some(work, Staff, by)))
        note = by.choice(("", "loose", "leaks"))
        return checks.fail_check(work, order_id, level=level, items=said, note=note, cause=cause, staff_id=staff_id)

    return decide


VERBS: dict[str, Verb] = {
    "greet": lambda w, o, by: arrivals.greet(w, o),
    "check_in": lambda w, o, by: inspections.record(w, o, covers=True, odometer_km=40_100, fuel_eighths=4),
    "health": _health,
    "edit": _edit,
    "estimate": lambda w, o, by: orders.request_approval(w, o),
    "revise": lambda w, o, by: orders.revise(w, o),
    "approve": _approve,
    "hand_over": _hand_over,
    "accept": lambda w, o, by: handing.accept(w, o),
    "ask_back": lambda w, o, by: handing.ask_back(w, o, by.choice(("Which wheel?", "Where is the key?"))),
    "dispatch": lambda w, o, by: _give(w, o, by, workshop.dispatch),
    "reassign": lambda w, o, by: _give(w, o, by, workshop.reassign),
    "verify": lambda w, o, by: verification.verify(
        w,
        o,
        differences=by.choice(("", "scratch")),
        symptom=by.choice((None, *SymptomSeen)),
        road_from_km=by.choice((None, 40_200)),
    ),
    "diagnose": _diagnose,
    "finish_job": lambda w, o, by: clocks.finish_job(w, o),
    "start": _start,
    "pause": lambda w, o, by: clocks.pause(w, o, reason=by.choice(clocks.PAUSES)),
    "hold": lambda w, o, by: clocks.hold(w, o, reason=by.choice(list(HoldReason))),
    "resume": lambda w, o, by: clocks.resume(w, o),
    "add_extra": lambda w, o, by: extra_work.propose(
        w, o, job_id=_some(w, Job, by), reason="worn", urgency=by.choice(list(Urgency))
    ),
    "report_delay": _delay,
    "answer_extra": _answer_extra,
    "ask_parts": lambda w, o, by: requisitions.ask(w, o),
    "issue": lambda w, o, by: _stock(w, o, by, stock.issue),
    "give_back": lambda w, o, by: _stock(w, o, by, stock.give_back),
    "finish": lambda w, o, by: clocks.finish(w, o),
    **{f"pass_{level.value}": _check(level, True) for level in (CheckLevel.SELF, CheckLevel.TEAM, CheckLevel.FINAL)},
    **{f"fail_{level.value}": _check(level, False) for level in (CheckLevel.SELF, CheckLevel.TEAM, CheckLevel.FINAL)},
    "washed": lambda w, o, by: workshop.wash(w, o, place="Row B"),
    "park": lambda w, o, by: parking.park(w, o, place=by.choice(("Row B", "Row C", ""))),
    "recommend": lambda w, o, by: recommendations.recommend(
        w, o, text=by.choice(("Brake fluid", "Rear pads", "")), urgency=by.choice(list(Urgency))
    ),
    "check_delivery": _check(CheckLevel.DELIVERY, True),
    "send_back": _check(CheckLevel.DELIVERY, False),
    "tell": lambda w, o, by: delivery.tell(w, o, channel=Channel.PHONE, reached=by.random() < 0.8),
    "agree_time": lambda w, o, by: delivery.agree_time(
        w,
        o,
        pick_up_at=by.choice((None, w.now + timedelta(hours=3))),
        answer=by.choice(list(PickUpAnswer)),
        note="Wash?",
    ),
    "hand_to": lambda w, o, by: delivery.hand_to(w, o, staff_id=_some(w, Staff, by)),
    "charge_less": lambda w, o, by: charging_less.charge_less(
        w, o, line_id=_line(w, o, by), quantity=by.choice((None, Decimal(0), Decimal("0.5"), Decimal(3)))
    ),
    "discount": lambda w, o, by: discounts.ask(
        w, o, percent=by.choice((0, 5, 10, 50)), reason=DiscountReason.LOYAL, line_id=by.choice((None, _line(w, o, by)))
    ),
    "bill": lambda w, o, by: settlement.bill(w, o),
    "deposit": _deposit,
    "pay": _pay,
    "refund": _refund,
    "on_account": lambda w, o, by: payments.on_account(w, o),
    "reverse_payment": _reverse,
    "credit_note": _credit_note,
    "credit": lambda w, o, by: payments.credit(w, o, reason="regular customer"),
    "pass_out": lambda w, o, by: exit_passes.pass_out(w, o),
    "show_car": lambda w, o, by: handover.begin(w, o),
    "deliver": _deliver,
    "close": lambda w, o, by: handover.close(w, o),
    "reopen": lambda w, o, by: handover.reopen(w, o, reason=by.choice(("The rebate was forgotten", ""))),
    "send_out": lambda w, o, by: outside_work.send_out(
        w, o, line_id=_line(w, o, by), due_at=w.now + timedelta(hours=2)
    ),
    "take_back": lambda w, o, by: outside_work.take_back(w, o, line_id=_line(w, o, by)),
    "payer": _payer,
    "price_line": lambda w, o, by: orders.price_line(
        w, o, line_id=_line(w, o, by), unit_price=Decimal(by.randint(0, 90))
    ),
    "answer_recall": lambda w, o, by: recalls.decline(w, o, campaign_id=_some(w, Campaign, by), reason="later"),
    "open_claim": lambda w, o, by: claims.open_claim(w, o),
    "claim": _claim,
    "supplement": lambda w, o, by: claim_supplements.ask_more(w, o, reason="bent", amount=Decimal(by.randint(0, 300))),
    "promise": lambda w, o, by: promises.set_promise(
        w, o, promised_at=w.now + timedelta(hours=by.randint(-1, 5)), reason=by.choice(("", "waits", "waits"))
    ),
    "wish": lambda w, o, by: visit_wishes.wish(
        w, o, wash=by.random() < 0.5, stay=by.choice(list(Stay)), ask_over=by.choice((None, Decimal(150)))
    ),
    "cancel": lambda w, o, by: orders.cancel(w, o, reason="customer left"),
}
