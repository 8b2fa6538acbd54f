"""The sums on the counter, one row for each way to pay: method by a tap, the sum filled in, change shown, a code to scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import streamlit as st

from db.enums import PaymentMethod
from services.files import read
from services.money import to_coin
from services.payment_sums import Taken, change_for
from services.refusals import NotFound
from ui.here import here
from ui.sums import money, sum_input, sum_typed_in
from ui.text import Safe, joined, t

MOST_WAYS = 4
MOST_NOTES = 4
ROUND = (Decimal("0.5"), Decimal(1), Decimal(2), Decimal(5))  # steps of the sum's second digit
NOTES = (1, 2, 5, 10, 20)  # that there are, by the sum's first digit


@dataclass(frozen=True)
class Till:
    """What one act at the counter is about. `most` can be taken; `turn`: payments made before, so that the next one is filled
    in anew; `codes`: pictures to scan, by method."""

    order_id: int
    currency: str
    most: Decimal
    turn: int
    methods: Sequence[PaymentMethod]
    usual: PaymentMethod | None
    codes: dict[PaymentMethod, str]
    whole: bool = True

    @property
    def name(self) -> str:
        """What the fields of this act are called by."""
        return f"{self.order_id}_{self.turn}"


@dataclass(frozen=True)
class Fields:
    """The keys of one row; `shown` is what its cash field was filled with."""

    method: str
    amount: str
    cash: str
    shown: Decimal

    def typed(self) -> Taken:
        """What stands there. Cash as it was filled in says nothing about another amount typed since."""
        method, amount = PaymentMethod(st.session_state[self.method]), sum_typed_in(self.amount)
        cash = sum_typed_in(self.cash) if method == PaymentMethod.CASH else None
        return Taken(method, amount, None if cash == self.shown != amount else cash)


def pay_rows(till: Till) -> tuple[list[Fields], Decimal]:
    """Draw the rows; their fields, and what they come to together."""
    rows: list[Fields] = []
    total = Decimal(0)
    ways = st.session_state.get(f"ways_{till.name}", 1)
    for place in range(ways):
        with st.container(border=ways > 1, key=f"way_{till.order_id}_{place}"):
            used = [PaymentMethod(st.session_state[row.method]) for row in rows]
            rows.append(_row(till, place, till.most - total, used))
        total += rows[-1].shown
    _rest(till, total, ways)
    return rows, total


def _row(till: Till, place: int, rest: Decimal, used: Sequence[PaymentMethod]) -> Fields:
    own = f"_{place}" if place else ""
    method_field, amount_field = f"pay_method_{till.order_id}{own}", f"amount_{till.name}{own}"
    others = [one for one in till.methods if one not in used] or till.methods
    usual = till.usual if till.usual in others else others[0]
    method = st.pills(t("Paid by"), till.methods, default=usual, key=method_field, required=True, wrap=True,
                      format_func=lambda one: Safe(f":material/{one.icon}: {t(one.label)}"))  # fmt: skip
    left, right = st.columns([3, 2], vertical_alignment="top")
    with left:
        with st.container(key=f"pay_amount_{till.order_id}{own}"):
            first = max(rest, Decimal(0)) if till.whole or place else None
            sum_input(t("Amount"), amount_field, till.currency, first)
        amount = sum_typed_in(amount_field) or Decimal(0)
        if not till.whole and not place:
            _shares(till, amount_field)
    # another amount: the cash given is taken to be that, until it is counted
    cash_field = f"cash_{till.name}{own}_{amount}"
    with right:
        if method == PaymentMethod.CASH and amount > 0:
            with st.container(key=f"pay_cash_{till.order_id}{own}"):
                _cash(cash_field, amount, till.currency)
        elif method in till.codes and amount > 0:
            _code(method, till.codes[method], amount, till.currency)
    return Fields(method_field, amount_field, cash_field, amount)


def _shares(till: Till, field: str) -> None:
    """A part of the sum by a tap."""
    row = st.container(horizontal=True, gap="small")
    for percent in (20, 30, 50, 100):
        part = _round(till.most * percent / 100, till.currency) if percent < 100 else till.most
        label = joined(Safe(f"{percent:d} %"), money(part, till.currency))
        row.button(label, key=f"share_{till.order_id}_{percent}", on_click=_put, args=(field, part))


def _round(amount: Decimal, currency: str) -> Decimal:
    """To the second digit, as people say a part: 14 for 13.51, 8 for 7.66."""
    digits = 1 - amount.adjusted()
    return to_coin(round(amount, min(digits, 0) if amount > 5 else digits), currency)


def _cash(field: str, amount: Decimal, currency: str) -> None:
    st.session_state.setdefault(field, float(amount))
    sum_input(t("Cash given"), field, currency)
    row = st.container(horizontal=True, gap="small")
    for place, note in enumerate(notes(amount)):
        row.button(money(note, currency), key=f"note_{field}_{place}", on_click=_put, args=(field, note))
    change = change_for(PaymentMethod.CASH, amount, sum_typed_in(field))
    if change > 0:
        st.subheader(f":green[{t('Change {sum}', sum=money(change, currency))}]", anchor=False)
    elif change < 0:
        st.markdown(f":red[{t('{sum} missing', sum=money(-change, currency))}]")


def notes(amount: Decimal) -> list[Decimal]:
    """Round sums a customer might put down for `amount`, smallest first: 105, 110, 120, 150 for 102.75; 100, 200 for 50."""
    if amount <= 0:
        return []
    tens = Decimal(10) ** max(len(str(int(amount))) - 2, 0)
    rounded = {(amount / (tens * part)).to_integral_value(ROUND_CEILING) * tens * part for part in ROUND}
    single = [tens * 10 * note for note in NOTES if tens * 10 * note > amount][:2]
    return sorted(note for note in {*rounded, *single} if note > amount)[:MOST_NOTES]


def _code(method: PaymentMethod, sha: str, amount: Decimal, currency: str) -> None:
    st.subheader(money(amount, currency), anchor=False)
    try:
        st.image(read(here().data_dir, sha), width=240, alt=t("QR code to pay with {method}", method=method.label))
    except NotFound:
        st.caption(t("The picture's file is missing."))


def _rest(till: Till, total: Decimal, ways: int) -> None:
    """What stays open after these, to be paid in another way; what is too much."""
    rest = till.most - total
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    if rest < 0:
        row.markdown(f":red[{t('{sum} too much', sum=money(-rest, till.currency))}]", width="content")
    elif rest > 0 and till.whole:
        row.markdown(t("{sum} stays owed", sum=money(rest, till.currency)), width="content")
    if 0 < rest < till.most and ways < MOST_WAYS:
        row.button(t("Another way"), icon=":material/add:", key=f"more_way_{till.order_id}", on_click=_ways,
                   args=(till.name, ways + 1))  # fmt: skip
    if ways > 1:
        row.button(t("One less"), icon=":material/remove:", key=f"less_way_{till.order_id}", on_click=_ways,
                   args=(till.name, ways - 1))  # fmt: skip


def _ways(name: str, ways: int) -> None:
    st.session_state[f"ways_{name}"] = ways


def _put(field: str, amount: Decimal) -> None:
    st.session_state[field] = float(amount)
