"""The health check of a visit as a table to read: its points by group, each with what was found."""

from typing import Any

from sqlmodel import col, select

from db.enums_health import HealthPoint
from db.enums_reception import Grade
from db.models import CheckTemplateItem, HealthResult
from services.health_points import UNITS
from services.i18n import translate
from services.work import Work

COLUMNS = 3


def health_table(work: Work, order_id: int, language: str) -> list[list[dict[str, str]]]:
    """Three columns of rows: a group's name (without grade), then its graded points with value, unit and note.

    Empty when no check was made.
    """
    query: Any = select(HealthResult, CheckTemplateItem).join(
        CheckTemplateItem, col(CheckTemplateItem.id) == col(HealthResult.item_id)
    )
    there = query.where(HealthResult.order_id == order_id, col(HealthResult.grade).is_not(None))
    groups: dict[str, list[dict[str, str]]] = {}
    for result, item in work.db.exec(there.order_by(col(CheckTemplateItem.position), col(CheckTemplateItem.id))):
        groups.setdefault(translate(language, item.group.label), []).append(_point(result, item, language))
    return _columns([[{"name": name, "grade": ""}, *points] for name, points in groups.items()])


def _columns(groups: list[list[dict[str, str]]]) -> list[list[dict[str, str]]]:
    """The groups one after the other in columns of about the same length; a long group goes on in the next one."""
    rows = [row for group in groups for row in group]
    length = max(-(-len(rows) // COLUMNS), 1)
    return [rows[start : start + length] for start in range(0, len(rows), length)]


def _point(result: HealthResult, item: CheckTemplateItem, language: str) -> dict[str, str]:
    known = next((one for one in HealthPoint if one.value == result.point), None)
    value = "" if result.value is None else f"{result.value.normalize():f} {UNITS[item.measure]}".strip()
    return {
        "name": translate(language, known.label) if known else result.title,
        "value": value,
        "grade": (result.grade or Grade.GOOD).value,
        "said": translate(language, (result.grade or Grade.GOOD).label),
        "note": result.note,
    }
