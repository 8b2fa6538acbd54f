"""What makes and models are called, to tell a kind of car by its name."""

import re
from itertools import pairwise

from services.normalize import clean_text

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z0-9.]+(?:-[a-z0-9.]+)*")


def is_named(make: str, model: str, names: str) -> bool:
    """Whether one of `names` (lower case, between spaces) is in a car's name: as a whole word or as two joined by a hyphen,
    Chinese ones anywhere."""
    name = clean_text(f"{make} {model}").lower()
    words = _WORD.findall(name)
    said = {*words, *(f"{one}-{two}" for one, two in pairwise(words))}
    return any(known in name if _CHINESE.search(known) else known in said for known in names.split())
