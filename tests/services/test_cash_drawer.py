"""The cash drawer: opened, payments booked, counted blind, closed under a number; two cashiers at once."""

from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import PaymentMethod, Role
from db.enums_money import DrawerKind, PaymentKind
from db.models import CashDrawer, DrawerEntry, Payment
from services.cash_drawer import (
    CashMoved,
    CountedBefore,
    DifferenceUnexplained,
    DrawerIsOpen,
    NotCounted,
    OtherFloat,
    book,
    close_drawer,
    count_drawer,
    difference,
    float_proposed,
    open_drawer,
)
from services.drawer_hand import NothingMoved, move_cash
from services.drawer_rows import ClosedBy, DrawerClosed, NotSoMuchCash, cash_in, current
from services.order_lines import NotExact
from services.refusals import Missing, NotAllowed, OutOfRange, ReasonMissing, Refusal
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import make_ready, use_currency
from tests.factories import as_role
from tests.services.at_once import DONE, at_once

D = Decimal
FLOAT = D(1000)  # in the drawer of tests/factories.py


@pytest.fixture
def till(ws: Workspace) -> Workspace:
    """The cashier at the open drawer."""
    return as_role(ws, Role.CASHIER)


def take(
    work: Work,
    order_id: int,
    amount: str,
    method: PaymentMethod = PaymentMethod.CASH,
    kind: PaymentKind = PaymentKind.PAYMENT,
) -> Payment:
    """A payment as payments.py writes it, booked."""
    payment = work.add(Payment(order_id=order_id, method=method, amount=D(amount), at=work.now, kind=kind))
    book(work, payment)
    return payment


def drawer_of(work: Work) -> CashDrawer:
    """The open drawer."""
    drawer = current(work)
    assert drawer is not None
    return drawer


def closed(till: Workspace, counted: str | None = None, reason: str = "") -> CashDrawer:
    """Closed with a count, or with what must be there."""
    with unit_of_work(till) as work:
        cash = D(counted) if counted else cash_in(work, drawer_of(work).id)
        return close_drawer(work, counted=cash, reason=reason)


def test_cash_is_what_came_in_and_went_out_and_cards_stand_beside_it(till: Workspace) -> None:
    order_id = make_ready(till)
    with unit_of_work(till) as work:
        take(work, order_id, "120.50")
        take(work, order_id, "80", PaymentMethod.CARD)
        take(work, order_id, "-20.50")
        move_cash(work, DrawerKind.PAID_IN, amount=D(50), reason="Change from the bank")
        move_cash(work, DrawerKind.PAID_OUT, amount=D("9.99"), reason="Milk")
        move_cash(work, DrawerKind.BANKED, amount=D(500), reason="Bag 7")
        assert cash_in(work, drawer_of(work).id) == D("640.01")
        entries = work.db.exec(select(DrawerEntry).order_by(DrawerEntry.id)).all()  # type: ignore[arg-type]
    assert [(entry.kind, entry.amount) for entry in entries] == [
        (DrawerKind.FLOAT, FLOAT),
        (DrawerKind.TAKEN, D("120.50")),
        (DrawerKind.TAKEN, D(80)),
        (DrawerKind.GIVEN_BACK, D("-20.50")),
        (DrawerKind.PAID_IN, D(50)),
        (DrawerKind.PAID_OUT, D("-9.99")),
        (DrawerKind.BANKED, D(-500)),
    ]


WRONG: tuple[tuple[DrawerKind, str | None, str, type[Refusal]], ...] = (
    (DrawerKind.PAID_OUT, "1000.01", "Milk", NotSoMuchCash),
    (DrawerKind.BANKED, "99999", "Bag", NotSoMuchCash),
    (DrawerKind.PAID_IN, "0", "Change", NothingMoved),
    (DrawerKind.PAID_OUT, "-5", "Milk", NothingMoved),
    (DrawerKind.PAID_IN, "0.001", "Change", NotExact),
    (DrawerKind.PAID_IN, "1e12", "Change", OutOfRange),
    (DrawerKind.PAID_IN, "5", "  ", ReasonMissing),
    (DrawerKind.PAID_IN, None, "Change", Missing),
)


def test_wrong_movements_are_refused(till: Workspace) -> None:
    for kind, amount, reason, refusal in WRONG:
        with pytest.raises(refusal), unit_of_work(till) as work:
            move_cash(work, kind, amount=D(amount) if amount else None, reason=reason)
    with reading(till) as work:
        assert cash_in(work, drawer_of(work).id) == FLOAT


def test_a_closed_drawer_takes_nothing_and_its_number_has_no_gap(till: Workspace) -> None:
    order_id = make_ready(till)
    first = closed(till)
    assert (first.closing, first.expected, first.counted, first.open) == ("Z2026-00001", FLOAT, FLOAT, False)
    for act in (
        lambda work: take(work, order_id, "5", PaymentMethod.CARD),
        lambda work: move_cash(work, DrawerKind.PAID_IN, amount=D(5), reason="Change"),
        lambda work: close_drawer(work, counted=D(5)),
    ):
        with pytest.raises(DrawerClosed), unit_of_work(till) as work:
            act(work)
    with unit_of_work(till) as work:
        assert float_proposed(work) == FLOAT
        open_drawer(work, FLOAT)
    assert closed(till).closing == "Z2026-00002"


def test_another_float_than_was_counted_needs_a_reason(till: Workspace) -> None:
    closed(till)
    with pytest.raises(OtherFloat, match="1000"), unit_of_work(till) as work:
        open_drawer(work, D(200))
    with unit_of_work(till) as work:
        drawer = open_drawer(work, D(200), reason="Into the safe")
        assert cash_in(work, drawer.id) == 200
    with pytest.raises(DrawerIsOpen), unit_of_work(till) as work:
        open_drawer(work, D(200), reason="Again")


def test_a_difference_needs_a_reason_and_stays_on_the_closing(till: Workspace) -> None:
    with pytest.raises(NotCounted), unit_of_work(till) as work:
        close_drawer(work)
    with pytest.raises(DifferenceUnexplained) as said:
        closed(till, "990")
    assert said.value.say("en") == "£990.00 was counted, £1,000.00 should be there. Say why before closing."
    drawer = closed(till, "990", "Wrong change")
    assert (difference(drawer), drawer.difference_reason) == (D(-10), "Wrong change")


def test_a_count_stands_until_cash_moves_and_a_card_does_not_disturb_it(till: Workspace) -> None:
    order_id = make_ready(till)
    with unit_of_work(till) as work:
        drawer = count_drawer(work, drawer_of(work).id, counted=FLOAT, pieces={"50": 20})
    with pytest.raises(CountedBefore), unit_of_work(till) as work:
        count_drawer(work, drawer.id, counted=D(999))
    with unit_of_work(till) as work:
        take(work, order_id, "30", PaymentMethod.CARD)
    with unit_of_work(till) as work:
        take(work, order_id, "12")
    with pytest.raises(CashMoved), unit_of_work(till) as work:
        close_drawer(work, drawer_id=drawer.id)
    with unit_of_work(till) as work:
        count_drawer(work, drawer.id, counted=D(1012))
        assert close_drawer(work, drawer_id=drawer.id).expected == D(1012)
    with pytest.raises(ClosedBy) as said, unit_of_work(till) as work:
        count_drawer(work, drawer.id, counted=D(1012))
    assert said.value.say("en") == "Cass Cashier has closed the cash drawer: Z2026-00001."


def test_a_refund_in_cash_needs_the_cash_but_a_mistake_is_always_put_right(till: Workspace) -> None:
    order_id = make_ready(till)
    with pytest.raises(NotSoMuchCash), unit_of_work(till) as work:
        take(work, order_id, "-1000.01", kind=PaymentKind.REFUND)
    with unit_of_work(till) as work:
        take(work, order_id, "-1000.01", PaymentMethod.CARD, kind=PaymentKind.REFUND)
        take(work, order_id, "-1000.01")
        assert cash_in(work, drawer_of(work).id) == D("-0.01")


def test_an_advisor_opens_the_drawer_but_does_not_count_it(ws: Workspace, till: Workspace) -> None:
    closed(till)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        open_drawer(work, FLOAT)
    for act in (
        lambda work: close_drawer(work, counted=FLOAT),
        lambda work: move_cash(work, DrawerKind.PAID_OUT, amount=D(5), reason="Milk"),
    ):
        with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
            act(work)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        open_drawer(work, FLOAT)


def test_the_drawer_counts_in_coins_of_its_currency(till: Workspace) -> None:
    expected = FLOAT
    for currency, coin, part in (("JPY", "1", "0.5"), ("KWD", "0.005", "0.0005")):
        use_currency(till, currency)
        expected += D(coin)
        with unit_of_work(till) as work:
            move_cash(work, DrawerKind.PAID_IN, amount=D(coin), reason="Change")
        with pytest.raises(NotExact), unit_of_work(till) as work:
            count_drawer(work, drawer_of(work).id, counted=expected + D(part))
    assert closed(till, str(expected)).expected == expected


def test_a_currency_without_decimals_reckons_in_larger_numbers(till: Workspace) -> None:
    use_currency(till, "JPY")
    with unit_of_work(till) as work:
        move_cash(work, DrawerKind.PAID_IN, amount=D(1_850_000), reason="Change from the safe")
        move_cash(work, DrawerKind.BANKED, amount=D(1_800_000), reason="Paid in at the bank")
        with pytest.raises(OutOfRange):
            move_cash(work, DrawerKind.PAID_IN, amount=D(100_000_001), reason="Change from the safe")


def test_two_cashiers_close_at_once_and_one_is_told_the_number(ws: Workspace, till: Workspace) -> None:
    with reading(till) as work:
        key = drawer_of(work).id
    told = at_once(
        [
            (one, lambda work: close_drawer(work, counted=FLOAT, drawer_id=key))
            for one in (till, as_role(ws, Role.MANAGER))
        ]
    )
    assert DONE in told
    assert next(word for word in told if word != DONE).endswith("has closed the cash drawer: Z2026-00001.")


def test_two_people_open_at_once_and_one_drawer_is_open(ws: Workspace, till: Workspace) -> None:
    closed(till)
    told = at_once([(one, lambda work: open_drawer(work, FLOAT)) for one in (till, as_role(ws, Role.ADVISOR))])
    assert DONE in told
    assert next(word for word in told if word != DONE).endswith("has already opened the cash drawer.")
    with reading(till) as work:
        assert cash_in(work, drawer_of(work).id) == FLOAT


def test_a_payment_during_closing_is_in_it_or_refused_but_never_lost(ws: Workspace, till: Workspace) -> None:
    order_id = make_ready(till)
    with unit_of_work(till) as work:
        key = count_drawer(work, drawer_of(work).id, counted=FLOAT).id
    told = at_once(
        [
            (till, lambda work: close_drawer(work, drawer_id=key)),
            (as_role(ws, Role.ADVISOR), lambda work: take(work, order_id, "25")),
        ]
    )
    with reading(till) as work:
        drawer = work.get(CashDrawer, key)
        paid = work.db.exec(select(Payment)).all()
        assert cash_in(work, key) == FLOAT + sum(payment.amount for payment in paid)
        assert told == (
            [DONE, "The cash drawer is closed. Open it first."]
            if drawer.closed_at
            else ["Cash went in or out since it was counted. Count again.", DONE]
        )
        assert bool(paid) is (drawer.closed_at is None)
