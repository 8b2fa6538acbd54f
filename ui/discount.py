"""Giving less than the price: on what, how much, why, each by a tap; what the customer pays then stands before the button."""

from decimal import Decimal

import streamlit as st

from db.enums_money import DiscountReason, DiscountState
from db.models import OrderLine
from services.discount_limits import enough, givers, may_give
from services.discount_sums import Wish, amount_of, base_of, pays, reducible, round_sums, spread
from services.discounts import ask, of_order
from services.estimates import total_of
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.work import Work
from services.workflow import allowed
from ui.delivery_form import save_button, step, typed_in
from ui.discount_list import discount_list
from ui.estimate_words import per_cent
from ui.here import look, person
from ui.sums import money, sum_input, sum_typed_in
from ui.text import Safe, joined, language, md, t

WHOLE = 0  # in place of a line's id
PERCENTS = (3, 5, 10, 15, 20, 30, 50)
WAYS = {"percent": N_("Per cent"), "round": N_("Round sum"), "sum": N_("Sum")}


def discount_form(facts: OrderFacts) -> None:
    """What was given so far, and the next one; while one waits for its answer only that."""
    discount_list(facts)
    key = facts.order.id
    with look() as work:
        waits = any(one.state == DiscountState.ASKED for one in of_order(work, key))
        garage, now = work.garage, pays(facts, work.garage)
    if waits:
        return
    lines = reducible(facts)
    if not lines:
        st.caption(t("There is nothing here that the customer alone pays."))
        return
    chosen = _what(facts, lines)
    wish = _how(facts, base_of(chosen, facts.currency), now, whole=len(chosen) == len(lines))
    round_sum = wish is not None and wish.to_pay is not None
    reason = st.pills(t("Why"), list(DiscountReason), key=f"discount_why_{key}_{round_sum}", required=True, format_func=_reason,
                      default=DiscountReason.ROUND_SUM if round_sum else DiscountReason.LOYAL)  # fmt: skip
    if reason == DiscountReason.OTHER:
        st.text_input(t("In words"), key=f"discount_note_{key}", max_chars=300)
    if wish is None:
        return
    try:
        less = amount_of(facts, garage, chosen, wish)
    except Refusal as refusal:
        st.caption(Safe(f":material/block: {md(refusal.say(language()))}"))
        return
    st.session_state[f"discount_wish_{key}"] = (wish, reason, now)
    _result(facts, chosen, less, now)


def _what(facts: OrderFacts, lines: list[OrderLine]) -> list[OrderLine]:
    """Everything, or one line."""
    names = {WHOLE: joined(t("Everything"), money(base_of(lines, facts.currency), facts.currency), by=" ")}
    names |= {
        line.id: joined(md(line.title), money(total_of(line, facts.currency), facts.currency), by=" ") for line in lines
    }
    picked = st.pills(t("On"), list(names), default=WHOLE, format_func=names.__getitem__, required=True,
                      key=f"discount_on_{facts.order.id}")  # fmt: skip
    return [line for line in lines if picked in (WHOLE, line.id)]


def _how(facts: OrderFacts, base: Decimal, now: Decimal, *, whole: bool) -> Wish | None:
    """How much less; None until it is said. A round sum is one of the whole."""
    key = facts.order.id
    ways = [way for way in WAYS if whole or way != "round"]
    way = st.segmented_control(t("How much less"), ways, default="percent", key=f"discount_how_{key}_{len(ways)}", required=True,
                               format_func=lambda name: t(WAYS[name]))  # fmt: skip
    if way == "percent":
        percent = st.pills(t("Per cent"), PERCENTS, key=f"discount_percent_{key}", label_visibility="collapsed",
                           format_func=per_cent)  # fmt: skip
        return Wish(percent=Decimal(percent)) if percent else None
    if way == "round":
        target = st.pills(t("To pay"), round_sums(now, facts.currency), key=f"discount_round_{key}",
                          format_func=lambda value: money(value, facts.currency))  # fmt: skip
        return Wish(to_pay=target) if target is not None else None
    sum_input(t("Less by"), f"discount_sum_{key}", facts.currency)
    amount = sum_typed_in(f"discount_sum_{key}")
    return Wish(amount=amount) if amount is not None else None


def _result(facts: OrderFacts, lines: list[OrderLine], less: Decimal, now: Decimal) -> None:
    """What the customer pays then, and the button: at once, or to be approved by whom."""
    fits = 0 < less <= base_of(lines, facts.currency)
    with look() as work:
        percent = enough(work, lines, less)
        mine, who = percent <= may_give(work), givers(work, percent)[0]
        after = pays(facts, work.garage, spread(less, lines, facts.currency)) if fits else now
    before = Safe(f":gray[~~{money(now, facts.currency)}~~]")
    st.markdown(Safe(f"### {joined(before, money(after, facts.currency), by=' → ')}"), anchors=False)
    amount = money(less, facts.currency)
    label = t("Give {sum} less", sum=amount) if mine else t("Ask for {sum} less", sum=amount)
    save_button("discount", facts, _save, label)
    if not mine:
        st.caption(Safe(f":material/hourglass_top: {t('More than you may give: {role} is asked.', role=who.label)}"))


def _reason(reason: DiscountReason) -> Safe:
    return Safe(f":material/{reason.icon}: {t(reason.label)}")


def _save(facts: OrderFacts) -> None:
    key = facts.order.id
    wish, reason, seen = st.session_state[f"discount_wish_{key}"]
    amount = sum_typed_in(f"discount_sum_{key}") if wish.amount is not None else None  # typed a moment before the tap
    line = st.session_state.get(f"discount_on_{key}") or None
    note = typed_in(f"discount_note_{key}")

    def give(work: Work) -> object:
        return ask(work, key, line_id=line, percent=wish.percent, amount=amount, to_pay=wish.to_pay, reason=reason,
                   note=note, seen=seen)  # fmt: skip

    if step(give, facts, "discount", t("Discount noted"), f"discount_note_{key}"):
        for name in ("on", "percent", "round", "sum"):
            st.session_state.pop(f"discount_{name}_{key}", None)
        bill = ORDERS.move("bill")
        if bill.fits(facts, facts.order.status) and allowed(bill, person()):
            st.session_state[f"step:{key}"] = "bill"  # where it was asked for
