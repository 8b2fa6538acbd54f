"""Cars at the till, made by chance: for hypothesis, which makes what fails as small as it can."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from hypothesis import strategies as st

from db.enums import Answer, LineKind, Payer
from tests.services.money_verbs import STEPS
from tests.services.money_walk import CURRENCIES, Case, Priced

Step = tuple[str, int, int]

RATES = ("0", "5", "6", "7.7", "9", "13", "20")
BEFORE = (
    "deposit",
    "deposit",
    "discount",
    "discount",
    "answer_discount",
    "excess",
    "payer",
    "dearer",
    "refund",
    "reverse",
)
PAID = ("pay", "pay", "pay", "pay_several", "pay_several", "on_account", "credit", "reverse", "pass_out")
_rate = st.sampled_from([Decimal(rate) for rate in RATES])


def _lines() -> st.SearchStrategy[Priced]:
    return st.builds(
        Priced,
        kind=st.sampled_from(LineKind),
        quantity=st.just(Decimal(1)) | st.integers(1, 20_000).map(lambda thousandths: Decimal(thousandths) / 1000),
        price=st.integers(0, 99) | st.integers(1, 300_000) | st.integers(1, 300_000),
        payer=st.sampled_from([Payer.CUSTOMER] * 3 + [*Payer]),
        percent=st.integers(1, 100),
        rate=st.none() | _rate,
        answer=st.sampled_from([Answer.AGREED] * 5 + [Answer.DECLINED]),
        shift=st.sampled_from([0] * 30 + [1, 50, -1]),
    )


def _steps(some: Sequence[str], most: int) -> st.SearchStrategy[list[Step]]:
    step = st.tuples(st.sampled_from([*some, *some, *STEPS]), st.integers(0, 999), st.integers(0, 99))
    return st.lists(step, max_size=most)


def _one(*names: str) -> st.SearchStrategy[list[Step]]:
    return st.tuples(st.sampled_from(names), st.integers(1, 9), st.integers(1, 99)).map(lambda step: [step])


def cases() -> st.SearchStrategy[Case]:
    """An order of up to six lines; what is done at the till before its statement, after it, and when that is credited."""
    acts = st.tuples(_steps(BEFORE, 4), _one("bill"), _steps(PAID, 6), _one("credit_note", "deliver"), _steps(BEFORE, 2),
                     _one("bill", "close"), _steps(PAID, 4))  # fmt: skip
    return st.builds(
        Case,
        currency=st.sampled_from(CURRENCIES),
        tax=_rate,
        included=st.booleans(),
        lines=st.lists(_lines(), min_size=2, max_size=6).map(tuple),
        excess=st.integers(0, 200_000),
        steps=acts.map(lambda parts: tuple(chain(*parts))),
    )
