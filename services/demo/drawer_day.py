"""The demo garage's cash drawer: opened before the first payment of a day, counted and closed after the last."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlmodel import col, select

from db.enums import Role
from db.enums_money import DrawerKind
from db.models import DrawerEntry
from services.cash_drawer import close_drawer, float_proposed, last_closed, open_drawer
from services.demo.stage import Stage
from services.drawer_hand import REASONS, move_cash
from services.drawer_rows import cash_in, current
from services.i18n import N_, translate
from services.work import Work
from services.workspace import Person

FLOAT = Decimal(200)
BANK_ABOVE = Decimal(300)
OPENS, CLOSES = 7 * 60 + 50, 18 * 60 + 20  # minutes after midnight


def open_for(stage: Stage, day: date) -> None:
    """The cashier opens the drawer with what was left in it."""
    early = max(stage.today - timedelta(hours=6), stage.wall(day, 0))  # the demo may be opened before the morning
    work = stage.at(min(stage.wall(day, OPENS), early), _cashier(stage))
    open_drawer(work, float_proposed(work) if last_closed(work) else FLOAT)


def close_for(stage: Stage, day: date) -> None:
    """Milk was bought now and then, the notes went to the bank, and rarely the count is not what it should be."""
    dice = Random(day.toordinal())
    work = stage.at(stage.wall(day, CLOSES), _cashier(stage))
    drawer = current(work)
    assert drawer
    last = work.db.exec(
        select(DrawerEntry.at).where(DrawerEntry.drawer_id == drawer.id).order_by(col(DrawerEntry.id).desc())
    )
    work.now = max(work.now, (last.first() or work.now) + timedelta(minutes=15))
    cash = cash_in(work, drawer.id)
    if dice.random() < 0.15 and cash > FLOAT:
        cash += _moved(work, DrawerKind.PAID_OUT, Decimal(dice.randint(4, 30)), dice)
    if cash > BANK_ABOVE:
        cash += _moved(work, DrawerKind.BANKED, ((cash - FLOAT) // 10) * 10, dice)
    wrong = Decimal(dice.choice((-10, -5, 5))) if dice.random() < 0.06 and cash > FLOAT / 2 else Decimal(0)
    reason = translate(work.garage.language, N_("Wrong change given")) if wrong else ""
    close_drawer(work, counted=cash + wrong, reason=reason)


def _cashier(stage: Stage) -> Person:
    """Always the first one: no dice, so that the rest of the story stays as it is."""
    return (stage.people[Role.CASHIER] or stage.people[Role.MANAGER])[0]


def _moved(work: Work, kind: DrawerKind, amount: Decimal, dice: Random) -> Decimal:
    reason = translate(work.garage.language, dice.choice(REASONS[kind]))
    return move_cash(work, kind, amount=amount, reason=reason).amount
