"""What the customer's private page says once the car has been handed over, and the papers that go with it."""

from dataclasses import dataclass
from typing import Any

from db.enums import OrderStatus
from services.delivery_sheet import delivery_sheet_data
from services.handover_words import TakenHome, taken_home
from services.refusals import NotFound
from services.settlement import standing, statements
from services.statement_paper import statement_data
from services.visit import Visit
from services.work import Work

LEFT = (OrderStatus.DELIVERED, OrderStatus.CLOSED)
Made = tuple[dict[str, Any], dict[str, bytes]]


@dataclass(frozen=True)
class After:
    """What to take home, and whether there is a statement to read."""

    home: TakenHome
    statement: bool


def after(work: Work, one: Visit, language: str) -> After | None:
    """The same; None while the car is here."""
    if one.order.status not in LEFT:
        return None
    return After(taken_home(work, one, language), standing(statements(work, one.order.id)) is not None)


def statement_paper(work: Work, one: Visit, language: str) -> Made:
    """The statement that counts. Refuses with NotFound while the car is here, and when there is none."""
    found = standing(statements(work, one.order.id))
    if one.order.status not in LEFT or found is None:
        raise NotFound
    return statement_data(work, found, language)


def sheet_paper(work: Work, one: Visit, language: str) -> Made:
    """The delivery sheet. Refuses with NotFound while the car is here."""
    if one.order.status not in LEFT:
        raise NotFound
    return delivery_sheet_data(work, one, language)
