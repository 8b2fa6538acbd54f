"""The delivery sheet (交车单): what was done, shown, explained and given back, and who signed for it."""

from datetime import datetime
from typing import Any

from db.models import Attachment, Handover
from services import old_parts
from services.files import read
from services.handover_points import UNSIGNED, points_of
from services.handover_rows import of_order
from services.handover_words import TakenHome, taken_home
from services.i18n import N_, translate
from services.normalize import phone_shown
from services.papers import heading, moment_words, render
from services.safety_warnings import EXPLAINED
from services.visit import Visit, visit
from services.work import Work
from services.work_order_paper import facts as visit_facts

Data = dict[str, Any]
SAFETY, TAKEN = "safety.png", "taken.png"


def delivery_sheet_pdf(work: Work, order_id: int, *, language: str, code: str = "") -> bytes:
    """The sheet as the hand-over stands. `code` is what its QR code opens. Refuses with NotFound."""
    data, pictures = delivery_sheet_data(work, visit(work, order_id), language)
    return render("delivery_sheet", data, language, code=code or data["number"], pictures=pictures)


def delivery_sheet_data(work: Work, one: Visit, language: str) -> tuple[Data, dict[str, bytes]]:
    """What the paper says, and the signatures on it."""
    row, home = of_order(work, one.order.id), taken_home(work, one, language)
    pictures = _signatures(work, row)
    data = {
        **heading(work, language, N_("Delivery sheet"), one.order.number),
        "plate": one.car.plate,
        "car": f"{one.car.make} {one.car.model}".strip(),
        "facts": visit_facts(work, one, language),
        "parts": _parts(home, language),
        "old_parts": _old_parts(work, one, language),
        "unsafe": [translate(language, EXPLAINED, job=title) for title in home.unsafe],
        "unsigned": _unsigned(row, language),
        "safety": SAFETY if SAFETY in pictures else "",
        "points_label": translate(language, N_("Shown and given back")),
        "points": _points(work, one, row, language),
        "contact": _contact(work, one, language),
        "signed_label": translate(language, N_("Taken over")),
        "who": (row.taken_by if row else "") or one.customer.name,
        "when": moment_words(work, one.order.delivered_at, language) if one.order.delivered_at else "",
        "taken": TAKEN if TAKEN in pictures else "",
        "signatures": [translate(language, label) for label in (N_("Customer's signature"), N_("For the garage"))],
    }
    return data, pictures


def _parts(home: TakenHome, language: str) -> list[Data]:
    """The named parts that say something, each a list of a title and what goes with it."""
    next_ = [(home.next_service, home.next_use)] if home.next_service else []
    found = (
        (N_("Done on your car"), home.done),
        (N_("Advice for later"), [(words, "") for words in home.advice]),
        (N_("Not wanted this time"), home.declined),
        (N_("Next service"), [*next_, *([(home.free, "")] if home.free else [])]),
        (N_("Warranty on this work"), home.guarantees),
    )
    return [{"name": translate(language, name), "rows": rows} for name, rows in found if rows]


def _old_parts(work: Work, one: Visit, language: str) -> Data | None:
    kept = old_parts.of_order(work, one.order.id)
    if not kept:
        return None
    rows = [(f"{part.quantity.normalize():f} × {part.title}", translate(language, part.state.label)) for part in kept]
    return {"name": translate(language, N_("Old parts")), "rows": rows}


def _points(work: Work, one: Visit, row: Handover | None, language: str) -> list[Data]:
    """Each point, who did it and when; one nobody has done yet is left to be ticked."""
    jobs = {f"job_{job.id}" for job in one.facts.agreed_jobs}
    found = []
    for point in points_of(one.facts):
        said = row.points.get(point.key) if row else None
        words = "" if said is None else _said(work, one, said)
        label = point.label if point.key in jobs else translate(language, point.label)
        found.append({"label": label, "done": said is not None, "said": words})
    return found


def _said(work: Work, one: Visit, said: Data) -> str:
    at = work.local(datetime.fromisoformat(said["at"])).strftime("%H:%M")
    return " · ".join(filter(None, (at, one.people.get(said.get("by") or 0, ""))))


def _unsigned(row: Handover | None, language: str) -> str:
    if row is None or UNSIGNED not in row.points or row.safety_signature_id:
        return ""
    why = translate(language, row.points[UNSIGNED].get("why", ""))
    return f"{translate(language, N_('Not signed'))}: {why}"


def _contact(work: Work, one: Visit, language: str) -> str:
    phone = phone_shown(work.garage.phone)
    who = translate(language, N_("Service advisor"))
    return " · ".join(filter(None, (f"{who}: {one.advisor}" if one.advisor else "", phone)))


def _signatures(work: Work, row: Handover | None) -> dict[str, bytes]:
    wanted = {SAFETY: row.safety_signature_id, TAKEN: row.signature_id} if row else {}
    return {name: read(work.ws.data_dir, work.get(Attachment, key).sha256) for name, key in wanted.items() if key}
