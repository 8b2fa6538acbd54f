"""Names as people look for them: Chinese ones also by pinyin and by its initials."""

import re
import unicodedata

from pypinyin import Style, pinyin

_WORD = re.compile(r"[^\W_]+")


def name_key(name: str | None) -> str:
    """The form in which two spellings of one name are equal: half width, no case, accents or spaces."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name or "").casefold())
    return "".join(_WORD.findall("".join(char for char in folded if not unicodedata.combining(char))))


def pinyin_initials(name: str | None) -> set[str]:
    """The initials of the name, one for every reading of its first character: 曾静 gives {"zj", "cj"}."""
    return {"".join(syllable[0] for syllable in reading) for reading in _readings(name)}


def search_keys(name: str | None) -> set[str]:
    """All lower-case keys a name is found by: itself, its full pinyin and the initials, in every reading; and from each
    further word on, so that "smi" finds Lily Smith."""
    full = {"".join(reading) for reading in _readings(name)}
    words = [name_key(word) for word in _words(name)]
    further = {"".join(words[at:]) for at in range(1, len(words))}
    return (full | pinyin_initials(name) | {name_key(name)} | further) - {""}


def index_keys(name: str | None, most: int = 300) -> str:
    """The search keys in one text, separated by spaces, as many as fit into `most` characters: what a database looks through."""
    index = ""
    for key in sorted(search_keys(name), key=lambda key: (len(key), key)):
        longer = f"{index} {key}".strip()
        index = longer if len(longer) <= most else index
    return index


def _readings(name: str | None) -> list[list[str]]:
    """The name in syllables (Latin words stay words), once for every reading of a Chinese first character.

    Dictionaries read surnames wrongly (曾 is Zeng, 单 is Shan, 解 is Xie), so none of the readings is preferred.
    """
    rest = [syllable for word in _words(name) for syllable in _syllables(word)]
    if not rest:
        return []
    firsts = dict.fromkeys(_first_readings(name) or rest[:1])
    return [[first, *rest[1:]] for first in firsts]


def _words(name: str | None) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", name or ""))


def _syllables(word: str) -> list[str]:
    return [key for (syllable,) in pinyin(word, style=Style.NORMAL) if (key := name_key(syllable))]


def _first_readings(name: str | None) -> list[str]:
    first = _words(name)[0][0]
    readings = pinyin(first, style=Style.NORMAL, heteronym=True, errors="ignore")
    return readings[0] if readings else []
