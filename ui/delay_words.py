"""A delay in words: how much longer, why, the new time, and what the customer said to it."""

from datetime import datetime

from db.models import Delay
from ui.here import zone
from ui.text import Safe, badge, joined, md, t
from ui.when import moment, span


def delay_words(delay: Delay, now: datetime) -> Safe:
    """+30 min · Harder than planned · new time 13:00."""
    more = Safe(f"**+{span(delay.minutes)}**")
    return joined(more, t(delay.reason.label), t("new time {at}", at=moment(delay.proposed_at, now, zone())),
                  md(delay.note))  # fmt: skip


def answer_words(delay: Delay, now: datetime) -> Safe:
    """Whether the customer knows, and what they said."""
    if delay.answer is None:
        return badge("orange", "hourglass_top", t("the customer is being told"))
    said = badge(delay.answer.color, delay.answer.icon, t(delay.answer.label))
    at = t("ready {at}", at=moment(delay.agreed_at, now, zone())) if delay.agreed_at else None
    told = moment(delay.told_at, now, zone()) if delay.told_at else None
    return joined(said, at, md(delay.person), t(delay.channel.label) if delay.channel else None, told,
                  md(delay.answer_note))  # fmt: skip
