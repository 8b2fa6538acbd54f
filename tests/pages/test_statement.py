"""The statement's form: what was not given out is not charged, what differs is explained, what somebody changed is looked at."""

from decimal import Decimal

from sqlmodel import select

from db.enums import CheckLevel, Role
from db.enums_money import Difference
from db.models import Check, OrderLine, Statement, StatementLine, WorkOrder
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import make_ready
from tests.pages.conftest import App
from tests.pages.test_delivery import tap, words

D = Decimal


def _lines(work: Work, key: int) -> list[OrderLine]:
    return list(work.db.exec(select(OrderLine).where(OrderLine.order_id == key).order_by(OrderLine.id)))  # type: ignore[arg-type]


def test_a_statement_is_made_less_explained_and_issued_by_taps(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    with unit_of_work(garage) as work:
        order = work.get(WorkOrder, key)
        order.told_at = work.now
        labour, oil = _lines(work, key)
        labour.unit_price, oil.part_id, oil.issued, oil.unit, oil.tax_percent = D(50), 1, D(4), "l", D(5)
        work.add(Check(order_id=key, level=CheckLevel.DELIVERY, passed=True, at=work.now, by_id=1))
    at = app("delivery", Role.ADVISOR, order=key)
    at.session_state[f"step:{key}"] = "charge_less"
    at.run()
    assert "not issued" in words(at)
    tap(at, f"less_done_{key}")
    assert "Left undone, and charged" in words(at)
    tap(at, f"only_less_{oil.id}_4.5")
    assert "Less was needed" in words(at)
    assert "Left undone, and charged" not in words(at)
    assert "tax 20 % £8.33" in words(at).replace("\u00a0", " ")
    tap(at, f"bill_{key}")
    assert "Oil service" in at.error[0].value
    at.pills(key=f"why_less_{labour.id}").set_value(Difference.CHEAPER).run()
    with unit_of_work(garage) as work:  # another tablet, meanwhile
        row = _lines(work, key)[0]
        row.discount = D(5)
        work.db.add(row)
        work.note(work.get(WorkOrder, key), "edit")
    tap(at, f"bill_{key}")
    assert "£83.00 now, not £88.00" in at.error[0].value.replace("\\", "")
    tap(at, f"bill_{key}")
    assert not at.exception
    with reading(garage) as work:
        assert work.db.exec(select(Statement)).one().customer_share == D(83)
        kept = work.db.exec(select(StatementLine).order_by(StatementLine.id)).all()  # type: ignore[arg-type]
        assert [(one.total, one.difference) for one in kept] == [
            (D(45), Difference.CHEAPER),
            (D(38), Difference.LESS_USED),
        ]
    at.session_state[f"section_{key}"] = "money"
    at.run()
    tap(at, f"open_pad_{kept[0].statement_id}")
    assert not at.exception
    assert "Price became lower" in words(at)
