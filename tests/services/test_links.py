"""Private links: who gives them, what they open, when they end. And what a stranger may read of a name or plate."""

from datetime import timedelta

import pytest

from db.enums import Role
from db.enums_desk import LinkPurpose
from services.links import end, give, link_for, open_link, renew
from services.masking import masked_name, masked_plate
from services.refusals import NotAllowed, NotFound
from services.work import last_event, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role


def test_tokens_are_long_and_never_the_same(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        tokens = {give(work, LinkPurpose.APPOINTMENT, number).token for number in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) == 32


def test_a_link_opens_until_it_expires(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        link = give(work, LinkPurpose.APPOINTMENT, 7, MONDAY_9 + timedelta(days=1))
        event = last_event(work, link)
    assert event is not None
    assert link.token not in str(event.details)
    with reading(ws.at(MONDAY_9 + timedelta(hours=23))) as work:
        assert open_link(work, link.token, LinkPurpose.APPOINTMENT).subject_id == 7
        assert link_for(work, LinkPurpose.APPOINTMENT, 7) is not None
        assert link_for(work, LinkPurpose.APPOINTMENT, 8) is None
    with reading(ws.at(MONDAY_9 + timedelta(days=1))) as work:
        assert link_for(work, LinkPurpose.APPOINTMENT, 7) is None
        for token in (link.token, "", "x"):
            with pytest.raises(NotFound):
                open_link(work, token, LinkPurpose.APPOINTMENT)


def test_ending_one_purpose_leaves_the_other(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        board, feed = give(work, LinkPurpose.WELCOME), give(work, LinkPurpose.FEED)
        new = renew(work, LinkPurpose.WELCOME)
    with reading(ws) as work:
        assert open_link(work, new.token, LinkPurpose.WELCOME).id == new.id
        assert open_link(work, feed.token, LinkPurpose.FEED).id == feed.id
        with pytest.raises(NotFound):
            open_link(work, board.token, LinkPurpose.WELCOME)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.MANAGER, Role.TRAINER, Role.WARRANTY_CLERK)]
)
def test_the_garages_own_links_are_the_managers(ws: Workspace, role: Role) -> None:
    for purpose in (LinkPurpose.WELCOME, LinkPurpose.FEED):
        for verb in (give, renew, end):
            with pytest.raises(NotAllowed), unit_of_work(as_role(ws, role)) as work:
                verb(work, purpose)


@pytest.mark.parametrize(
    ("plate", "shown"),
    [("粤B12345", "粤B·***45"), ("粤BD12345", "粤B·***45"), ("京A1234警", "京A·***4警"), ("AB12 CDE", "AB ***DE"),
     ("XY9", "X ***9"), ("B1", "***"), ("", "***")],
)  # fmt: skip
def test_a_plate_keeps_enough_to_know_ones_own(plate: str, shown: str) -> None:
    assert masked_plate(plate) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张伟", "张**"), ("欧阳娜娜", "欧阳**"), ("Sam Miller", "S*** Miller"), ("Anna Maria van Berg", "A*** Berg"),
     ("Cher", "C***"), ("深圳顺达物流有限公司", "深**"), ("김민수", "김**"), ("  ", "***")],
)  # fmt: skip
def test_a_name_keeps_the_family_name(name: str, shown: str) -> None:
    assert masked_name(name) == shown
