"""What the demo's booking desk has: packages, limits, recalls and campaigns, questions about parts."""

from dataclasses import dataclass

from db.enums_desk import CampaignKind


@dataclass(frozen=True)
class Package:
    """Jobs (codes) booked together."""

    name: str
    jobs: tuple[str, ...]


@dataclass(frozen=True)
class Limit:
    """At most so many bookings a day for a group of jobs."""

    group: str
    most: int


@dataclass(frozen=True)
class CampaignStory:
    """A recall or campaign for cars first registered from `first_year` to `last_year`; no make means every one."""

    code: str
    kind: CampaignKind
    title: str
    text: str
    make: str | None
    model: str | None
    first_year: int
    last_year: int
    job: str


@dataclass(frozen=True)
class Desk:
    """All of it; `stock_questions` and `free_parts` belong together by their place in the lists."""

    packages: tuple[Package, ...]
    limits: tuple[Limit, ...]
    campaigns: tuple[CampaignStory, ...]
    stock_questions: tuple[str, ...]
    free_parts: tuple[str, ...]
