"""What the customer signs for beside the jobs: time, wishes, sums by payer; and what is still missing."""

from decimal import Decimal

import streamlit as st

from db.enums import Answer, Payer
from db.models import Customer, Garage, OrderJob, OrderLine, WorkOrder
from services.begun_answers import Begun
from services.boards import OrderCard
from services.estimates import by_rate, excess_in, together
from services.money import Sum
from services.safety_warnings import unsafe
from ui.here import here, zone
from ui.sums import money, tax_words
from ui.text import Safe, joined, md, phone, t
from ui.when import moment


def summary(card: OrderCard, garage: Garage) -> None:
    """When it is ready, and the wishes as they were understood."""
    if card.order.promised_at:
        at = moment(card.order.promised_at, here().clock(), zone())
        st.markdown(Safe(f"### :material/schedule: {t('Ready {at}', at=at)}"))
    st.markdown(wishes(card.order, card.customer, garage.currency))


def wishes(order: WorkOrder, customer: Customer, currency: str) -> Safe:
    """What the customer wished, in one line."""
    over = (
        t("Extra work up to {sum} without asking", sum=Sum(order.ask_over, currency))
        if order.ask_over
        else t("Extra work: always ask first")
    )
    words = [
        t(order.stay.label) if order.stay else t("Waits here") if order.waits else None,
        t("Wash the car") if order.wash else None,
        t("Old parts back") if order.old_parts else None,
        t(order.payment_method.label) if order.payment_method else None,
        joined(t(order.reach_by.label), phone(order.reach_at or customer.phone), by=" ") if order.reach_by else None,
        over,
        md(order.requests),
    ]
    return joined(*words)


def sums(card: OrderCard, now: Begun, garage: Garage) -> None:
    """What comes together of all that is agreed, by payer; the customer's share large."""
    lines = _agreed(card, now)
    own = excess_in(lines, garage, card.facts.excess)
    for payer, rates in by_rate(lines, garage, card.facts.excess).items():
        row = st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small")
        due, taxes = (
            together(rates.values()),
            [tax_words(rate, one.tax, garage.currency) for rate, one in rates.items()],
        )
        if payer == Payer.CUSTOMER:
            excess = t("with the excess of {sum}", sum=Sum(own, garage.currency)) if own else None
            row.caption(joined(t("Net {sum}", sum=Sum(due.net, garage.currency)), *taxes, excess), width="content")
            row.markdown(Safe(f"## {t('Agreed: {sum}', sum=Sum(due.total, garage.currency))}"), width="content")
        else:
            row.markdown(joined(t(payer.label), money(due.total, garage.currency), by=": "), width="content")

    _after_diagnosis(lines, garage.currency)


def _after_diagnosis(lines: list[OrderLine], currency: str) -> None:
    """What comes to the sum once it can be priced."""
    later = [line for line in lines if line.unpriced]
    limits = [line.up_to for line in later if line.up_to is not None]
    if not later:
        return
    words = t("and after diagnosis at most {sum}", sum=Sum(sum(limits, Decimal(0)), currency))
    st.markdown(words if len(limits) == len(later) else t("and what is priced after diagnosis"), text_alignment="right")


def declined_unsafely(card: OrderCard, now: Begun) -> list[OrderJob]:
    """Jobs that concern safety and are declined so far."""
    return unsafe(card.facts.jobs, card.facts.lines, now.answers)


def nothing_wanted(card: OrderCard, now: Begun) -> bool:
    """Whether everything is declined, by these answers or earlier ones."""
    return all(now.answers.get(line.id, line.answer) == Answer.DECLINED for line in card.facts.lines)


def missing(card: OrderCard, now: Begun) -> list[Safe]:
    """What is still to be said before the customer can sign."""
    open_ = [line.order_job_id for line in card.facts.pending if line.id not in now.answers]
    groups = {job.id: job.alternative for job in card.facts.jobs}
    open_jobs = len({job for job in open_ if groups[job] is None})
    choices = len({groups[job] for job in open_} - {None})
    unread = sum(1 for job in declined_unsafely(card, now) if job.id not in now.warned)
    words = [
        t("Jobs without an answer: {n}", n=open_jobs) if open_jobs else None,
        t("Choices to make: {n}", n=choices) if choices else None,
        t("Explanations to confirm: {n}", n=unread) if unread else None,
    ]
    return [word for word in words if word]


def _agreed(card: OrderCard, now: Begun) -> list[OrderLine]:
    return [line for line in card.facts.lines if now.answers.get(line.id, line.answer) == Answer.AGREED]
