"""What an order says to the customer: jobs with prices, sums, wishes, where the car stands. On paper, by link, on the screen."""

from dataclasses import dataclass
from decimal import Decimal

from db.enums import Answer, HoldReason, LineKind, OrderStatus, Payer
from db.enums_reception import Stay
from db.models import Customer, Garage, OrderJob, OrderLine, WorkOrder
from services import estimates
from services.estimates import by_rate, rates_in, together, total_of
from services.i18n import N_, translate
from services.money import Sum, show
from services.normalize import phone_shown
from services.order_facts import OrderFacts
from services.papers import moment_words, quantity_words
from services.visit import Visit
from services.work import Work

_CHECKED = N_("We are checking the work")
_WORKED = N_("We are working on your car")
_ASKED = N_("We are waiting for your answer")
STANDS = {
    OrderStatus.RECEPTION: N_("We are receiving your car"),
    OrderStatus.AWAITING_APPROVAL: _ASKED,
    OrderStatus.AWAITING_DISPATCH: N_("Your order is agreed, your car comes next"),
    OrderStatus.IN_WORK: _WORKED,
    OrderStatus.ON_HOLD: _WORKED,
    OrderStatus.SELF_CHECK: _CHECKED,
    OrderStatus.TEAM_CHECK: _CHECKED,
    OrderStatus.FINAL_INSPECTION: _CHECKED,
    OrderStatus.REWORK: _WORKED,
    OrderStatus.WASH: N_("Your car is being washed"),
    OrderStatus.READY: N_("Your car is ready"),
    OrderStatus.DELIVERED: N_("Your car has been handed over"),
    OrderStatus.CLOSED: N_("Your car has been handed over"),
    OrderStatus.CANCELLED: N_("The visit ended without work"),
}
_HELD = {HoldReason.PARTS: N_("We are waiting for a part"), HoldReason.APPROVAL: _ASKED}
_OVER = (OrderStatus.READY, OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED)


@dataclass(frozen=True)
class LineWords:
    """One line as it is read; `pays` is empty where the customer pays all of it."""

    title: str
    quantity: str
    price: str
    discount: str
    pays: str
    amount: str


@dataclass(frozen=True)
class JobWords:
    """One job with its lines; `note` tells what is special about it, `amount` what it comes to (empty when nobody knows).

    Of alternatives one is `chosen`.
    """

    title: str
    note: str
    amount: str
    chosen: bool
    lines: tuple[LineWords, ...]


def stands(order: WorkOrder) -> str:
    """Where the car stands, in words for the customer (an English source text)."""
    held = _HELD.get(order.hold_reason) if order.hold_reason and order.status == OrderStatus.ON_HOLD else None
    return held or STANDS[order.status]


def next_word(work: Work, order: WorkOrder, customer: Customer, language: str) -> str:
    """When the customer hears from us: who leaves is called, who stays is fetched. Nothing once the car is ready."""
    if order.promised_at is None or order.status in _OVER:
        return ""
    at = moment_words(work, order.promised_at, language)
    today = work.local(order.promised_at).date() == work.local(work.now).date()
    if today and (order.waits or order.stay == Stay.LOUNGE):
        return translate(language, N_("Please make yourself comfortable: we come to you by {at}."), at=at)
    if customer.phone is None:
        return translate(language, N_("We call you as soon as the car is ready, by {at}."), at=at)
    words = N_("We call you on {phone} as soon as the car is ready, by {at}.")
    return translate(language, words, at=at, phone=phone_shown(customer.phone))


def jobs(visit: Visit, garage: Garage, language: str, *, declined: bool = False) -> list[JobWords]:
    """The jobs that are asked for or agreed; with `declined` those the customer does not want."""
    facts = visit.facts
    mine = [job for job in facts.jobs if (facts.job_answer(job) == Answer.DECLINED) == declined]
    return [_job(facts, job, garage, language) for job in mine]


def _job(facts: OrderFacts, job: OrderJob, garage: Garage, language: str) -> JobWords:
    lines = facts.job_lines(job)
    answer = facts.job_answer(job)
    shown = [line for line in lines if answer == Answer.DECLINED or line.answer != Answer.DECLINED]
    sums = [total_of(line, garage.currency) for line in shown if not line.unpriced]
    return JobWords(
        job.title,
        _note(facts, job, language),
        show(sum(sums, Decimal(0)), garage.currency, language) if sums else "",
        job.id in {one.id for one in facts.counted},
        tuple(line_words(line, garage, language) for line in shown),
    )


def _note(facts: OrderFacts, job: OrderJob, language: str) -> str:
    counted = {one.id for one in facts.counted}
    words = [
        N_("further work") if job.extra else "",
        N_("another way to do it, not chosen") if job.alternative and job.id not in counted else "",
        N_("the car is taken apart to find out") if job.dismantling else "",
    ]
    return " · ".join(translate(language, word) for word in words if word)


def line_words(line: OrderLine, garage: Garage, language: str) -> LineWords:
    """One line as the customer reads it."""
    currency = garage.currency
    discount = show(-line.discount, currency, language) if line.discount and not line.unpriced else ""
    price = "" if line.unpriced else show(line.unit_price, currency, language)
    return LineWords(
        # labour bears the job's own name, which stands right above it
        translate(language, LineKind.LABOUR.label) if line.kind == LineKind.LABOUR else line.title,
        quantity_words(line.quantity, line.unit),
        price,
        discount,
        payer_words(line, language),
        unpriced_words(line, currency, language) if line.unpriced else show(total_of(line, currency), currency, language),
    )  # fmt: skip


def payer_words(line: OrderLine, language: str) -> str:
    """Who pays; with a share where the customer pays the rest. Empty for what the customer pays alone."""
    if line.payer == Payer.CUSTOMER:
        return ""
    who = translate(language, line.payer.label)
    return who if line.payer_percent == 100 else f"{who} {line.payer_percent} %"


def unpriced_words(line: OrderLine, currency: str, language: str) -> str:
    """What is said instead of a price that nobody can know yet."""
    if line.up_to is None:
        return translate(language, N_("after diagnosis"))
    return translate(language, N_("after diagnosis, at most {sum}"), sum=Sum(line.up_to, currency))


def counting(facts: OrderFacts) -> list[OrderLine]:
    """The lines that make the sum: of jobs that count, not declined, with a price."""
    there = {job.id for job in facts.counted}
    wanted = (line for line in facts.lines if line.order_job_id in there and line.answer != Answer.DECLINED)
    return [line for line in wanted if not line.unpriced]


def sums(visit: Visit, garage: Garage, language: str) -> list[tuple[str, str]]:
    """Net, tax, total, and what others than the customer pay."""
    shares = by_rate(counting(visit.facts), garage, visit.excess)
    whole = together(one for rates in shares.values() for one in rates.values())
    pairs = [(translate(language, N_("Net")), whole.net)]
    pairs += [
        (tax_words(rate, language), one.tax)
        for rate, one in (rates_in(shares.values()) or {garage.tax_percent: whole}).items()
    ]
    pairs += [(translate(language, N_("Total")), whole.total)]
    pairs += [(translate(language, who.label), -together(rates.values()).total)
              for who, rates in shares.items() if who != Payer.CUSTOMER]  # fmt: skip
    return [(name, show(amount, garage.currency, language)) for name, amount in pairs]


def tax_words(percent: Decimal, language: str) -> str:
    """What a sum of tax is called on a paper."""
    return translate(language, N_("Tax {percent} %"), percent=f"{percent.normalize():f}")


def customer_pays(visit: Visit, garage: Garage, language: str) -> tuple[str, str]:
    """What is left for the customer, as far as it is known."""
    share = estimates.customer_pays(counting(visit.facts), garage, visit.excess)
    return translate(language, N_("You pay")), show(share.total, garage.currency, language)


def later_at_most(facts: OrderFacts, garage: Garage, language: str) -> str:
    """That more is priced after diagnosis; empty when all is priced. Of several ways only the one that counts is named."""
    open_ones = [line for line in facts.counted_lines if line.unpriced and line.answer != Answer.DECLINED]
    if not open_ones:
        return ""
    if any(line.up_to is None for line in open_ones):
        return translate(language, N_("More is priced after diagnosis, and done only after you agree."))
    most = sum((line.up_to or Decimal(0) for line in open_ones), Decimal(0))
    return translate(language, N_("After diagnosis at most {sum} more."), sum=Sum(most, garage.currency))


def wishes(visit: Visit, garage: Garage, language: str) -> list[tuple[str, str]]:
    """What the customer wants besides the work, as pairs to read."""
    order = visit.order
    where = order.stay.label if order.stay else N_("waits here") if order.waits else N_("comes back")
    reach = translate(language, order.reach_by.label) if order.reach_by else ""
    pairs = (
        (N_("Meanwhile"), translate(language, where)),
        (N_("Old parts"), translate(language, N_("given back") if order.old_parts else N_("not wanted"))),
        (N_("Wash"), translate(language, N_("yes") if order.wash else N_("no"))),
        (N_("Pays by"), translate(language, order.payment_method.label) if order.payment_method else ""),
        (N_("Reached by"), " ".join(filter(None, (reach, order.reach_at)))),
        (N_("Special requests"), order.requests),
    )
    return [(translate(language, name), value) for name, value in pairs if value]
