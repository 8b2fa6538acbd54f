"""What a claim says of itself in one badge: until when it is to be handed in, how long it waits, what is still to come."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from db.enums_money import ClaimStatus as C
from services.claim_facts import ClaimFacts
from services.claim_list import SOON
from services.money import Sum
from ui.here import here, zone
from ui.text import Safe, badge, joined, t
from ui.when import day


def today_here() -> date:
    """Today on the garage's calendar."""
    return local_day(here().clock())


def local_day(moment: datetime) -> date:
    """The day of a moment on the garage's calendar."""
    return moment.astimezone(ZoneInfo(zone())).date()


def stands(facts: ClaimFacts, currency: str) -> Safe:
    """Where the claim stands, with what matters then: the last day, how long they have had it, what is to come, why not."""
    claim, today = facts.claim, today_here()
    if claim.status == C.OPEN and claim.limit_on:
        days = (claim.limit_on - today).days
        color = "red" if days < 0 else "orange" if days <= SOON else "blue"
        return badge(color, "event", joined(t("hand in by {day}", day=day(claim.limit_on, today)), _days(days)))
    status = badge(claim.status.color, claim.status.icon, t(claim.status.label))
    return joined(status, _more(facts, currency, today), by=" ")


def _more(facts: ClaimFacts, currency: str, today: date) -> Safe | None:
    claim = facts.claim
    if claim.status == C.SENT and claim.sent_at:
        return badge("gray", "schedule", t("since {day}", day=day(local_day(claim.sent_at), today)))
    if claim.status in (C.APPROVED, C.SHORT):
        return badge("orange", "payments", t("{sum} to come", sum=Sum(facts.due, currency)))
    if claim.rejection:
        return badge("gray", claim.rejection.icon, t(claim.rejection.label))
    return None


def _days(days: int) -> Safe | None:
    """How many are left; near today the day's own word says it."""
    if abs(days) <= 1:
        return None
    return t("{n} days late", n=-days) if days < 0 else t("{n} days left", n=days)
