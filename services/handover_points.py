"""What is shown and given back when a car leaves, in the order a person walks it: only what this very visit has."""

from collections.abc import Iterable
from dataclasses import dataclass

from db.enums_reception import HandedPaper
from db.models import Handover
from services.i18n import N_
from services.order_facts import OrderFacts

MOMENTS = ("car", "things", "advice", "next", "money", "back")
UNSIGNED = "unsigned"  # kept among the points: why nobody signed for safety work left undone


@dataclass(frozen=True)
class HandoverPoint:
    """One thing to show or to give back; `label` is an English text or the name of a job, `moment` the screen it stands on."""

    key: str
    label: str
    moment: str


def points_of(facts: OrderFacts) -> list[HandoverPoint]:
    """Everything to show and give back on this visit: its jobs, old parts where they are wanted, covers where they were fitted."""
    order, sheet = facts.order, facts.inspection
    said = bool(order.advice) or any(job not in facts.agreed_jobs for job in facts.jobs)
    papers = [HandedPaper(one) for one in order.papers or ()]
    wanted = (
        *((True, f"job_{job.id}", job.title, "car") for job in facts.agreed_jobs),
        (order.old_parts, "old_parts", N_("Old parts"), "things"),
        (True, "equipment", N_("Spare wheel and tools"), "things"),
        (bool(sheet and sheet.covers), "covers", N_("Covers off, here and now"), "things"),
        (
            bool(sheet and (sheet.stays or sheet.valuables)),
            "valuables",
            N_("What stayed in the car"),
            "things",
        ),
        (said, "advice", N_("Advice for later"), "advice"),
        (True, "next", N_("Next service and warranty"), "next"),
        (True, "key", N_("Key"), "back"),
        *((True, f"paper_{paper.value}", paper.label, "back") for paper in papers),
        (True, "card", N_("Contact card"), "back"),
    )
    return [HandoverPoint(key, label, moment) for there, key, label, moment in wanted if there]


def open_points(facts: OrderFacts, row: Handover | None) -> list[HandoverPoint]:
    """What was not shown or given back yet."""
    return left_of(points_of(facts), row.points if row else ())


def left_of(points: Iterable[HandoverPoint], done: Iterable[str]) -> list[HandoverPoint]:
    """The points whose keys are not among those done."""
    known = set(done)
    return [point for point in points if point.key not in known]
