"""Words and callbacks the parts of the estimate share."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from db.enums import LineKind
from db.models import OrderJob, OrderLine
from services.money import Sum
from services.order_lines import HOURS
from services.work import Work
from ui.act import act
from ui.sums import money
from ui.text import Safe, joined, md, t

PLACE = "estimate"
SUM_WIDTH = 120  # pixels
LESS = (0, 5, 10)  # per cent that are one tap away


def amount(line: OrderLine, currency: str) -> Safe:
    """How many for how much: 4.5 l × £9.50."""
    if line.unpriced or (line.quantity == 1 and line.unit != HOURS):
        return Safe("")
    unit = t("h") if line.unit == HOURS and line.kind == LineKind.LABOUR else md(line.unit)
    return joined(md(f"{line.quantity.normalize():f}"), unit, Safe("×"), money(line.unit_price, currency), by=" ")


def line_name(line: OrderLine) -> Safe:
    """What a line is called under its job: labour bears the job's own name, which was just read."""
    return t("Labour") if line.kind == LineKind.LABOUR else md(line.title)


def price_words(line: OrderLine, currency: str, total: Decimal) -> Safe:
    """What it comes to; of what is priced later the most it may cost."""
    if not line.unpriced:
        return Safe(f"**{money(total, currency)}**")
    if line.up_to is None:
        return Safe(f":orange[{t('later')}]")
    return Safe(f":orange[{t('at most {sum}', sum=Sum(line.up_to, currency))}]")


def way_name(group: Sequence[OrderJob], job: OrderJob) -> Safe:
    """Which of the ways a job is: way 2 of 3."""
    return t("way {n} of {all}", n=[one.id for one in group].index(job.id) + 1, all=len(group))


def per_cent(number: int) -> Safe:
    """5 %."""
    return md(f"{number} %")


def do(verb: Callable[[Work], object]) -> None:
    """One tap on the estimate; a refusal is told at its head."""
    act(verb, at=PLACE)
