"""The three checks of every car, and the advisor's own before the customer comes. What fails goes back as counted rework."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from db.enums import CheckLevel, Role
from db.models import Check, WorkOrder
from services.i18n import N_, translate
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import NotAllowed, ReasonMissing, Refusal
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of

TEMPLATES: dict[CheckLevel, tuple[tuple[str, str], ...]] = {
    CheckLevel.SELF: (
        ("done", N_("Every job on the order is done")),
        ("tight", N_("Screws and wheel bolts tightened to torque")),
        ("fluids", N_("Levels right, nothing leaks")),
        ("tools", N_("No tools or rags left in the car")),
    ),
    CheckLevel.TEAM: (
        ("concern", N_("The customer's concern is solved")),
        ("parts", N_("Parts fitted as on the order")),
        ("memory", N_("No warning lights, fault memory clear")),
        ("clean", N_("Workplace and car clean")),
    ),
    CheckLevel.FINAL: (
        ("road", N_("Road test or function test passed")),
        ("safety", N_("Brakes, steering, lights and tyres safe")),
        ("order", N_("Work and parts agree with the order")),
        ("look", N_("No new damage, inside and out")),
    ),
    CheckLevel.DELIVERY: (
        ("signed", N_("Every job done and signed off")),
        ("symptom", N_("The symptom is gone")),
        ("old_parts", N_("Old parts ready if wanted")),
        ("tidy", N_("Clean inside and out")),
        ("empty", N_("Nothing of ours left in the car")),
    ),
}
PASS = {level: f"pass_{level.value}" for level in CheckLevel} | {CheckLevel.DELIVERY: "check_delivery"}
FAIL = {level: f"fail_{level.value}" for level in CheckLevel} | {CheckLevel.DELIVERY: "send_back"}
BY_ANOTHER = (CheckLevel.TEAM, CheckLevel.FINAL)


class ItemsOpen(Refusal):
    """Not ticked yet: {items}."""


@dataclass(frozen=True)
class Named:
    """Names of check items inside a sentence, said in the reader's language."""

    texts: tuple[str, ...]

    def say(self, language: str) -> str:
        """The names, one after the other."""
        return ", ".join(translate(language, text) for text in self.texts)


def pass_check(work: Work, order_id: int, *, level: CheckLevel, items: Collection[str], note: str = "") -> Check:
    """The car passes this check; `items` are the keys of the ticked points.

    Refuses with ItemsOpen, OwnWork, or a note over 1000 characters.
    """
    advance(work, ORDERS, order_id, PASS[level])
    missing = tuple(text for key, text in TEMPLATES[level] if key not in items)
    if missing:
        raise ItemsOpen(items=Named(missing))
    return _record(work, order_id, level, True, items, text(note, N_("Note"), 1000, needed=False))


def fail_check(work: Work, order_id: int, *, level: CheckLevel, items: Collection[str] = (), note: str) -> Check:
    """The car goes back to rework, which is counted. From delivery too; the customer then has to be told anew.

    Refuses with ReasonMissing when nobody says what is wrong.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, FAIL[level], note=note)
    note = text(note, N_("Note"), 1000, needed=False)
    if not note:
        raise ReasonMissing
    check = _record(work, order_id, level, False, items, note)
    order.rework_count += 1
    order.told_at = order.pick_up_at = None
    work.db.add(order)
    return check


def deliver_check(work: Work, order_id: int, *, items: Collection[str], note: str = "") -> Check:
    """The advisor's check before the customer comes. Refuses as `pass_check` does."""
    return pass_check(work, order_id, level=CheckLevel.DELIVERY, items=items, note=note)


def _record(work: Work, order_id: int, level: CheckLevel, passed: bool, items: Collection[str], note: str) -> Check:
    if work.by.id is None:  # a check is a person's word
        raise NotAllowed(who=Role.INSPECTOR.label)
    facts = facts_of(work, ORDERS, order_id)
    answers: list[dict[str, Any]] = [{"key": k, "text": text, "ok": k in items} for k, text in TEMPLATES[level]]
    check = Check(order_id=order_id, level=level, round=facts.order.rework_count, passed=passed, items=answers, note=note,
                  own_work=_own_work(facts, level), at=work.now, by_id=work.by.id)  # fmt: skip
    return work.add(check)


def _own_work(facts: OrderFacts, level: CheckLevel) -> bool:
    """Whether the settings let someone check their own work here, which then shows on the order."""
    return level in BY_ANOTHER and facts.by_id in facts.workers
