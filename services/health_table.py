"""The health check of a visit as a table to read: its points by group, each with what was found."""

from services.health_sheet import Point, sheet, words_of
from services.i18n import translate
from services.work import Work

COLUMNS = 3


def health_table(work: Work, order_id: int, language: str) -> list[list[dict[str, str]]]:
    """Three columns of rows: a group's name (without grade), then its graded points with value, unit and note.

    Empty when no check was made.
    """
    groups = []
    for group in sheet(work, order_id):
        points = [_point(point, language) for point in group.points if point.grade]
        if points:
            groups.append([{"name": translate(language, group.group.label), "grade": ""}, *points])
    return _columns(groups)


def _columns(groups: list[list[dict[str, str]]]) -> list[list[dict[str, str]]]:
    """The groups one after the other in columns of about the same length; a long group goes on in the next one."""
    rows = [row for group in groups for row in group]
    length = max(-(-len(rows) // COLUMNS), 1)
    return [rows[start : start + length] for start in range(0, len(rows), length)]


def _point(point: Point, language: str) -> dict[str, str]:
    grade = point.grade
    return {
        "name": translate(language, words_of(point)),
        "value": point.value,
        "grade": grade.value if grade else "",
        "said": translate(language, grade.label) if grade else "",
        "note": point.note,
    }
