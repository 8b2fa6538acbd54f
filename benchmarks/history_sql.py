"""Which rows belong to a finished visit, and the statements that copy them."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Column, Table

import db.models  # noqa: F401  (fills the metadata)
from db.base import metadata
from db.types import UtcDateTime

_CARS = ("customer", "contact_consent", "vehicle")
_CLOSED = """status IN ('closed', 'cancelled') AND due_on IS NULL AND arrived_at < :cut
    AND id NOT IN (SELECT order_id FROM month.follow_up WHERE status NOT IN ('satisfied', 'complaint'))
    AND id NOT IN (SELECT order_id FROM month.complaint WHERE status <> 'closed' AND order_id IS NOT NULL)"""
_BOOKED = """id IN (SELECT appointment_id FROM month.work_order WHERE id IN pick_work_order)
    OR status IN ('cancelled', 'no_show', 'unmet') AND coalesce(starts_at, created_at) < :cut
    AND id NOT IN (SELECT appointment_id FROM month.work_order WHERE appointment_id IS NOT NULL)"""
_PICTURED = """id IN (SELECT signature_id FROM month.consent WHERE order_id IN pick_work_order)
    OR id IN (SELECT attachment_id FROM month.damage_mark WHERE order_id IN pick_work_order)
    OR id IN (SELECT attachment_id FROM month.health_result WHERE order_id IN pick_work_order)
    OR id IN (SELECT signature_id FROM month.inspection WHERE order_id IN pick_work_order)
    OR subject = 'work_order' AND subject_id IN pick_work_order"""
_SUBJECTS = ("work_order", "appointment", "follow_up", "complaint")
_OF_SUBJECT = " OR ".join(f"subject = '{table}' AND subject_id IN pick_{table}" for table in _SUBJECTS)
_OF_ORDER = "order_id IN pick_work_order"
_OF_BOOKING = "appointment_id IN pick_appointment"
_OPEN = "status NOT IN ('closed', 'cancelled')"
_COMING = """id IN (SELECT appointment_id FROM month.work_order WHERE id IN pick_work_order)
    OR status IN ('requested', 'confirmed', 'waiting_parts')"""

# Table → which of its rows are copied; parents before children.
PICKED: dict[str, str] = {
    "work_order": _CLOSED,
    "appointment": _BOOKED,
    **dict.fromkeys(("appointment_job", "task_result", "part_reservation", "outreach_call"), _OF_BOOKING),
    "purchase_line": f"{_OF_BOOKING} OR {_OF_ORDER}",
    "attachment": _PICTURED,
    **dict.fromkeys(
        ("order_job", "inspection", "damage_mark", "consent", "check", "statement", "payment", "exit_pass"), _OF_ORDER
    ),
    **dict.fromkeys(("health_result", "order_task", "campaign_answer", "insurance_claim"), _OF_ORDER),
    **dict.fromkeys(("campaign_car", "case_text", "handover", "guarantee"), _OF_ORDER),
    "claim_supplement": "claim_id IN pick_insurance_claim",
    "cash_drawer": "closed_at < :cut",
    "drawer_entry": "drawer_id IN pick_cash_drawer AND (payment_id IS NULL OR payment_id IN pick_payment)",
    "order_line": _OF_ORDER,
    **dict.fromkeys(("discount", "money_reminder", "payer_claim", "old_part"), _OF_ORDER),
    "claim_receipt": "claim_id IN pick_payer_claim",
    "consent_item": "consent_id IN pick_consent",
    "clock_entry": f"{_OF_ORDER} AND ended_at IS NOT NULL",
    "clock_correction": "clock_id IN pick_clock_entry",
    **dict.fromkeys(("verification", "delay", "recommendation", "requisition"), _OF_ORDER),
    "requisition_line": "requisition_id IN pick_requisition",
    **dict.fromkeys(("statement_line", "statement_share"), "statement_id IN pick_statement"),
    "stock_movement": "line_id IN pick_order_line",
    "follow_up": _OF_ORDER,
    "follow_up_answer": "follow_up_id IN pick_follow_up",
    "complaint": _OF_ORDER,
    "contact_attempt": f"{_OF_ORDER} OR appointment_id IN pick_appointment OR follow_up_id IN pick_follow_up",
    "message": _OF_SUBJECT,
    "event": _OF_SUBJECT,
}
_DATED = {
    "work_order": "arrived_at",
    "appointment": "created_at",
    "statement": "at",
    "exit_pass": "at",
    "payment": "at",
    "payer_claim": "created_at",
    "requisition": "asked_at",
}
# What stands open in the demo garage's month would be over in ten years; and there it has no gateway.
_OVER = {("message", "state"): "'sent'", ("payer_claim", "status"): "'paid'", ("old_part", "state"): "'scrapped'"}
# Numbers of rows the database does not know as references.
_NOTED = {"order_job_id": "order_job", "requisition_id": "requisition", "purchase_line_id": "purchase_line"}


def pick_past(db: sqlite3.Connection, cut: datetime) -> None:
    """Note in temporary tables which rows of the attached `month` are copied: visits finished before `cut`."""
    _pick(db, PICKED, {"cut": str(cut.replace(tzinfo=None))})


def pick_present(db: sqlite3.Connection) -> None:
    """Note instead the visits that are in the shop now or still to come."""
    _pick(db, PICKED | {"work_order": _OPEN, "appointment": _COMING, "cash_drawer": "false"}, {})


def _pick(db: sqlite3.Connection, conditions: dict[str, str], values: dict[str, str]) -> None:
    for table, condition in conditions.items():
        key = "id" if "id" in _table(table).c else "rowid"
        db.execute(f"DROP TABLE IF EXISTS pick_{table}")
        db.execute(f"CREATE TEMP TABLE pick_{table} (id INTEGER PRIMARY KEY)")
        rows = f'INSERT INTO pick_{table} SELECT {key} FROM month."{table}" WHERE {condition}'
        db.execute(rows, values if ":cut" in condition else {})


def step(db: sqlite3.Connection, table: str) -> int:
    """How far apart the ids of two copies are."""
    return int(db.execute(f'SELECT coalesce(max(id), 0) + 1 FROM month."{table}"').fetchone()[0])


@dataclass(frozen=True)
class Copy:
    """The `number`-th copy: moved by `days`, made with the `cars`-th set of cars and customers."""

    number: int
    days: int
    cars_set: int
    own: bool = False  # the garage's own rows: they keep their numbers

    def cars(self, db: sqlite3.Connection) -> None:
        """The customers and cars of this set, with what is due for them."""
        for table in (*_CARS, "car_due"):
            self._insert(db, table, "true")

    def visits(self, db: sqlite3.Connection) -> None:
        """The finished visits with all that belongs to them; what was taken from the shelves is put there first."""
        for table in PICKED:
            key = "id" if "id" in _table(table).c else "rowid"
            self._insert(db, table, f"r.{key} IN pick_{table}")
        moved = self._moved("min(at)")
        db.execute(
            f"""INSERT INTO main.stock_movement (part_id, kind, quantity, unit_cost, reason, at)
                SELECT part_id, 'receipt', -sum(quantity), max(unit_cost), '', {moved} FROM month.stock_movement
                WHERE id IN pick_stock_movement GROUP BY part_id HAVING sum(quantity) <> 0"""
        )

    def everything(self, db: sqlite3.Connection) -> None:
        """All rows, finished or not: the garage as it stands."""
        for table in PICKED:
            self._insert(db, table, "true")

    def _insert(self, db: sqlite3.Connection, table: str, where: str) -> None:
        columns = ", ".join(f'"{column.name}"' for column in _table(table).c if self._keeps(table, column))
        values = ", ".join(self._value(db, table, c) for c in _table(table).c if self._keeps(table, c))
        # a car has a campaign carried out once, however often its visits are copied
        insert = "INSERT OR IGNORE" if table == "campaign_car" else "INSERT"
        db.execute(f'{insert} INTO main."{table}" ({columns}) SELECT {values} FROM month."{table}" r WHERE {where}')

    def _keeps(self, table: str, column: Column[object]) -> bool:
        return not (table == "stock_movement" and column.name == "id")  # receipts stand between; nothing refers to it

    def _value(self, db: sqlite3.Connection, table: str, column: Column[object]) -> str:
        name, own = f'r."{column.name}"', self.cars_set if table in _CARS else self.number
        if column.name == "id":
            return f"{name} + {own * step(db, table)}"
        if column.name == "subject_id":
            return self._subject(db, name)
        if (table, column.name) in _OVER and self.days:
            return _OVER[table, column.name]
        if column.name in ("number", "plate", "plate_key", "vin") and not self.own:
            return self._unique(db, table, column.name)
        if column.name == "closing" and not self.own:
            return f"{name} || '-{self.number}'"
        target = next((key.column.table.name for key in column.foreign_keys), _NOTED.get(column.name, ""))
        if target in PICKED:
            return f"{name} + {self.number * step(db, target)}"
        if target in _CARS:
            return f"{name} + {self.cars_set * step(db, target)}"
        return self._moved(name) if isinstance(column.type, UtcDateTime) else name

    def _moved(self, name: str) -> str:
        return f"strftime('%Y-%m-%d %H:%M:%f', {name}, '{self.days} days') || '000'" if self.days else name

    def _subject(self, db: sqlite3.Connection, name: str) -> str:
        whens = " ".join(f"WHEN '{table}' THEN {self.number * step(db, table)}" for table in _SUBJECTS)
        return f"{name} + CASE r.subject {whens} ELSE 0 END"

    def _unique(self, db: sqlite3.Connection, table: str, column: str) -> str:
        """A number or plate nobody else has; of one length, or plates that end in a digit would meet those of another set."""
        if column == "plate":
            return f"r.plate || ' {self.cars_set:03d}'"
        if column == "plate_key":
            return f"r.plate_key || '{self.cars_set:03d}'"
        if column == "vin":
            return f"substr(r.vin, 1, 11) || printf('%06d', r.id + {self.cars_set * step(db, table)})"
        day = f"substr(strftime('%Y%m%d', r.{_DATED[table]}, '{self.days} days'), 3)"
        return f"substr(r.number, 1, 1) || {day} || '-' || (r.id + {self.number * step(db, table)})"


@cache
def _table(name: str) -> Table:
    return metadata.tables[name]
