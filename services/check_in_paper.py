"""The check-in sheet (接车检查单): how the car came, with the damage on its outline, what stays in it, and the health check."""

from typing import Any

from sqlmodel import col, select

from db.choice import Choice
from db.enums_reception import Condition, Equipment, Valuable, WarningLight
from db.models import Attachment, Inspection
from services.bodies import body_of
from services.car_picture import Spot, car_svg, spots, tone
from services.car_shapes import VIEW_NAMES, View
from services.files import attachments, read
from services.health_table import health_table
from services.i18n import N_, translate
from services.inspections import PLACES
from services.papers import heading, moment_words, render
from services.visit import Visit, visit
from services.work import Work
from services.work_order_paper import facts

MOST_PHOTOS = 8  # on the sheet; all of them are in the record
Data = dict[str, Any]
Pictures = dict[str, bytes]


def check_in_sheet_pdf(work: Work, order_id: int, *, language: str, code: str = "") -> bytes:
    """The check-in sheet as it stands. `code` is what its QR code opens. Refuses with NotFound."""
    data, pictures = check_in_sheet_data(work, visit(work, order_id), language)
    return render("check_in_sheet", data, language, code=code or data["number"], pictures=pictures)


def check_in_sheet_data(work: Work, one: Visit, language: str) -> tuple[Data, Pictures]:
    """What the paper says, and its pictures."""
    sheet, marked = one.facts.inspection, spots(one.marks, one.known)
    signed = one.signatures.get(sheet.signature_id or 0) if sheet else None
    pictures = {"car.svg": car_svg(body_of(one.car), marked, language).encode()}
    if signed:
        pictures["signature.png"] = read(work.ws.data_dir, signed.sha256)
    photos = _photos(work, one, marked, language, pictures)
    data = {
        **heading(work, language, N_("Check-in sheet"), one.order.number),
        "plate": one.car.plate,
        "car": f"{one.car.make} {one.car.model}".strip(),
        "facts": facts(work, one, language),
        "fuel_label": translate(language, N_("Fuel or charge")),
        "fuel": sheet.fuel_eighths if sheet else None,
        "empty": translate(language, N_("empty")),
        "full": translate(language, N_("full")),
        "not_made": _not_made(one, language),
        "declined": _declined(sheet, language),
        "rows": _rows(sheet, language) if sheet else [],
        "damage_label": translate(language, N_("Damage")),
        "damage": [damage_words(spot, one.order.id, language) for spot in marked],
        "no_damage": translate(language, N_("No damage was seen.")) if one.walked else "",
        "note": sheet.note if sheet else "",
        "health_label": translate(language, N_("Vehicle health check")),
        "health": health_table(work, one.order.id, language),
        "photos": photos,
        "signature": "signature.png" if signed else "",
        "by": _by(work, one, sheet, language),
        "signatures": [translate(language, label) for label in (N_("Customer's signature"), N_("For the garage"))],
    }
    return data, pictures


def _not_made(one: Visit, language: str) -> str:
    sheet = one.facts.inspection
    done = one.walked or (sheet is not None and sheet.declined)
    return "" if done else translate(language, N_("The walk-around has not been recorded yet."))


def _declined(sheet: Inspection | None, language: str) -> str:
    words = N_("The customer declined the walk-around. Damage not on this sheet was not looked for together.")
    return translate(language, words) if sheet and sheet.declined else ""


def _by(work: Work, one: Visit, sheet: Inspection | None, language: str) -> str:
    if sheet is None:
        return one.advisor
    return " · ".join(
        filter(None, (one.people.get(sheet.by_id or 0, one.advisor), moment_words(work, sheet.at, language)))
    )


def _rows(sheet: Inspection, language: str) -> list[tuple[str, str, str]]:
    """Label, what was found, and how bad that is: "good", "bad", or ""."""
    lights = _names(WarningLight, sheet.lights, language)
    places = sheet.places or {}
    found = [
        (N_("Covers"), N_("fitted") if sheet.covers else N_("not fitted"), "good" if sheet.covers else "bad"),
        (N_("Warning lights"), lights or ("" if sheet.lights is None else N_("none on")), "bad" if lights else "good"),
        *(_place(name, places.get(key)) for key, name in PLACES.items() if places.get(key)),
        *_equipment(sheet.equipment or {}, language),
        (N_("Valuables that stay in the car"), _valuables(sheet, language), ""),
        (N_("Odometer reading"), sheet.odometer_reason, ""),
    ]
    return [(translate(language, name), translate(language, words), how) for name, words, how in found if words]


def _place(name: str, value: str | None) -> tuple[str, str, str]:
    condition = next((one for one in Condition if one.value == value), None)
    if condition is None:
        return name, "", ""
    return name, condition.label, "good" if condition == Condition.CLEAN else "bad"


def _equipment(there: dict[str, bool], language: str) -> list[tuple[str, str, str]]:
    yes = _names(Equipment, [key for key, value in there.items() if value], language)
    no = _names(Equipment, [key for key, value in there.items() if not value], language)
    return [(N_("Equipment there"), yes, "good"), (N_("Equipment missing"), no, "bad")]


def _valuables(sheet: Inspection, language: str) -> str:
    named = _names(Valuable, sheet.stays, language)
    words = _comma(language).join(filter(None, (named, sheet.valuables)))
    return words or (N_("none, the customer was reminded") if sheet.reminded else "")


def _names(kinds: type[Choice], values: list[str] | None, language: str) -> str:
    """The names of the values, in the order of the choice."""
    return _comma(language).join(translate(language, kind.label) for kind in kinds if kind.value in (values or []))


def _comma(language: str) -> str:
    return "、" if language == "zh_CN" else ", "


def damage_words(spot: Spot, order_id: int, language: str) -> Data:
    """A mark to read below the picture: its number there, kind, place, note."""
    mark = spot.mark
    words = N_("no longer there") if mark.gone_order_id == order_id else N_("known from an earlier visit")
    view: View | None = next((one for one in VIEW_NAMES if one == mark.view), None)
    before = translate(language, words) if spot.known else ""
    return {
        "number": spot.number,
        "color": tone(mark.kind.value),
        "known": spot.known,
        "kind": translate(language, mark.kind.label),
        "place": translate(language, VIEW_NAMES[view]) if view else "",
        "note": " · ".join(filter(None, (mark.note, before))),
    }


def _photos(work: Work, one: Visit, marked: list[Spot], language: str, pictures: Pictures) -> list[Data]:
    """Photos of new damage with the mark's number, then of the car."""
    keys = {spot.mark.attachment_id: spot.number for spot in marked if spot.mark.attachment_id and not spot.known}
    rows = work.db.exec(select(Attachment).where(col(Attachment.id).in_(list(keys)))).all() if keys else []
    named = [(row, str(keys[row.id])) for row in sorted(rows, key=lambda row: keys[row.id])]
    named += [(row, "") for row in attachments(work, one.order)]
    found = []
    for place, (row, words) in enumerate(named[:MOST_PHOTOS]):
        pictures[f"photo{place}.jpg"] = read(work.ws.data_dir, row.sha256)
        found.append({"picture": f"photo{place}.jpg", "words": words})
    return found
