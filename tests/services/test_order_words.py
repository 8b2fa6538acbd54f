"""What the customer is told: where the car stands, and when they hear from us."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from db.enums import HoldReason, OrderStatus, Role
from db.enums_reception import Stay
from db.models import Customer, WorkOrder
from services import orders
from services.alternative_moves import offer_another
from services.i18n import catalogue
from services.order_moves import ORDERS
from services.order_words import STANDS, later_at_most, next_word, stands
from services.work import Work, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.reception import estimated, received


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def test_every_status_has_words_in_both_languages() -> None:
    assert set(STANDS) == set(OrderStatus)
    assert not [words for words in STANDS.values() if words not in catalogue("zh_CN")]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (HoldReason.PARTS, "We are waiting for a part"),
        (HoldReason.APPROVAL, "We are waiting for your answer"),
        (HoldReason.BREAK, "We are working on your car"),
        (None, "We are working on your car"),
    ],
)
def test_a_stopped_car_is_told_by_its_reason_and_nothing_of_the_garages_own(
    reason: HoldReason | None, words: str
) -> None:
    assert (
        stands(
            WorkOrder(
                number="W",
                customer_id=1,
                vehicle_id=1,
                arrived_at=MONDAY_9,
                status=OrderStatus.ON_HOLD,
                hold_reason=reason,
            )
        )
        == words
    )
    assert (
        stands(
            WorkOrder(
                number="W",
                customer_id=1,
                vehicle_id=1,
                arrived_at=MONDAY_9,
                status=OrderStatus.REWORK,
                hold_reason=reason,
            )
        )
        == "We are working on your car"
    )


def test_who_leaves_is_called_and_who_stays_is_fetched(work: Work) -> None:
    order = estimated(work)
    customer = work.get(Customer, order.customer_id)
    assert next_word(work, order, customer, "en").startswith("We call you on +44 7700 900123")
    customer.phone = None
    assert next_word(work, order, customer, "en").startswith("We call you as soon")
    order.stay = Stay.LOUNGE
    assert next_word(work, order, customer, "en").endswith("we come to you by 23 November 2026 15:00.")
    order.promised_at = MONDAY_9 + timedelta(days=1)  # nobody waits overnight
    assert next_word(work, order, customer, "en").startswith("We call you")


def test_once_it_is_ready_or_without_a_time_nothing_is_announced(work: Work) -> None:
    order = estimated(work)
    customer = work.get(Customer, order.customer_id)
    order.status = OrderStatus.READY
    assert next_word(work, order, customer, "en") == ""
    order.status, order.promised_at = OrderStatus.IN_WORK, None
    assert next_word(work, order, customer, "zh_CN") == ""


def test_of_several_ways_one_is_priced_later(work: Work) -> None:
    order = received(work)
    job = orders.add_job(work, order.id, title="Weld", minutes=60, unpriced=True, up_to=Decimal(100))
    offer_another(work, order.id, order_job_id=job.id)
    words = later_at_most(facts_of(work, ORDERS, order.id), work.garage, "en")
    assert words == "After diagnosis at most £100.00 more."
