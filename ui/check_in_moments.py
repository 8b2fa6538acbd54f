"""The moments of check-in, in the order a person walks them. Each area of reception has its own."""

from collections.abc import Callable
from dataclasses import dataclass

from db.choice import Label
from db.enums import OrderStatus
from services.boards import OrderCard
from services.i18n import N_
from services.work import Work
from ui import (
    agreement,
    check_in_car,
    check_in_known,
    claim_board,
    damage,
    estimate,
    hand_over,
    health_check,
    interview,
    job_warranty,
    promise_form,
)

PLACE = "check_in"
Save = Callable[[OrderCard], Callable[[Work], object] | None]


def _nothing(_card: OrderCard) -> None:
    return None


@dataclass(frozen=True)
class Moment:
    """One screen: what it draws, and what its Next writes (None: nothing, it was written already).

    It belongs to one status of the order, and to those orders it is `shown` for. `signs`: the way on is the signature pad
    itself. `done` is said when its Next was the last word. `for_customer`: the customer looks at it too, in the language `reads`
    gives, and sees nothing of the garage's inner matters.
    """

    key: str
    label: Label
    icon: str
    draw: Callable[[OrderCard], None]
    save: Save = _nothing
    status: OrderStatus = OrderStatus.RECEPTION
    shown: Callable[[OrderCard], bool] = lambda _card: True
    signs: Callable[[OrderCard], bool] = lambda _card: False
    next: str = N_("Next")
    done: str = ""
    goes_back: bool = True
    reads: Callable[[OrderCard], str | None] = lambda _card: None
    for_customer: bool = False


MOMENTS: tuple[Moment, ...] = (
    Moment("known", N_("Customer and car"), "person", check_in_known.draw, check_in_known.save),
    Moment("claim", N_("Insurance claim"), "shield", claim_board.draw, shown=claim_board.shown),
    Moment("walk", N_("Walk-around"), "directions_car", check_in_car.draw, check_in_car.save),
    Moment("damage", N_("Damage"), "car_crash", damage.draw),
    Moment("health", N_("Health check"), "health_and_safety", health_check.draw),
    Moment("interview", N_("Diagnosis interview"), "troubleshoot", interview.draw, job_warranty.save),
    Moment("estimate", N_("Jobs and parts"), "build", estimate.draw, job_warranty.save),
    Moment("promise", N_("Promised time and wishes"), "schedule", promise_form.draw, promise_form.save_and_ask,
           next=N_("Show to the customer")),
    Moment("agree", N_("Agreement"), "signature", agreement.draw, agreement.save, OrderStatus.AWAITING_APPROVAL,
           signs=agreement.signs, next=N_("Keep the answers"), reads=agreement.reads, for_customer=True),
    Moment("hand_over", N_("To the workshop"), "move_down", hand_over.draw, hand_over.save, OrderStatus.AWAITING_DISPATCH,
           shown=hand_over.shown, next=N_("Hand over to the workshop"), done=N_("The workshop has it now"), goes_back=False),
)  # fmt: skip
