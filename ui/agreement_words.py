"""What a customer reads about a line: its price, who pays it, and what changed since the last answer."""

from collections.abc import Iterable

from db.enums import Payer
from db.models import ConsentItem, OrderLine
from services.estimates import total_of
from services.money import Sum
from ui.sums import money
from ui.text import Safe, badge, joined, md, t


def price(line: OrderLine, currency: str) -> Safe:
    """The sum, or that it is known only after diagnosis, and its limit."""
    if not line.unpriced:
        return money(total_of(line, currency), currency)
    return _unpriced(line, currency)


def _unpriced(line: OrderLine | ConsentItem, currency: str) -> Safe:
    if line.up_to is None:
        return t("price after diagnosis")
    return t("price after diagnosis, at most {sum}", sum=Sum(line.up_to, currency))


def who_pays(lines: Iterable[OrderLine]) -> list[Safe]:
    """A badge for every other payer of these lines: Warranty pays 100 %."""
    others = {(line.payer, line.payer_percent) for line in lines if line.payer != Payer.CUSTOMER}
    return [
        badge("blue", "account_balance", t("{payer} pays {percent} %", payer=payer.label, percent=percent))
        for payer, percent in sorted(others)
    ]


def changed(line: OrderLine, before: ConsentItem, currency: str) -> Safe:
    """What was agreed before and what is asked now."""
    then = _unpriced(before, currency) if before.unpriced else money(before.total, currency)
    sums = joined(then, price(line, currency), by=" → ")
    payer = _payers(before.payer or Payer.CUSTOMER, before.payer_percent, line)
    parts = (
        md(before.title) if before.title == line.title else joined(md(before.title), md(line.title), by=" → "),
        sums,
        payer,
    )
    return joined(badge("orange", "change_circle", t("Changed")), *parts, by=" ")


def _payers(payer: Payer, percent: int, line: OrderLine) -> Safe | None:
    if (payer, percent) == (line.payer, line.payer_percent):
        return None
    words = [
        t("{payer} pays {percent} %", payer=one.label, percent=share)
        for one, share in ((payer, percent), (line.payer, line.payer_percent))
    ]
    return joined(*words, by=" → ")
