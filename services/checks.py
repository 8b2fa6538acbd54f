"""The three checks of every car, and the advisor's own before the customer comes. What fails goes back as counted rework."""

from db.enums import CheckLevel, OrderStatus, Role
from db.enums_workshop import ReworkCause
from db.models import Check, WorkOrder
from services import check_draft, parking, rework
from services.check_marks import Items, ItemsOpen, Named, failed_in, refuse_open, said_of, to_keep
from services.check_points import STANDARD, points_for
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import NotAllowed, ReasonMissing
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of

__all__ = ["FAIL", "PASS", "TEMPLATES", "ItemsOpen", "Named", "fail_check", "pass_check", "points_for"]

# What every car is checked by where the garage has no checklists of its own.
TEMPLATES = {level: tuple((p.value, p.label) for p in lists[None]) for level, lists in STANDARD.items()}
PASS = {level: f"pass_{level.value}" for level in CheckLevel} | {CheckLevel.DELIVERY: "check_delivery"}
FAIL = {level: f"fail_{level.value}" for level in CheckLevel} | {CheckLevel.DELIVERY: "send_back"}
BY_ANOTHER = (CheckLevel.TEAM, CheckLevel.FINAL)


def pass_check(work: Work, order_id: int, *, level: CheckLevel, items: Items, note: str = "", place: str = "") -> Check:
    """The car passes this check; `items` are the keys of the points in order, or what was said of each by key.

    A car that is ready by it stands at `place`, else still where it was worked on.
    Refuses with ItemsOpen, ItemsFailed, NotExplained, PhotoMissing, OwnWork, or a text too long.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, PASS[level])
    facts, said = facts_of(work, ORDERS, order_id), said_of(items)
    points = points_for(work, facts, level)
    refuse_open(points, said)
    check = _record(work, facts, Check(level=level, passed=True, items=to_keep(points, said), note=_note(note)))
    if level == CheckLevel.FINAL and order.status == OrderStatus.READY:
        parking.stands_at(work, order, place)
    return check


def fail_check(
    work: Work,
    order_id: int,
    *,
    level: CheckLevel,
    items: Items = (),
    note: str = "",
    cause: ReworkCause | None = None,
    order_job_id: int | None = None,
    staff_id: int | None = None,
) -> Check:
    """The car goes back to rework, which is counted, for a cause, on a job, to a person: those named, else the likely ones.

    From delivery too; the customer then has to be told anew. Refuses with ReasonMissing when neither a note nor a point says
    what is wrong, a job that is not agreed with NotFound, and with NobodyForRework.
    """
    said = said_of(items)
    before = facts_of(work, ORDERS, order_id)
    again = rework.named(
        work, before, failed=failed_in(said), cause=cause, order_job_id=order_job_id, staff_id=staff_id
    )
    order: WorkOrder = advance(
        work,
        ORDERS,
        order_id,
        FAIL[level],
        note=note,
        cause=again.cause.label,
        job=again.job.title if again.job else "",
        to=again.staff.name if again.staff else "",
    )
    facts = facts_of(work, ORDERS, order_id)
    if not _note(note) and not failed_in(said):
        raise ReasonMissing
    row = Check(level=level, passed=False, items=to_keep(points_for(work, facts, level), said), note=_note(note))
    row.cause, row.order_job_id = again.cause, again.job.id if again.job else None
    row.staff_id = again.staff.id if again.staff else None
    check = _record(work, facts, row)
    order.rework_count += 1
    order.technician_id = row.staff_id or order.technician_id
    order.told_at = order.pick_up_at = None
    work.db.add(order)
    return check


def _note(note: str) -> str:
    return text(note, N_("Note"), 1000, needed=False)


def _record(work: Work, facts: OrderFacts, check: Check) -> Check:
    if work.by.id is None:  # a check is a person's word
        raise NotAllowed(who=Role.INSPECTOR.label)
    check.order_id, check.round = facts.order.id, facts.order.rework_count
    check.own_work, check.at, check.by_id = _own_work(facts, check.level), work.now, work.by.id
    check_draft.forget(work, facts.order.id, check.level)
    return work.add(check)


def _own_work(facts: OrderFacts, level: CheckLevel) -> bool:
    """Whether the settings let someone check their own work here, which then shows on the order."""
    return level in BY_ANOTHER and facts.by_id in facts.workers
