"""What the garage looks like right now: five figures, what needs someone, and the load until closing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlmodel import col, func, select

from db.enums import AppointmentStatus, ComplaintStatus, FollowUpStatus, OrderStatus, Role
from db.enums_workshop import Risk
from db.models import Bay, Complaint, Customer, FollowUp, Reservation, Staff, WorkOrder
from services.boards import BookingCard, OrderCard, booking_cards, local_day, order_cards
from services.claim_list import Listed, pressing
from services.forecast import forecasts
from services.i18n import N_
from services.money import Sum
from services.money_reminders import to_remind
from services.people import names
from services.preparation import DayName, lacking, overdue
from services.today_desk import desk_troubles
from services.work import Work

_NAMED = 3  # plates in one entry
_LONG = 30  # days money is overdue before it is grave
OVERDUE = timedelta(minutes=30)  # a customer may be that late


Reason = tuple[str, str, str]  # what, colour, the screen where it is dealt with


@dataclass
class Trouble:
    """Something that needs a person now: which car or whom, what, whose (a role as a label), how grave, and where it is done."""

    name: str
    reasons: Sequence[tuple[str, Mapping[str, object]]]
    owner: str
    color: str
    page: str
    query: tuple[str, int | str]


@dataclass
class Load:
    """One taken stretch of a bay."""

    bay: str
    starts: datetime
    ends: datetime
    kind: str


@dataclass
class Today:
    """Everything the manager reads from two metres. `late` are the cars that are late or about to be, by the work that is left on
    them; of `too_late` ones the promise cannot be kept."""

    expected: list[BookingCard]
    in_shop: list[OrderCard]
    late: list[OrderCard]
    ready: list[OrderCard]
    owed: Decimal
    bays: int
    bays_used: int
    calls_due: int
    calls_overdue: int
    troubles: list[Trouble]
    load: list[Load]
    too_late: int


def today(work: Work) -> Today:
    """The state of the day. A fixed number of queries."""
    start, end = local_day(work)
    cards = order_cards(work)
    booked = booking_cards(work, start, end)
    expected = [b for b in booked if b.appointment.status == AppointmentStatus.CONFIRMED]
    in_shop = [c for c in cards if c.status != OrderStatus.READY]
    expects = forecasts(work, in_shop)
    late = [c for c in in_shop if expects[c.id].risk != Risk.ON_TIME]
    ready = [c for c in cards if c.status == OrderStatus.READY]
    bays = work.db.exec(select(func.count()).select_from(Bay).where(col(Bay.active))).one()
    due, overdue = _calls(work)
    return Today(
        expected, in_shop, late, ready,
        sum((c.facts.owed for c in ready), Decimal(0)),
        bays, len({c.order.bay_id for c in in_shop if c.order.bay_id and c.facts.running}),
        due, overdue,
        sorted([*_car_troubles(work, cards), *_complaints(work), *_unprepared(work), *_unpaid(work), *_claims(work),
                *_locked(work), *_desk(work)], key=lambda one: one.color != "red"),  # of the desk there may be many
        _load(work, start, end), sum(one.risk == Risk.LATE for one in expects.values()),
    )  # fmt: skip


def _calls(work: Work) -> tuple[int, int]:
    _, end = local_day(work)
    waiting = col(FollowUp.status).in_((FollowUpStatus.DUE, FollowUpStatus.NOT_REACHED))
    due = list(work.db.exec(select(FollowUp.due_at).where(waiting, col(FollowUp.due_at) < end)))
    start, _ = local_day(work)
    return len(due), sum(at < start for at in due)


def _car_troubles(work: Work, cards: list[OrderCard]) -> list[Trouble]:
    """One entry a car, with all that is wrong about it."""
    staff = names(work)
    found = []
    for card in cards:
        if reasons := _car_reasons(work.now, card):
            hold = card.order.hold_reason
            params = {"reason": hold.label if hold else "", "sum": Sum(card.facts.owed, card.facts.currency)}
            _, color, page = min(reasons, key=lambda reason: reason[1] != "red")
            owner = staff.get(card.order.advisor_id or 0, "")
            said = [(what, params) for what, _, _ in reasons]
            found.append(Trouble(card.vehicle.plate, said, owner, color, page, ("order", card.id)))
    return found


def _car_reasons(now: datetime, card: OrderCard) -> list[Reason]:
    order, facts = card.order, card.facts
    promised = order.promised_at
    greeting = order.arrived_at + timedelta(minutes=1)
    checks = (
        (order.status == OrderStatus.RECEPTION and order.greeted_at is None and now > greeting,
         (N_("waits to be greeted"), "red", "reception")),
        (bool(promised and promised < now and order.status != OrderStatus.READY),
         (N_("promised time has passed: tell the customer"), "red", "workshop")),
        (facts.in_rework, (N_("failed a check, in rework"), "red", "workshop")),
        (order.status == OrderStatus.ON_HOLD, (N_("on hold: {reason}"), "orange", "workshop")),
        (bool(facts.pending) and order.status in (OrderStatus.IN_WORK, OrderStatus.ON_HOLD, OrderStatus.REWORK),
         (N_("extra work: ask the customer"), "orange", "workshop")),
        (order.status == OrderStatus.READY and order.told_at is None, (N_("ready, customer not told"), "orange", "delivery")),
        (order.status == OrderStatus.READY and bool(order.pick_up_at and order.pick_up_at + OVERDUE < now),
         (N_("not picked up at the time agreed"), "orange", "delivery")),
        (facts.owed > 0, (N_("owes {sum}"), "orange", "delivery")),
    )  # fmt: skip
    return [reason for true, reason in checks if true]


def _desk(work: Work) -> list[Trouble]:
    """What the booking desk left undone."""
    return [
        Trouble(one.plate, one.reasons, one.owner, one.color, "booking", ("appointment", one.appointment_id))
        for one in desk_troubles(work)
    ]


def _complaints(work: Work) -> list[Trouble]:
    query = (
        select(Complaint, Customer.name, Staff.name)
        .join(Customer, col(Customer.id) == col(Complaint.customer_id))
        .outerjoin(Staff, col(Staff.id) == col(Complaint.responsible_id))
        .where(Complaint.status != ComplaintStatus.CLOSED)
        .limit(20)
    )
    return [
        Trouble(
            name,
            [(N_("complaint: {status}"), {"status": row.status.label})],
            owner or "",
            "red",
            "follow_up",
            ("complaint", row.id),
        )
        for row, name, owner in work.db.exec(query)
    ]


def _unprepared(work: Work) -> list[Trouble]:
    """One entry for all bookings of the next open day that still lack something when closing time is near."""
    found = overdue(work)
    if found is None:
        return []
    params = {"day": DayName(found.day), "n": len(found.open), "all": len(found.bookings)}
    lacks = dict.fromkeys(words for one in found.open for words in lacking(one))
    said = [(N_("{day}: {n} of {all} bookings not ready"), params), *((words, {}) for words in lacks)]
    plates = [one.car.plate for one in found.open]
    name = ", ".join(plates[:_NAMED]) + (" …" if len(plates) > _NAMED else "")
    parts = any(one.to_pick or one.short for one in found.open)
    owner = (Role.PARTS_CLERK if parts else Role.SUPERVISOR).label
    return [Trouble(name, said, owner, "orange", "booking", ("view", "tomorrow"))]


def _claims(work: Work) -> list[Trouble]:
    """Claims that must be handed in these days, or should have been."""
    today = work.local(work.now).date()
    visits: dict[int, Listed] = {}
    for one in pressing(work):
        visits.setdefault(one.order.id, one)
    return [
        Trouble(
            one.car.plate,
            [(N_("claim {number}: hand in by {day}"), {"number": one.claim.number, "day": DayName(one.last_day)})],
            Role.WARRANTY_CLERK.label,
            "red" if one.last_day < today else "orange",
            "claims",
            ("claim", one.claim.id),
        )
        for one in visits.values()
    ]


def _unpaid(work: Work) -> list[Trouble]:
    """One entry for all customers to be reminded of money today."""
    found = to_remind(work)
    if not found:
        return []
    total = sum((one.overdue for one, _ in found), Decimal(0))
    names_ = [one.customer.name for one, _ in found]
    name = ", ".join(names_[:_NAMED]) + (" …" if len(names_) > _NAMED else "")
    color = "red" if max(one.days for one, _ in found) > _LONG else "orange"
    said = [(N_("{sum} overdue: remind"), {"sum": Sum(total, work.garage.currency)})]
    return [Trouble(name, said, Role.CASHIER.label, color, "money", ("view", "balances"))]


def _locked(work: Work) -> list[Trouble]:
    people = work.db.exec(select(Staff).where(col(Staff.locked_until) > work.now))
    return [
        Trouble(p.name, [(N_("locked after wrong PINs"), {})], "", "orange", "settings", ("staff", p.id))
        for p in people
    ]


def _load(work: Work, start: datetime, end: datetime) -> list[Load]:
    query = (
        select(Bay.name, Reservation.starts_at, Reservation.ends_at, WorkOrder.status)
        .join(Reservation, col(Reservation.bay_id) == col(Bay.id))
        .outerjoin(WorkOrder, col(WorkOrder.id) == col(Reservation.order_id))
        .where(col(Reservation.starts_at) >= start, col(Reservation.starts_at) < end)
        .order_by(col(Bay.position))
    )
    return [Load(bay, a, b, _kind(status)) for bay, a, b, status in work.db.exec(query)]


def _kind(status: str | None) -> str:
    if status is None:
        return N_("booked")
    done = (OrderStatus.READY, OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.WASH)
    return N_("finished") if status in done else N_("in the shop")
