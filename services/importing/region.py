"""Which country the phone numbers of a list are from, when they are written without one."""

from collections.abc import Iterable
from itertools import islice

from babel import Locale
from phonenumbers import SUPPORTED_REGIONS

from services.importing.looks import like_phone

_SAMPLE = 50
_OFTEN = ("CN", "GB", "US")  # where the languages of the program are at home


def likely_region(phones: Iterable[str], home: str) -> str:
    """The garage's own country, unless most numbers can be read in another one only."""
    cells = list(islice((cell for cell in phones if cell), _SAMPLE))
    readable = {region: sum(like_phone(cell, region) for cell in cells) for region in (home, *_OFTEN)}
    best = max(readable, key=lambda region: (readable[region], region == home))
    return home if readable[home] * 2 > len(cells) else best


def region_names(language: str) -> dict[str, str]:
    """The countries whose phone numbers can be read, by name in that language."""
    names = Locale.parse(language).territories
    return dict(sorted(((r, names.get(r, r)) for r in SUPPORTED_REGIONS), key=lambda pair: pair[1]))
