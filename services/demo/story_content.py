"""What people say, find and write: plain texts of one language, linked to the catalogue by code."""

from dataclasses import dataclass

from db.enums import ComplaintKind, DamageKind, UnmetReason, Urgency


@dataclass(frozen=True)
class Concern:
    """The customer's own words, the advisor's clarification, the likely job codes, the key of the diagnosis found later."""

    text: str
    clarification: str
    jobs: tuple[str, ...]
    diagnosis: str | None


@dataclass(frozen=True)
class Diagnosis:
    """Complaint, cause, correction, as the technician writes them; `jobs` are the codes that cure it."""

    key: str
    jobs: tuple[str, ...]
    complaint: str
    cause: str
    correction: str


@dataclass(frozen=True)
class ExtraWork:
    """Work proposed during a visit. Declined `safety` work is signed for."""

    job: str
    urgency: Urgency
    safety: bool
    reason: str


@dataclass(frozen=True)
class Damage:
    """A mark on the outline: view left, right, front, rear or top, place in thousandths of width and height."""

    view: str
    x: int
    y: int
    kind: DamageKind
    note: str


@dataclass(frozen=True)
class Recommendation:
    """Advice for later: which job, due in months or km from today, whichever comes first."""

    job: str
    months: int
    km: int
    text: str


@dataclass(frozen=True)
class Feedback:
    """A follow-up call's result: would recommend 0 to 10, five scores 1 (bad) to 5, the customer's words."""

    recommend: int
    quality: int
    attitude: int
    punctuality: int
    price: int
    cleanliness: int
    text: str

    @property
    def good(self) -> bool:
        """Satisfied; otherwise the call opens a complaint."""
        return self.recommend >= 7


@dataclass(frozen=True)
class ComplaintStory:
    """A complaint from the customer's words to the answer."""

    kind: ComplaintKind
    text: str
    cause: str
    plan: str
    handling: str
    answer: str


@dataclass(frozen=True)
class UnmetWish:
    """A wish for a time that could not be met."""

    reason: UnmetReason
    text: str
