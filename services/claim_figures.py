"""How claims go (F08): what was asked, agreed and recovered, how long they take, by part, by cause and by why they were cut."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.choice import Label
from db.enums import Payer
from db.enums_money import ClaimStatus
from db.models import ClaimReceipt, PayerClaim
from services.indicators import Span
from services.work import Work

NONE = Decimal(0)
TOP = 12
Key = str | Label


@dataclass(frozen=True)
class Recovery:
    """Claims of one kind: how many, what was asked for them, agreed and paid, and how many were cut or rejected."""

    name: Key
    count: int
    asked: Decimal
    approved: Decimal
    received: Decimal
    refused: int


@dataclass(frozen=True)
class ClaimFigures:
    """The claims made in some days. `late`: handed in after their last day or not at all; `days`: the mean from handing in to the
    answer, None without any."""

    all: Recovery
    late: int
    days: Decimal | None
    by_part: list[Recovery]
    by_cause: list[Recovery]
    by_refusal: list[Recovery]


def claim_figures(work: Work, span: Span, payer: Payer | None = None) -> ClaimFigures:
    """The claims whose statement was issued in the days of a span; those taken back with it do not count. Two queries."""
    starts, ends = span.bounds(work.zone)
    mine = [col(PayerClaim.created_at) >= starts, col(PayerClaim.created_at) < ends,
            col(PayerClaim.status) != ClaimStatus.TAKEN_BACK, *([col(PayerClaim.payer) == payer] if payer else [])]  # fmt: skip
    rows = work.db.exec(select(PayerClaim).where(*mine)).all()
    sums = select(ClaimReceipt.claim_id, func.sum(ClaimReceipt.amount)).join(PayerClaim).where(*mine)
    came = dict(work.db.exec(sums.group_by(col(ClaimReceipt.claim_id))).all())
    cut = [row for row in rows if row.rejection]
    return ClaimFigures(
        all=_recovery("", rows, came),
        late=sum(_late(work, row) for row in rows),
        days=_mean([row for row in rows if row.sent_at and row.answered_at]),
        by_part=_by(rows, came, lambda row: row.part_code or row.title),
        by_cause=_by([row for row in rows if row.cause], came, lambda row: row.cause.casefold()),
        by_refusal=_by(cut, came, lambda row: row.rejection.label if row.rejection else ""),
    )


def _by(rows: Iterable[PayerClaim], came: dict[int, Decimal], key: Callable[[PayerClaim], Key]) -> list[Recovery]:
    """The kinds for which most was asked, those first; each under the words of its newest claim."""
    groups: dict[Key, list[PayerClaim]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    found = [_recovery(name if isinstance(name, Label) else _name(name, group), group, came)
             for name, group in groups.items()]  # fmt: skip
    return sorted(found, key=lambda one: (-one.asked, str(one.name)))[:TOP]


def _name(key: str, group: Sequence[PayerClaim]) -> str:
    """A part by its title and number, a cause as it was last written."""
    newest = group[-1]
    if key == newest.part_code:
        return f"{newest.title} · {key}"
    return newest.cause if key == newest.cause.casefold() else key


def _recovery(name: Key, rows: Sequence[PayerClaim], came: dict[int, Decimal]) -> Recovery:
    return Recovery(
        name,
        len(rows),
        sum((row.asked for row in rows), NONE),
        sum((row.approved or NONE for row in rows), NONE),
        sum((came.get(row.id, NONE) for row in rows), NONE),
        sum(row.rejection is not None for row in rows),
    )


def _late(work: Work, row: PayerClaim) -> bool:
    return row.limit_on is not None and work.local(row.sent_at or work.now).date() > row.limit_on


def _mean(rows: Sequence[PayerClaim]) -> Decimal | None:
    """Days from handing in to the answer, to a tenth."""
    seconds = [(row.answered_at - row.sent_at).total_seconds() for row in rows if row.answered_at and row.sent_at]
    return Decimal(sum(seconds) / len(seconds) / 86400).quantize(Decimal("0.1")) if seconds else None
