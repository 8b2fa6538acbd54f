"""What the demo's reception meets: requests, questions between desk and workshop, an accident with its insurer."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class BodyJob:
    """Work of an accident repair in free words: hours of labour, and the work sent out that belongs to it."""

    title: str
    hours: Decimal
    outside: str | None = None
    supplier: str | None = None
    price: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)


@dataclass(frozen=True)
class Accident:
    """An accident from the customer's story to the assessment, with more damage found later."""

    concern: str
    insurer: str
    policy: str
    claim: str
    assessor: str
    phone: str
    excess: Decimal
    jobs: tuple[BodyJob, ...]
    supplement: str
    supplement_sum: Decimal


@dataclass(frozen=True)
class Asked:
    """A question and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True)
class Reception:
    """All of it. `left_inside` is said in other words than the program's own list of valuables."""

    requests: tuple[str, ...]
    left_inside: tuple[str, ...]
    hard_case: Asked
    warranty_open: str
    workshop_asks: str
    recall_declined: str
    accident: Accident
