"""A check while it is made: every tap is kept at once, so an interruption or another tablet of the same person loses nothing."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from db.enums import CheckLevel
from db.enums_workshop import CheckMark
from db.models import Attachment, Draft, Staff, WorkOrder
from services import drafts
from services.check_marks import MOST_NOTE, Kept, Said
from services.check_points import points_for
from services.files import attach_photo
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import NotNow
from services.validate import text
from services.work import Work
from services.workflow import facts_of

PHOTO = "check"  # the kind of picture


def begun(work: Work, order_id: int, level: CheckLevel) -> dict[str, Said]:
    """What the acting person has said so far, by the key of the point."""
    kept = drafts.take(work, _kind(order_id, level))
    return {key: _said(one) for key, one in kept.items() if isinstance(one, dict)}


def mark(work: Work, order_id: int, level: CheckLevel, key: str, what: CheckMark | None) -> None:
    """Say of a point in order, not in order, does not apply; None takes it back."""
    _change(work, order_id, level, key, mark=what.value if what else "")


def note(work: Work, order_id: int, level: CheckLevel, key: str, words: str) -> None:
    """Write something down about a point. Refuses more than 300 characters."""
    _change(work, order_id, level, key, note=text(words, N_("Note"), MOST_NOTE, needed=False))


def explain(work: Work, order_id: int, level: CheckLevel, key: str, words: str) -> None:
    """Say why something was left undone; blank takes it back. Refuses more than 300 characters."""
    said = text(words, N_("Reason"), MOST_NOTE, needed=False)
    _change(work, order_id, level, key, mark=CheckMark.NOT_APPLICABLE.value if said else "", note=said)


def add_photo(work: Work, order_id: int, level: CheckLevel, key: str, data: bytes) -> Attachment:
    """Keep a photo of a point; it stands instead of an earlier one.

    Refuses with NotAllowed, with NotNow when the car is not at this check, and pictures like `photos.prepare_photo`.
    """
    move = ORDERS.move("check_delivery" if level == CheckLevel.DELIVERY else f"pass_{level.value}")
    work.needs(*move.roles)
    order = work.lock(WorkOrder, order_id)
    if order.status not in move.before:
        raise NotNow
    picture = attach_photo(work, order, data, PHOTO)
    _change(work, order_id, level, key, photo=picture.id)
    return picture


def pictures_of(work: Work, said: Iterable[Said | Kept]) -> dict[int, Attachment]:
    """The photos of these points, by id. One query, none without photos."""
    wanted = [one.photo for one in said if one.photo]
    found = work.db.exec(select(Attachment).where(col(Attachment.id).in_(wanted))) if wanted else ()
    return {row.id: row for row in found}


def rest_in_order(work: Work, order_id: int, level: CheckLevel) -> int:
    """Say of every point nothing was said of that it is in order; how many. What was left undone still has to be explained."""
    facts: OrderFacts = facts_of(work, ORDERS, order_id)
    said = begun(work, order_id, level)
    points = [point for point in points_for(work, facts, level) if not point.explain]
    left = [point.key for point in points if point.key not in said or not said[point.key].mark]
    _write(work, order_id, level, left, mark=CheckMark.PASS.value)
    return len(left)


def forget(work: Work, order_id: int, level: CheckLevel) -> None:
    """The check is decided: what anybody began of it is gone."""
    work.db.execute(
        delete(Draft).where(col(Draft.kind) == _kind(order_id, level)).execution_options(synchronize_session=False)
    )


def _change(work: Work, order_id: int, level: CheckLevel, key: str, **what: Any) -> None:
    _write(work, order_id, level, [key], **what)


def _write(work: Work, order_id: int, level: CheckLevel, keys: Iterable[str], **what: Any) -> None:
    if work.by.id:
        work.lock(Staff, work.by.id)  # their other tablet may write at this moment
    kind = _kind(order_id, level)
    kept = drafts.take(work, kind)
    drafts.keep(work, kind, kept | {key: {**kept.get(key, {}), **what} for key in keys})


def _said(one: dict[str, Any]) -> Said:
    given = one.get("mark")
    return Said(CheckMark(given) if given else None, one.get("note", ""), one.get("photo"))


def _kind(order_id: int, level: CheckLevel) -> str:
    return f"check_{level.value}_{order_id}"
