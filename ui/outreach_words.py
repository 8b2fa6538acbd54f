"""Why we call, in words: short for the list, spoken for the phone."""

from datetime import date

from db.enums_desk import OutreachReason
from services.i18n import N_
from services.money import show
from services.outreach_offer import Prepared
from ui.here import here, person, zone
from ui.text import Safe, badge, joined, language, md, t
from ui.when import day, full_date, moment, span

R = OutreachReason
_DUE = {
    R.SERVICE: N_("due {day}"),
    R.FIRST_SERVICE: N_("due {day}"),
    R.INSPECTION: N_("runs out {day}"),
    R.INSURANCE: N_("runs out {day}"),
}
_OVER = {
    R.SERVICE: N_("was due {day}"),
    R.FIRST_SERVICE: N_("was due {day}"),
    R.INSPECTION: N_("ran out {day}"),
    R.INSURANCE: N_("ran out {day}"),
}
_SAID = {
    R.SERVICE: N_("Your {car} is due for its service ({day})."),
    R.FIRST_SERVICE: N_("Your new {car} is due for its first service ({day})."),
    R.INSPECTION: N_("The inspection of your {car} has to be renewed ({day})."),
    R.INSURANCE: N_("The insurance of your {car} has to be renewed ({day})."),
    R.RECALL: N_("The maker calls your {car} in: {what}."),
    R.CAMPAIGN: N_("For your {car} there is an offer: {what}."),
    R.DECLINED: N_("Last time we found something on your {car} that was left for later: {what}."),
    R.ABSENT: N_("We have not seen your {car} since {since}. Is everything all right with it?"),
}
_SAID_OVER = {
    R.SERVICE: N_("Your {car} has been due for its service since {day}."),
    R.FIRST_SERVICE: N_("Your new {car} has been due for its first service since {day}."),
    R.INSPECTION: N_("The inspection of your {car} ran out: {day}."),
    R.INSURANCE: N_("The insurance of your {car} ran out: {day}."),
}
_BY_KM = N_("Your {car} will soon have {km} km: time for its service.")


def date_words(value: date, today: date) -> Safe:
    """A date in words near today, with its year when that is another."""
    return day(value, today) if value.year == today.year or abs((value - today).days) < 60 else full_date(value)


def why(reason: OutreachReason, due_on: date, about: str, what: str, at_km: int | None, today: date) -> Safe:
    """Why a car is on a list: a badge with the reason, then when or what."""
    colour = "red" if reason in _OVER and due_on < today else reason.color
    return joined(badge(colour, reason.icon, t(reason.label)), _when(reason, due_on, about, what, at_km, today), by=" ")


def script(ready: Prepared, garage: str, today: date, currency: str) -> Safe:
    """What to say: who calls, why, and what is offered."""
    due, car = ready.due, md(ready.car.model or ready.car.plate)
    hello = t("Hello {customer}, this is {name} from {garage}.", customer=md(ready.customer.name), name=md(person().name),
              garage=md(garage))  # fmt: skip
    said = _SAID_OVER.get(due.reason, _SAID[due.reason]) if due.due_on < today else _SAID[due.reason]
    if due.reason == R.SERVICE and due.at_km:
        said = _BY_KM
    since = date_words(date.fromisoformat(due.about), today) if due.reason == R.ABSENT else ""
    about = t(
        said, car=car, day=date_words(due.due_on, today), what=md(due.what), km=f"{due.at_km or 0:,}", since=since
    )
    return joined(hello, about, _offer(ready, currency), by=" " if language() == "en" else "")


def _offer(ready: Prepared, currency: str) -> Safe | None:
    """Length, price, and two of the times."""
    if ready.told is None or len(ready.times) < 2:
        return None
    first, second = (moment(one.starts_at, here().clock(), zone()) for one in ready.times[:2])
    return t("It takes about {span} and costs {price}. Would {first} suit you, or {second}?", span=span(ready.told.minutes),
             price=md(show(ready.told.price, currency, language())), first=first, second=second)  # fmt: skip


def _when(reason: OutreachReason, due_on: date, about: str, what: str, at_km: int | None, today: date) -> Safe:
    words = date_words(due_on, today)
    if reason == R.ABSENT:
        return t("last here {when}", when=date_words(date.fromisoformat(about), today))
    if at_km is not None:
        return t("{km} km about {day}", km=f"{at_km:,}", day=words)
    if reason in _DUE:
        return t((_OVER if due_on < today else _DUE)[reason], day=words)
    return md(what)
