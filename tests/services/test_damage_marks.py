"""Damage marks: on the car, with photos, known at the next visits."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from db.enums import DamageKind, OrderStatus, Role
from db.models import WorkOrder
from services import damage_marks
from services.arrivals import greet, walk_in
from services.files import attachments
from services.refusals import NotFound, OutOfRange
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.reception import received
from tests.services.test_files import picture


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def next_visit(work: Work, order: WorkOrder) -> WorkOrder:
    """The car comes again, and is greeted."""
    order.status = OrderStatus.CLOSED
    return greet(work, walk_in(work, vehicle_id=order.vehicle_id, concern="Noise").id)


def test_damage_is_marked_and_taken_back(ws: Workspace) -> None:
    desk = as_role(ws, Role.ADVISOR)
    with unit_of_work(desk) as work:
        order = received(work)
        dent = damage_marks.mark(work, order.id, view="left", x=250, y=1000, kind=DamageKind.DENT, note="door")
        scratch = damage_marks.mark(work, order.id, view="top", x=0, y=500, kind=DamageKind.SCRATCH)
    with unit_of_work(desk.at(MONDAY_9 + timedelta(minutes=1))) as work:
        damage_marks.unmark(work, order.id, mark_id=dent.id)
        assert [mark.id for mark in damage_marks.marks(work, order.id)] == [scratch.id]
        with pytest.raises(NotFound):
            damage_marks.unmark(work, order.id, mark_id=dent.id)


def test_a_mark_can_become_another_kind(work: Work) -> None:
    order = received(work)
    mark = damage_marks.mark(work, order.id, view="left", x=250, y=300, kind=DamageKind.DENT)
    damage_marks.change_mark(work, order.id, mark_id=mark.id, kind=DamageKind.RUST, note="sill")
    assert [(m.kind, m.note, m.x) for m in damage_marks.marks(work, order.id)] == [(DamageKind.RUST, "sill", 250)]


def test_marks_lie_on_the_car(work: Work) -> None:
    order = received(work)
    with pytest.raises(damage_marks.ViewUnknown):
        damage_marks.mark(work, order.id, view="below", x=1, y=1, kind=DamageKind.DENT)
    with pytest.raises(OutOfRange):
        damage_marks.mark(work, order.id, view="left", x=1001, y=1, kind=DamageKind.DENT)


def test_another_cars_mark_is_not_found(work: Work) -> None:
    order, other = received(work), received(work, plate="XY99 ZZZ")
    mark = damage_marks.mark(work, other.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    with pytest.raises(NotFound):
        damage_marks.unmark(work, order.id, mark_id=mark.id)


def test_damage_stays_known_at_every_later_visit(work: Work) -> None:
    first = received(work)
    old = damage_marks.mark(work, first.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    slip = damage_marks.mark(work, first.id, view="left", x=9, y=9, kind=DamageKind.DENT)
    damage_marks.unmark(work, first.id, mark_id=slip.id)
    assert damage_marks.known_marks(work, first) == []
    second = next_visit(work, first)
    new = damage_marks.mark(work, second.id, view="rear", x=1, y=1, kind=DamageKind.RUST)
    assert [known.id for known in damage_marks.known_marks(work, second)] == [old.id]
    third = next_visit(work, second)
    assert [known.id for known in damage_marks.known_marks(work, third)] == [old.id, new.id]


def test_damage_found_gone_is_not_known_any_more_and_stays_on_the_old_sheet(work: Work) -> None:
    first = received(work)
    mark = damage_marks.mark(work, first.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    with pytest.raises(NotFound):
        damage_marks.found_gone(work, first.id, mark_id=mark.id)
    second = next_visit(work, first)
    damage_marks.found_gone(work, second.id, mark_id=mark.id)
    assert damage_marks.known_marks(work, second) == []
    assert [known.id for known in damage_marks.known_marks(work, second, gone_now=True)] == [mark.id]
    damage_marks.found_gone(work, second.id, mark_id=mark.id, gone=False)
    assert damage_marks.known_marks(work, second)[0].gone_order_id is None
    damage_marks.found_gone(work, second.id, mark_id=mark.id)
    third = next_visit(work, second)
    assert damage_marks.known_marks(work, third, gone_now=True) == []
    with pytest.raises(NotFound):
        damage_marks.found_gone(work, third.id, mark_id=mark.id)
    assert [stands.id for stands in damage_marks.marks(work, first.id)] == [mark.id]


def test_another_cars_damage_cannot_be_found_gone(work: Work) -> None:
    other = received(work, plate="XY99 ZZZ")
    mark = damage_marks.mark(work, other.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    order = received(work)
    with pytest.raises(NotFound):
        damage_marks.found_gone(work, order.id, mark_id=mark.id)


def test_sixty_marks_are_enough(work: Work) -> None:
    order = received(work)
    for x in range(damage_marks.MOST_MARKS):
        damage_marks.mark(work, order.id, view="top", x=x, y=1, kind=DamageKind.SCRATCH)
    with pytest.raises(damage_marks.TooManyMarks):
        damage_marks.mark(work, order.id, view="top", x=500, y=1, kind=DamageKind.SCRATCH)
    assert len(damage_marks.marks(work, order.id)) == damage_marks.MOST_MARKS


def test_a_car_has_a_limited_number_of_photos_and_the_marks_theirs_besides(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage_marks, "MOST_PHOTOS", 2)
    order = received(work)
    for _ in range(2):
        damage_marks.add_photo(work, order.id, data=picture(20, 10))
    with pytest.raises(damage_marks.TooManyPhotos):
        damage_marks.add_photo(work, order.id, data=picture(20, 10))
    mark = damage_marks.mark(work, order.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    assert damage_marks.add_photo(work, order.id, data=picture(20, 10), mark_id=mark.id).id == mark.attachment_id
    assert len(attachments(work, order)) == 2


def test_photos_belong_to_the_car_or_to_a_mark(work: Work) -> None:
    order = received(work)
    mark = damage_marks.mark(work, order.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    of_mark = damage_marks.add_photo(work, order.id, data=picture(20, 10), mark_id=mark.id)
    of_car = damage_marks.add_photo(work, order.id, data=picture(30, 10))
    assert (mark.attachment_id, of_mark.subject) == (of_mark.id, "damage_mark")
    assert damage_marks.photos(work, [mark]) == {of_mark.id: of_mark}
    assert attachments(work, order) == [of_car]
