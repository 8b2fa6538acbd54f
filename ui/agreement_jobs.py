"""The jobs of an order as the customer answers them: by job with one tap, by line when opened, one of several ways."""

from decimal import Decimal

import streamlit as st

from db.enums import Answer, Payer
from db.models import ConsentItem, Garage, OrderJob, OrderLine, Part
from services.alternatives import ways
from services.begun_answers import Begun
from services.boards import OrderCard
from services.estimates import shares_of
from services.tax_rates import rate_of
from ui.agreement_taps import answer_control, keep, same_answer
from ui.agreement_words import changed, price, who_pays
from ui.estimate_words import line_name
from ui.job_reason import job_reason
from ui.sums import money
from ui.text import Safe, badge, joined, md, t

Items = dict[int, ConsentItem]


def jobs(card: OrderCard, now: Begun, garage: Garage, items: Items, parts: dict[int, Part]) -> None:
    """What waits for an answer, then what was answered before."""
    groups = ways(card.facts.jobs)
    asked = [job for job in card.facts.jobs if _open(card, job)]
    single = [job for job in asked if job.alternative is None]
    if single:
        st.button(t("All agreed"), icon=":material/done_all:", key=f"all_{card.id}", on_click=_agree_all, args=(card, single),
                  width="stretch", type="secondary" if _all(card, single, now) else "primary")  # fmt: skip
    for job in single:
        _job(card, job, now, garage, items)
    for number, group in groups.items():
        if any(job in asked for job in group):
            _choose(card, number, group, now, garage, parts)
    _answered(card, [job for job in card.facts.jobs if job not in asked], garage)


def _open(card: OrderCard, job: OrderJob) -> list[OrderLine]:
    return [line for line in card.facts.job_lines(job) if line.answer == Answer.PENDING]


def _all(card: OrderCard, asked: list[OrderJob], now: Begun) -> bool:
    return all(now.answers.get(line.id) for job in asked for line in _open(card, job))


def _job(card: OrderCard, job: OrderJob, now: Begun, garage: Garage, items: Items) -> None:
    lines, asked = card.facts.job_lines(job), _open(card, job)
    with st.container(border=True, gap="xsmall", key=f"asked_{job.id}"):
        row = st.columns([5, 2, 3.4], vertical_alignment="center")
        row[0].markdown(Safe(f"### {md(job.title)}"))
        row[1].markdown(_job_price(lines, garage, large=True))
        with row[2]:
            answer_control(f"answer_job_{job.id}", card, asked, same_answer(asked, now.answers))
        st.markdown(joined(_safety(job), job_reason(job), *who_pays(lines), by=" "))
        for line in asked:
            if line.id in items:
                st.markdown(changed(line, items[line.id], garage.currency))
        with st.expander(t("Details")):
            for line in lines:
                _line(card, line, now, garage)


def _line(card: OrderCard, line: OrderLine, now: Begun, garage: Garage) -> None:
    row = st.columns([5, 2, 3.4], vertical_alignment="center")
    times = f"{line.quantity.normalize():f} × " if line.quantity != 1 else ""
    row[0].markdown(joined(Safe(f":material/{line.kind.icon}:"), md(times), line_name(line), by=" "))
    row[1].markdown(price(line, garage.currency))
    if line.answer == Answer.PENDING:
        with row[2]:
            answer_control(f"answer_{line.id}", card, [line], now.answers.get(line.id))
    else:
        row[2].markdown(badge(line.answer.color, line.answer.icon, t(line.answer.label)))


def _choose(
    card: OrderCard, number: int, group: list[OrderJob], now: Begun, garage: Garage, parts: dict[int, Part]
) -> None:
    """The ways side by side; a tap takes one and leaves the others."""
    st.markdown(Safe(f"### {t('Choose one')}"))
    for column, job in zip(st.columns(len(group), gap="small"), group, strict=True):
        lines, asked = card.facts.job_lines(job), _open(card, job)
        chosen = bool(asked) and same_answer(asked, now.answers) == Answer.AGREED
        with column.container(border=True, gap="xsmall", key=f"way_{job.id}"):
            st.markdown(Safe(f"**{md(job.title)}**"))
            st.markdown(Safe(f"### {_job_price(lines, garage)}"))
            for line in lines:
                st.markdown(joined(line_name(line), _grade(parts.get(line.part_id or 0)), price(line, garage.currency)))
            st.button(t("Chosen") if chosen else t("Choose this"), icon=":material/check_circle:" if chosen else None,
                      type="primary" if chosen else "secondary", key=f"choose_{job.id}", on_click=_take, args=(card, group, job.id),
                      width="stretch")  # fmt: skip
    none = all(same_answer(_open(card, job), now.answers) == Answer.DECLINED for job in group)
    st.button(t("None of these"), icon=":material/check_circle:" if none else None, key=f"choose_none_{card.id}_{number}",
              on_click=_take, args=(card, group, 0))  # fmt: skip


def _answered(card: OrderCard, before: list[OrderJob], garage: Garage) -> None:
    for job in before:
        answer = card.facts.job_answer(job)
        row = st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"before_{job.id}")
        row.markdown(joined(md(job.title), _job_price(card.facts.job_lines(job), garage)), width="stretch")
        row.markdown(badge(answer.color, answer.icon, t(answer.label)), width="content")


def _job_price(lines: list[OrderLine], garage: Garage, *, large: bool = False) -> Safe:
    """What the customer would pay of the job, told as before tax where tax comes on top; what is priced later is said
    in words, not as nothing."""
    due = sum((shares_of(line, garage.currency).get(Payer.CUSTOMER, Decimal(0)) for line in lines), Decimal(0))
    later = [line for line in lines if line.unpriced]
    if not later:
        taxed = not garage.tax_included and any(rate_of(line, garage) for line in lines)
        plus = Safe(f":gray[:small[{t('plus tax')}]]") if taxed else None
        return joined(
            Safe(f"### {money(due, garage.currency)}") if large else money(due, garage.currency), plus, by=" "
        )
    words = joined(money(due, garage.currency) if due else None, price(later[0], garage.currency), by=" + ")
    return Safe(f"#### {words}") if large else words


def _grade(part: Part | None) -> Safe | None:
    return badge(part.grade.color, part.grade.icon, t(part.grade.label)) if part and part.grade else None


def _safety(job: OrderJob) -> Safe | None:
    return badge("orange", "health_and_safety", t("Concerns safety")) if job.safety else None


def _agree_all(card: OrderCard, asked: list[OrderJob]) -> None:
    keep(card, {line.id: Answer.AGREED for job in asked for line in _open(card, job)})


def _take(card: OrderCard, group: list[OrderJob], chosen: int) -> None:
    answers = {
        line.id: Answer.AGREED if job.id == chosen else Answer.DECLINED for job in group for line in _open(card, job)
    }
    keep(card, dict(answers))
