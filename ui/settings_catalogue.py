"""Settings: what the garage offers, as two tables to write in: jobs and parts."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from db.choice import Choice
from db.enums import BayKind, Skill
from db.enums_reception import PartGrade
from db.models import Job, Part
from services.catalogue_edit import JobTyped, all_jobs, put_job
from services.money import coin
from services.part_edit import PartTyped, change_part, new_part, parts_page, typed_as
from services.work import Work
from ui.act import act, notices
from ui.here import look
from ui.text import Safe, plain, t

Cells = dict[str, Any]
Entry = TypeVar("Entry", Job, Part)
HEIGHT = 560
MOST = 500  # parts in the table; a catalogue of thousands is searched on the store's screen
NUMBERS = ("hours", "price", "tax", "cost", "stock", "minimum")
JOB_NEW: Cells = {
    "code": "",
    "name": "",
    "group": "",
    "hours": 1.0,
    "people": 1,
    "price": 0.0,
    "tax": None,
    "by_hours": False,
    "safety": False,
    "bay_kind": None,
    "skill": None,
    "active": True,
}
PART_NEW: Cells = {
    "code": "",
    "name": "",
    "brand": "",
    "grade": None,
    "interchange": "",
    "unit": "",
    "price": 0.0,
    "tax": None,
    "cost": 0.0,
    "place": "",
    "stock": 0.0,
    "minimum": 0.0,
    "active": True,
}


@st.fragment
def jobs() -> None:
    """Every job as a row; new ones are written below the last."""
    with look() as work:
        found, currency = all_jobs(work), work.garage.currency
    found = _as_opened("jobs", found)
    number, pick = st.column_config.NumberColumn, st.column_config.SelectboxColumn
    columns = {
        "code": t("Code"),
        "name": t("Job"),
        "group": t("Group"),
        "hours": number(t("Labour hours"), min_value=0.0, step=0.05, format="%.2f"),
        "people": number(t("People at once"), min_value=1, max_value=2, step=1, default=1),
        "price": _sums(t("Price"), currency),
        "tax": number(t("Tax (%)"), min_value=0.0, max_value=100.0, step=0.001, format="%g"),
        "by_hours": st.column_config.CheckboxColumn(t("By hours"), default=False),
        "safety": st.column_config.CheckboxColumn(t("Safety"), default=False),
        "bay_kind": pick(t("Kind of bay"), options=[plain(kind.label) for kind in BayKind]),
        "skill": pick(t("Skill"), options=[plain(skill.label) for skill in Skill]),
        "active": st.column_config.CheckboxColumn(t("Offered"), default=True),
    }
    rows = [_job_cells(job) for job in found]
    _table("jobs", rows, list(JOB_NEW), columns, lambda: _save("jobs", [job.id for job in found], _job))


@st.fragment
def parts() -> None:
    """Every part as a row; the stock of one that is there changes through the store's ledger only."""
    with look() as work:
        found, currency = parts_page(work, MOST), work.garage.currency
    found = _as_opened("parts", found)
    number = st.column_config.NumberColumn
    columns = {
        "code": t("Code"),
        "name": t("Part"),
        "brand": t("Brand name"),
        "grade": st.column_config.SelectboxColumn(t("Grade"), options=[plain(grade.label) for grade in PartGrade]),
        "interchange": t("Interchange group"),
        "unit": t("Unit"),
        "price": _sums(t("Price"), currency),
        "tax": number(t("Tax (%)"), min_value=0.0, max_value=100.0, step=0.001, format="%g"),
        "cost": _sums(t("Cost"), currency),
        "place": t("Storage place"),
        "stock": number(t("In stock"), min_value=0.0, step=0.001),
        "minimum": number(t("Minimum stock"), min_value=0.0, step=0.001),
        "active": st.column_config.CheckboxColumn(t("Kept"), default=True),
    }
    rows = [_part_cells(part) for part in found]
    _table("parts", rows, list(PART_NEW), columns, lambda: _save("parts", [part.id for part in found], _part))


def _job_cells(job: Job) -> Cells:
    return {
        "code": job.code, "name": job.name, "group": job.group, "hours": job.minutes / 60,
        "people": job.people, "price": float(job.price), "tax": _rate(job), "by_hours": job.by_hours, "safety": job.safety,
        "bay_kind": plain(job.bay_kind.label), "skill": plain(job.skill.label), "active": job.active,
    }  # fmt: skip


def _part_cells(part: Part) -> Cells:
    return {
        "code": part.code, "name": part.name, "brand": part.brand, "interchange": part.interchange,
        "grade": plain(part.grade.label) if part.grade else None,
        "unit": part.unit, "price": float(part.price), "tax": _rate(part), "cost": float(part.cost),
        "place": part.place, "stock": float(part.on_hand), "minimum": float(part.minimum), "active": part.active,
    }  # fmt: skip


def _rate(row: Job | Part) -> float | None:
    """The tax of its own; none: that of its kind."""
    return None if row.tax_percent is None else float(row.tax_percent)


def _as_opened(name: str, found: list[Entry]) -> list[Entry]:
    """The rows in the order in which they stood when writing began: cells are known by their place, and somebody else may
    have added a row meanwhile."""
    typed = st.session_state.get(f"table_{name}_{st.session_state.get(f'saved_{name}', 0)}")
    if not typed or not (typed["edited_rows"] or typed["added_rows"]):
        st.session_state[f"held_{name}"] = [row.id for row in found]
    place = {key: number for number, key in enumerate(st.session_state.get(f"held_{name}", []))}
    return sorted((row for row in found if row.id in place), key=lambda row: place[row.id])


def _sums(label: Safe, currency: str) -> Any:
    """A column of sums. The step is said: without one an empty table takes whole numbers only, and 9.50 becomes 9."""
    smallest = coin(currency)
    digits = -int(smallest.as_tuple().exponent)
    return st.column_config.NumberColumn(label, min_value=0.0, step=float(smallest), format=f"%.{digits}f")


def _table(name: str, rows: list[Cells], names: list[str], columns: Cells, save: Callable[[], None]) -> None:
    notices(name)
    frame = pd.DataFrame(rows, columns=names).astype({name: float for name in NUMBERS if name in names})
    key = f"table_{name}_{st.session_state.get(f'saved_{name}', 0)}"
    st.data_editor(
        frame,
        key=key,
        column_config=columns,
        num_rows="add",
        hide_index=True,
        height=HEIGHT,
        alt=t("A table to write in"),
    )
    st.button(t("Save"), key=f"save_{name}", type="primary", icon=":material/save:", on_click=save)


def _save(name: str, ids: list[int], put: Callable[[Work, int | None, Cells], object]) -> None:
    """All changed and new rows in one unit of work; after a refusal everything typed stays in the table.

    Only the cells typed are written, over the row as it is by then: what somebody else changed beside them stays.
    """
    turn = st.session_state.get(f"saved_{name}", 0)
    typed = st.session_state[f"table_{name}_{turn}"]
    changed = [(ids[int(row)], cells) for row, cells in typed["edited_rows"].items()]
    added = [(None, cells) for cells in typed["added_rows"] if any(cells.values())]

    def write(work: Work) -> int:
        for key, cells in [*changed, *added]:
            put(work, key, cells)
        return 1

    if act(write, done=t("Saved"), at=name):
        st.session_state[f"saved_{name}"] = turn + 1  # a fresh table, without the marks of what was typed


def _job(work: Work, key: int | None, typed: Cells) -> object:
    cells = {**(_job_cells(work.lock(Job, key)) if key else JOB_NEW), **typed}
    kind, skill = _meant(BayKind, cells["bay_kind"], BayKind.LIFT), _meant(Skill, cells["skill"], Skill.SERVICE)
    code, name, group = (str(cells[word] or "") for word in ("code", "name", "group"))
    hours, price, people = _exact(cells["hours"]), _exact(cells["price"]), int(cells["people"] or 1)
    more = (bool(cells["active"]), people, bool(cells["by_hours"]), bool(cells["safety"]), _percent(cells["tax"]))
    return put_job(work, key, JobTyped(code, name, group, hours, price, kind, skill, *more))


def _part(work: Work, key: int | None, typed: Cells) -> object:
    row = work.lock(Part, key) if key else None
    cells = {**(_part_cells(row) if row else PART_NEW), **typed}
    code, name, unit, place = (str(cells[name] or "") for name in ("code", "name", "unit", "place"))
    price, cost, stock, minimum = (_exact(cells[name]) for name in ("price", "cost", "stock", "minimum"))
    brand, interchange = str(cells["brand"] or ""), str(cells["interchange"] or "")
    more = (bool(cells["active"]), brand, _meant(PartGrade, cells["grade"], None), interchange, _percent(cells["tax"]))
    part = PartTyped(code, name, unit, price, cost, place, minimum, *more)
    return change_part(work, row.id, typed_as(row), part) if row else new_part(work, part, stock_now=stock)


def _meant(kinds: type[Choice], word: str | None, usual: Any) -> Any:
    return next((kind for kind in kinds if plain(kind.label) == word), usual)


def _exact(number: float | None) -> Decimal:
    return round(Decimal(str(number or 0)), 3)


def _percent(number: float | None) -> Decimal | None:
    return None if number is None else _exact(number)
