"""What the customer is promised: not earlier than reckoned without a reason (services/promise_reckoning.py reckons)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_datetime
from sqlmodel import col, select

from db.enums import OrderStatus
from db.models import Delay, WorkOrder
from services.i18n import N_
from services.normalize import clean_text
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.promise_reckoning import GRID, reckon_promise
from services.refusals import InThePast, Missing, OutOfRange, Refusal
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of

MOST_DAYS = 180
_WORK_OVER = (OrderStatus.READY,)
BEGUN = (
    OrderStatus.IN_WORK,
    OrderStatus.ON_HOLD,
    OrderStatus.REWORK,
    OrderStatus.SELF_CHECK,
    OrderStatus.TEAM_CHECK,
    OrderStatus.FINAL_INSPECTION,
    OrderStatus.WASH,
)
"""Where the customer counts on the time promised, and only their word moves it to a later one."""


class PromiseTooEarly(Refusal):
    """By work, bays and parts the car is ready at {at} at the earliest. Say why it can be sooner."""


class WordMissing(Refusal):
    """The customer counts on {at}. Report the delay, and note what the customer says to a later time."""


@dataclass(frozen=True)
class WallTime:
    """A time inside a sentence, written in the reader's way."""

    local: datetime

    def say(self, language: str) -> str:
        """Day and time as the reader of that language writes them."""
        return format_datetime(self.local, "d MMM HH:mm" if language == "en" else "M月d日 HH:mm", locale=language)


def set_promise(work: Work, order_id: int, *, promised_at: datetime | None, reason: str = "") -> WorkOrder:
    """Promise the car for an instant. Refuses none at all, one that has passed, one over 180 days ahead, and with PromiseTooEarly
    one before the time reckoned, unless a reason is given (at most 300 characters; kept only with such a promise); and with
    WordMissing a later one than the customer counts on, once work has begun or a delay is still to be told: see
    `agree_promise`."""
    to = promised_at.isoformat() if promised_at else None
    order: WorkOrder = advance(work, ORDERS, order_id, "promise", to=to, reason=clean_text(reason))
    promised_at = _possible(work, promised_at)
    before = order.promised_at
    if before and promised_at > before and (order.status in BEGUN or _delay_untold(work, order)):
        raise WordMissing(at=wall_time(work, before))
    reason = text(reason, N_("Reason"), 300, needed=False)
    earliest = _earliest(work, order, promised_at)
    early = promised_at + GRID < earliest  # time goes on while the customer is being told
    if early and not reason:
        raise PromiseTooEarly(at=wall_time(work, earliest))
    order.promised_at, order.promise_reason = promised_at, reason if early else ""
    return work.add(order)


def agree_promise(work: Work, order_id: int, *, promised_at: datetime | None, person: str) -> WorkOrder:
    """Another time, to which `person` has said yes for the customer, also after work has begun. Refuses as `set_promise` does
    none, one that has passed and one too far ahead; for services that keep the customer's word."""
    to = promised_at.isoformat() if promised_at else None
    order: WorkOrder = advance(work, ORDERS, order_id, "promise", to=to, agreed=person)
    order.promised_at, order.promise_reason = _possible(work, promised_at), ""
    return work.add(order)


def wall_time(work: Work, moment: datetime) -> WallTime:
    """An instant as it stands in a sentence, on the garage's clock."""
    return WallTime(work.local(moment))


def suggest_promise(work: Work, facts: OrderFacts) -> datetime:
    """The earliest honest time on the quarter hour."""
    return reckon_promise(work, facts).at


def _possible(work: Work, promised_at: datetime | None) -> datetime:
    if promised_at is None:
        raise Missing(field=N_("Promised time"))
    if promised_at <= work.now:
        raise InThePast
    if promised_at > work.now + timedelta(days=MOST_DAYS):
        raise OutOfRange(field=N_("Days until the promised time"), least=0, most=MOST_DAYS)
    return promised_at


def _delay_untold(work: Work, order: WorkOrder) -> bool:
    """Whether the newest delay waits for the customer's word, which would bring back the time proposed then."""
    newest = select(Delay).where(Delay.order_id == order.id).order_by(col(Delay.id).desc()).limit(1)
    delay = work.db.exec(newest).first()
    return delay is not None and delay.told_at is None


def _earliest(work: Work, order: WorkOrder, wanted: datetime) -> datetime:
    return wanted if order.status in _WORK_OVER else reckon_promise(work, facts_of(work, ORDERS, order.id)).at
