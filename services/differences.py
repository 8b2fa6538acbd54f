"""What was agreed beside what is charged: every line that comes to something else says why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer, Payer
from db.enums_money import Difference
from db.models import Consent, ConsentItem, OrderLine
from services.estimates import shares_of, split, total_of
from services.i18n import N_
from services.money import Sum
from services.order_refusals import ConsentMissing
from services.refusals import Refusal
from services.validate import one_of, reason_given, text
from services.work import Work

REASONS = (
    Difference.CHEAPER,
    Difference.LESS_USED,
    Difference.OTHER,
)  # what can be said of a line that does not tell by itself
Said = Mapping[int, tuple[Difference, str]]  # by line id, with words where they are needed


class MoreThanAgreed(Refusal):
    """“{title}” comes to {sum}, but the customer agreed to {agreed}. Ask the customer first."""


class DifferenceUnexplained(Refusal):
    """Say why this is charged otherwise than agreed: {lines}."""


@dataclass(frozen=True)
class Compared:
    """A line with what it may come to (None: agreed without price and limit), what it comes to, and why that differs."""

    line: OrderLine
    charged: Decimal
    agreed: Decimal | None
    difference: Difference | None = None
    words: str = ""

    @property
    def unexplained(self) -> bool:
        """Whether somebody has to say why."""
        return self.agreed is not None and self.charged != self.agreed and self.difference is None


def last_yes(work: Work, order_id: int) -> dict[int, ConsentItem]:
    """The last word on each line that was a yes, by line id. One query."""
    query = select(ConsentItem).join(Consent, col(Consent.id) == col(ConsentItem.consent_id))
    items = work.db.exec(query.where(Consent.order_id == order_id).order_by(col(ConsentItem.id)))
    last = {item.line_id: item for item in items}
    return {key: item for key, item in last.items() if item.answer == Answer.AGREED}


def most(item: ConsentItem) -> Decimal | None:
    """What a line may come to by that answer, tax as the prices have it; None without a price and without a limit."""
    return item.up_to if item.unpriced else item.total


def compare(lines: Iterable[OrderLine], yes: Mapping[int, ConsentItem], currency: str) -> list[Compared]:
    """The lines beside what was agreed, with the reasons that show by themselves."""
    found = []
    for line in lines:
        item, charged = yes.get(line.id), total_of(line, currency)
        if item is None:
            found.append(Compared(line, charged, None))
        else:
            found.append(Compared(line, charged, most(item), _known(line, item, currency)))
    return found


def explained(compared: Sequence[Compared], said: Said) -> list[Compared]:
    """The same with what people said of the lines that do not tell by themselves. Refuses with DifferenceUnexplained while one is
    left, ReasonMissing for another reason without words, NotInList for a reason that is none of `REASONS`."""
    left = [one.line.title for one in compared if one.unexplained and one.line.id not in said]
    if left:
        raise DifferenceUnexplained(lines=", ".join(left))
    return [_said(one, *said[one.line.id]) if one.unexplained else one for one in compared]


def within_consent(lines: Iterable[OrderLine], yes: Mapping[int, ConsentItem], currency: str) -> None:
    """The customer pays for no line that was not agreed, and no more of it than was agreed. Refuses with ConsentMissing,
    MoreThanAgreed."""
    for line in lines:
        item = yes.get(line.id)
        if item is None:
            raise ConsentMissing(lines=line.title)
        charged = shares_of(line, currency).get(Payer.CUSTOMER, Decimal(0))
        payer, percent = _paid_by(line, item)
        limit = split(most(item) or Decimal(0), payer, percent, currency).get(Payer.CUSTOMER, Decimal(0))
        if charged > limit:
            raise MoreThanAgreed(title=line.title, sum=Sum(charged, currency), agreed=Sum(limit, currency))


def _paid_by(line: OrderLine, item: ConsentItem) -> tuple[Payer, int]:
    return (item.payer, item.payer_percent) if item.payer else (line.payer, line.payer_percent)


def _known(line: OrderLine, item: ConsentItem, currency: str) -> Difference | None:
    """Why a line comes to something else, as far as the line itself tells."""
    charged = total_of(line, currency)
    if (line.payer, line.payer_percent) != _paid_by(line, item):
        return Difference.PAYER
    if item.unpriced:
        return Difference.PRICED_LATER
    if charged == item.total:
        return None
    if line.unit_price != item.unit_price or line.quantity > item.quantity:
        return None
    if line.quantity == item.quantity:
        return Difference.DISCOUNT
    return Difference.LESS_USED if line.quantity else Difference.LEFT_OUT


def _said(one: Compared, reason: Difference, words: str) -> Compared:
    reason = one_of(reason, REASONS, N_("Why less"))
    words = reason_given(words) if reason == Difference.OTHER else text(words, N_("Reason"), 300, needed=False)
    return Compared(one.line, one.charged, one.agreed, reason, words)
