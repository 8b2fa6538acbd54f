"""What the demo's workshop and store meet: suppliers, what a technician notes, why something slips."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SupplierStory:
    """A supplier; `groups` are the beginnings of the codes of the parts they sell, `days` how long an order takes."""

    name: str
    contact: str
    phone: str
    email: str
    days: int
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Shop:
    """All of it."""

    suppliers: tuple[SupplierStory, ...]
    differences: str
    symptom_note: str
    delay_notes: tuple[str, ...]
