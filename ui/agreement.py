"""The sixth moment: the customer answers every line, and signs or has answered by phone."""

from collections.abc import Callable

import streamlit as st

from db.enums import Answer, ConsentMethod, Payer
from db.models import Consent, Garage, OrderLine
from services import consents
from services.boards import OrderCard
from services.consents import Signature
from services.estimates import total, total_of
from services.i18n import N_
from services.money import Sum
from services.order_facts import OrderFacts
from services.work import Work
from ui.act import act
from ui.here import here, look, show_record, zone
from ui.photos import photo
from ui.signature import Signed, signature
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import moment, span

ANSWERS = (Answer.AGREED, Answer.DECLINED)


def draw(card: OrderCard) -> None:
    """Every line with its answer, the sum agreed to so far, how the answer came, and the pad to sign on."""
    with look() as work:
        garage = work.garage
    order = card.order
    if order.promised_at:
        ready = t("Ready {at}", at=moment(order.promised_at, here().clock(), zone()))
        st.markdown(badge("blue", "schedule", ready))
    st.button(
        t("All agreed"),
        icon=":material/done_all:",
        key=f"all_{card.id}",
        on_click=_agree_all,
        args=(card,),
        width="stretch",
    )
    for job in card.facts.jobs:
        with st.container(border=True, gap="xsmall", key=f"asked_{job.id}"):
            st.markdown(joined(Safe(f"**{md(job.title)}**"), span(job.minutes)))
            for line in card.facts.job_lines(job):
                _line(line, garage)
    _sum(card, garage)
    _who_and_how(card)


def save(card: OrderCard) -> Callable[[Work], object]:
    """Answers given without a signature: keep them and send the order to dispatch."""
    return _approve(card, None)


def signs(card: OrderCard) -> bool:
    """Whether the customer signs on the tablet, so that the pad's button is the last one."""
    return bool(st.session_state.get(f"consent_{card.id}", ConsentMethod.SIGNED) == ConsentMethod.SIGNED)


def show(facts: OrderFacts) -> None:
    """What the customer has answered so far: when, how, who, for what sum, with the signature."""
    with look() as work:
        found, currency = consents.consents(work, facts.order.id), work.garage.currency
        pads = consents.signatures(work, [consent for consent, _ in found])
    for consent, items in found:
        agreed = sum(1 for item in items if item.answer == Answer.AGREED)
        with st.container(border=True, key=f"consent_row_{consent.id}"):
            st.markdown(_heading(consent, currency))
            st.caption(t("{agreed} of {all} lines agreed", agreed=agreed, all=len(items)))
            if consent.note:
                st.markdown(md(consent.note))
            if consent.signature_id in pads:
                photo(pads[consent.signature_id], N_("Signature"))


def _heading(consent: Consent, currency: str) -> Safe:
    at = moment(consent.at, here().clock(), zone())
    how = badge(consent.method.color, consent.method.icon, t(consent.method.label))
    return joined(how, md(consent.person), at, money(consent.total, currency))


def _line(line: OrderLine, garage: Garage) -> None:
    row = st.columns([5, 2, 3.4], vertical_alignment="center", wrap=False)
    times = f"{line.quantity.normalize():f} × " if line.quantity != 1 else ""
    row[0].markdown(joined(Safe(f":material/{line.kind.icon}:"), md(times), md(line.title), by=" "))
    row[1].markdown(f"**{money(total_of(line, garage.currency), garage.currency)}**")
    row[2].segmented_control(t("Answer"), ANSWERS, format_func=_answer, key=f"answer_{line.id}", label_visibility="collapsed",
                             required=False, width="stretch")  # fmt: skip


def _sum(card: OrderCard, garage: Garage) -> None:
    given = _answers(card)
    agreed = [x for x in card.facts.lines if given.get(x.id) == Answer.AGREED and x.payer == Payer.CUSTOMER]
    open_ = len(card.facts.pending) - len(given)
    row = st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small")
    if open_:
        row.markdown(badge("orange", "help", t("{n} lines without an answer", n=open_)), width="content")
    due = Sum(total(agreed, garage).total, garage.currency)
    row.markdown(f"### {t('Agreed: {sum}', sum=due)}", width="content")


def _who_and_how(card: OrderCard) -> None:
    left, right = st.columns(2, gap="small", vertical_alignment="bottom")
    methods = {how: t(how.label) for how in ConsentMethod}
    left.segmented_control(t("How"), list(methods), default=ConsentMethod.SIGNED, format_func=methods.__getitem__, width="stretch",
                           key=f"consent_{card.id}", required=True)  # fmt: skip
    right.text_input(t("Who answered"), value=card.customer.name, key=f"answered_by_{card.id}")
    if not signs(card):
        st.text_input(t("Note"), key=f"consent_note_{card.id}")
    elif len(_answers(card)) < len(card.facts.pending):
        st.caption(t("The customer signs here once every line is answered."))
    else:
        turn = st.session_state.get(f"sign_turn_{card.id}", 0)
        with st.container(key=f"sign_{card.id}"):
            signature(
                f"pad_{card.id}_{turn}", label=t("Signature"), accept=t("Sign the order"), clear=t("Clear"),
                on_signed=lambda signed: _signed(card, signed, turn),
            )  # fmt: skip


def _signed(card: OrderCard, signed: Signed, turn: int) -> None:
    done = t("The order waits for dispatch")
    if act(_approve(card, Signature(signed.png, signed.strokes)), done=done, at="check_in"):
        show_record("step", None)
        show_record("order", None)
    else:
        st.session_state[f"sign_turn_{card.id}"] = turn + 1  # a refused signature is not used again: a new pad


def _approve(card: OrderCard, drawn: Signature | None) -> Callable[[Work], Consent]:
    answers, state = _answers(card), st.session_state
    return lambda work: consents.approve(
        work,
        card.id,
        answers=answers,
        method=state[f"consent_{card.id}"],
        person=state[f"answered_by_{card.id}"],
        signature=drawn,
        note=state.get(f"consent_note_{card.id}", ""),
        version=card.order.version,
    )


def _answers(card: OrderCard) -> dict[int, Answer]:
    given = {line.id: st.session_state.get(f"answer_{line.id}") for line in card.facts.pending}
    return {key: answer for key, answer in given.items() if answer}


def _agree_all(card: OrderCard) -> None:
    for line in card.facts.pending:
        st.session_state[f"answer_{line.id}"] = Answer.AGREED


def _answer(answer: Answer) -> Safe:
    return t(answer.label)
