"""Public holidays and make-up working days of a country. Reckoned once per country, year and language, then remembered."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Self

import holidays
from holidays import HolidayBase


@cache
def public_holidays(country: str, year: int, language: str) -> Mapping[date, str]:
    """The public holidays of a year with their names, in the language where the package has it; none for a country it lacks."""
    known = _country(country, year, language)
    return {} if known is None else {day: name for day, name in known.items() if day.year == year}


class HolidayName(str):
    """The name of the public holiday a date is, empty when it is none; `say` gives it in another reader's language."""

    __slots__ = ("country", "day")
    country: str
    day: date

    def __new__(cls, country: str, day: date, language: str) -> Self:
        """The name in that language."""
        name = super().__new__(cls, public_holidays(country, day.year, language).get(day, "") if country else "")
        name.country, name.day = country, day
        return name

    def say(self, language: str) -> str:
        """The same holiday's name in `language`, where the package has it."""
        return str(HolidayName(self.country, self.day, language))


@cache
def make_up_days(country: str, year: int) -> frozenset[date]:
    """Days off that are worked because a holiday was made longer (China: 调休)."""
    known = _country(country, year, "en")
    return frozenset() if known is None else frozenset(day for day in known.weekend_workdays if day.year == year)


def _country(country: str, year: int, language: str) -> HolidayBase | None:
    """With the next year too: a day of December may stand in for one of January."""
    if country not in holidays.list_supported_countries(include_aliases=False):
        return None
    spoken = _spoken(country, language)
    return holidays.country_holidays(country, years=(year, year + 1), language=spoken)


def _spoken(country: str, language: str) -> str | None:
    """The package's name of the language: ours, else one of the same root, else English, else what the country speaks."""
    offered: tuple[str, ...] = holidays.country_holidays(country).supported_languages
    for root in (language, language.partition("_")[0], "en"):
        found = next((one for one in sorted(offered) if one == root or one.startswith(f"{root}_")), None)
        if found:
            return found
    return None
