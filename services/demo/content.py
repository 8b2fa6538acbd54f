"""Everything the demo garage is made of in one language, read from `data/<language>/*.json`."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from services.demo.desk_content import Desk
from services.demo.garage_content import Fuel, Garage, Job, Part
from services.demo.market_content import Market, Model
from services.demo.money_content import Money
from services.demo.reception_content import Reception
from services.demo.records import build
from services.demo.shop_content import Shop
from services.demo.story_content import (
    ComplaintStory,
    Concern,
    Damage,
    Diagnosis,
    ExtraWork,
    Feedback,
    Recommendation,
    UnmetWish,
)

LANGUAGES = ("en", "zh_CN")
_DATA = Path(__file__).parent / "data"
# Each file of a language holds either the named list or an object with several of the names of Content.
_LISTS = ("jobs", "parts", "models")
_SINGLES = ("garage", "market", "desk", "reception", "shop", "money")
_GROUPS = ("concerns", "workshop", "care")


@dataclass(frozen=True)
class Content:
    """A garage with its market and its stories. Every code named anywhere is in `jobs`, `parts` or `diagnoses`."""

    garage: Garage
    market: Market
    desk: Desk
    reception: Reception
    shop: Shop
    money: Money
    models: tuple[Model, ...]
    jobs: tuple[Job, ...]
    parts: tuple[Part, ...]
    concerns: tuple[Concern, ...]
    diagnoses: tuple[Diagnosis, ...]
    extra_work: tuple[ExtraWork, ...]
    damage: tuple[Damage, ...]
    recommendations: tuple[Recommendation, ...]
    rework: tuple[str, ...]
    delays: tuple[str, ...]
    items_left: tuple[str, ...]
    places: tuple[str, ...]
    feedback: tuple[Feedback, ...]
    complaints: tuple[ComplaintStory, ...]
    unmet_wishes: tuple[UnmetWish, ...]
    cancel_reasons: tuple[str, ...]
    no_show_notes: tuple[str, ...]
    discount_reasons: tuple[str, ...]
    credit_reasons: tuple[str, ...]
    customer_notes: tuple[str, ...]
    call_times: tuple[str, ...]

    @cached_property
    def job(self) -> dict[str, Job]:
        """The catalogue jobs by code."""
        return {job.code: job for job in self.jobs}

    @cached_property
    def part(self) -> dict[str, Part]:
        """The parts by code."""
        return {part.code: part for part in self.parts}

    @cached_property
    def diagnosis(self) -> dict[str, Diagnosis]:
        """The diagnoses by key."""
        return {found.key: found for found in self.diagnoses}

    def concerns_for(self, fuel: Fuel) -> tuple[Concern, ...]:
        """The concerns a car with this drive can have: all their jobs fit it."""
        return tuple(one for one in self.concerns if all(self.job[code].fits(fuel) for code in one.jobs))

    def extra_work_for(self, fuel: Fuel) -> tuple[ExtraWork, ...]:
        """The extra work that can be found on a car with this drive."""
        return tuple(one for one in self.extra_work if self.job[one.job].fits(fuel))

    def recommendations_for(self, fuel: Fuel) -> tuple[Recommendation, ...]:
        """The advice for later that makes sense for a car with this drive."""
        return tuple(one for one in self.recommendations if self.job[one.job].fits(fuel))


@cache
def load(language: str) -> Content:
    """The content of `language` ("en" or "zh_CN"; any other language gets the English garage)."""
    folder = _DATA / (language if language in LANGUAGES else "en")
    raw: dict[str, Any] = {name: _read(folder, name) for name in (*_LISTS, *_SINGLES)}
    for name in _GROUPS:
        raw.update(_read(folder, name))
    return build(Content, raw)


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
