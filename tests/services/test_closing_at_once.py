"""Two people at two tablets close the same order at the same moment, on both databases."""

from threading import Barrier, Thread

from sqlmodel import select

from db.enums import OrderStatus, Role
from db.models import Event, FollowUp, WorkOrder
from services.handover import close
from services.refusals import WrongStatus
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import delivered, make_ready
from tests.factories import as_role


def test_two_people_close_the_same_order_at_once_and_one_is_told(ws: Workspace) -> None:
    desk = as_role(ws, Role.ADVISOR)
    order_id = make_ready(desk)
    delivered(desk, order_id)
    gate, outcome = Barrier(2), dict.fromkeys((Role.ADVISOR, Role.MANAGER), "")

    def tap(role: Role) -> None:
        gate.wait()
        try:
            with unit_of_work(as_role(ws, role)) as work:
                close(work, order_id)
            outcome[role] = "closed"
        except WrongStatus as refusal:
            outcome[role] = refusal.say("en")

    tablets = [Thread(target=tap, args=(role,)) for role in outcome]
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join(30)
    told = "This was already changed by someone else: it is now “Closed”."
    assert sorted(outcome.values()) == [told, "closed"]
    with reading(ws) as work:
        assert work.get(WorkOrder, order_id).status == OrderStatus.CLOSED
        assert len(work.db.exec(select(FollowUp)).all()) == 1
        assert len(work.db.exec(select(Event).where(Event.action == "close")).all()) == 1
