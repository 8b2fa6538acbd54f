"""What several rows say of one car or one customer, and what of it a record still lacks."""

from collections.abc import Iterable, Mapping
from typing import Any

from db.base import Base
from services.importing.values import RowValues

_MOST_NOTE = 2000
_FORWARD = ("odometer_km", "last_service_on", "inspection_until", "insurance_until")


def vehicle_facts(rows: list[RowValues]) -> dict[str, Any]:
    """The columns of a vehicle: the first value named wins, but the highest odometer, the latest service and expiry dates."""
    plated = _first(row for row in rows if row.plate_key)
    named = _first(row for row in rows if row.make or row.model)
    return {
        "plate": plated.plate if plated else "",
        "plate_key": plated.plate_key if plated else None,
        "vin": _first(row.vin for row in rows),
        "make": named.make if named else "",
        "model": named.model if named else "",
        "first_registered": _first(row.first_registered for row in rows),
        "odometer_km": max((row.odometer_km for row in rows if row.odometer_km is not None), default=None),
        "last_service_on": max((row.last_service for row in rows if row.last_service), default=None),
        "inspection_until": max((row.inspection_until for row in rows if row.inspection_until), default=None),
        "insurance_until": max((row.insurance_until for row in rows if row.insurance_until), default=None),
        "note": _joined(row.note for row in rows),
    }


def customer_facts(rows: list[RowValues]) -> dict[str, Any]:
    """The columns of a customer."""
    return {
        "phone": _first(row.phone for row in rows),
        "email": _first(row.email for row in rows),
        "note": _joined(row.contact_note for row in rows),
    }


def complete(record: Base, facts: Mapping[str, Any]) -> list[str]:
    """Fills in what the record lacks and carries odometer, last service and expiry dates forward; gives the columns changed.

    What the garage wrote itself is never overwritten, so that importing a list again changes nothing.
    """
    changed = [column for column, value in facts.items() if value not in (None, "") and _adds(record, column, value)]
    for column in changed:
        setattr(record, column, facts[column])
    return changed


def _adds(record: Base, column: str, value: Any) -> bool:
    known = getattr(record, column)
    if known in (None, ""):
        return True
    return column in _FORWARD and bool(value > known)


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value), None)


def _joined(texts: Iterable[str]) -> str:
    """The different texts, one below the other, as many as fit."""
    joined = ""
    for text in dict.fromkeys(filter(None, texts)):
        longer = f"{joined}\n{text}" if joined else text
        joined = longer if len(longer) <= _MOST_NOTE else joined
    return joined
