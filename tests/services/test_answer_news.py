"""What customers just answered, for the technician who works on the car."""

from datetime import timedelta

from sqlmodel import select

from db.enums import Answer, Channel, ConsentMethod, Role
from db.enums_workshop import DelayAnswer, DelayReason
from db.models import OrderLine
from services import delays
from services.answer_news import News, answer_news
from services.consents import answer_extra
from services.extra_work import propose
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role
from tests.shop import in_work

TOM = "Tom Technician"


def news(ws: Workspace, name: str = TOM, minutes: int = 0) -> list[News]:
    with reading(as_name(ws, name).at(MONDAY_9 + timedelta(minutes=minutes))) as work:
        return answer_news(work)


def test_the_technician_of_the_car_is_told_for_half_an_hour(ws: Workspace) -> None:
    order = in_work(ws)
    with unit_of_work(as_name(ws, TOM)) as work:
        propose(work, order, job_id=2, reason="worn")
        propose(work, order, job_id=3, reason="weak")
        late = delays.report(work, order, reason=DelayReason.MORE, minutes=30).id
    assert news(ws) == []
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        waiting = work.db.exec(select(OrderLine).where(OrderLine.answer == Answer.PENDING).order_by(OrderLine.id)).all()  # type: ignore[arg-type]
        answers = dict.fromkeys((line.id for line in waiting), Answer.DECLINED) | {waiting[0].id: Answer.AGREED}
        answer_extra(work, order, answers=answers, method=ConsentMethod.PHONE, person="Grace Field")
    with unit_of_work(as_role(ws, Role.ADVISOR).at(MONDAY_9 + timedelta(minutes=1))) as work:
        delays.answer(work, late, answer=DelayAnswer.AGREES, channel=Channel.PHONE, person="Grace Field")
    told, extra = news(ws, minutes=2)
    assert told.delay
    assert (told.delay.answer, told.plate) == (DelayAnswer.AGREES, "AB12 CDE")
    assert extra.jobs == (("Front brake pads", Answer.AGREED), ("Battery test", Answer.DECLINED))
    assert [one.key for one in news(ws, minutes=30)] == [told.key]
    assert news(ws, minutes=31) == news(ws, "Tia Technician", minutes=2) == []
