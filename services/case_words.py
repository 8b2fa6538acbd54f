"""Words by which earlier cases are found: Chinese in pairs of characters, English without endings, codes as they are.

Everything a database is given is cut here, so that SQLite and PostgreSQL find the same, whatever their own idea of a word.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from services.normalize import clean_text, name_key
from services.symptoms import suggested

_FILLING = (
    "a an the and for with when that this from have has had been its it is not but can you could our out off was were there "
    "just like very get got all any car cars while after before since what only then than into over does did customer please "
    "about in on at of to by or as be no so up if my he she they week weeks weekend weekends month months day days today "
    "yesterday morning lately time times first second last one two three thing things especially came comes come bit lot "
    "normal 时候 有点 最近 一直 客户 的时 现在 起来 之后 以后 没有 帮我"
)
FILLING = frozenset(_FILLING.split())
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+")
_ENDINGS = ("ings", "ing", "ions", "ion", "ies", "ed", "es", "ers", "er", "ly", "s", "y", "e")
_INNER = ("ion", "er", "ing")  # what may stand before one
_STEM = 3  # letters an ending leaves at least
# "no pulling", "without noise", "无跑偏" say what it is not; "无法启动" and "加速无力" are the fault itself
_DENIED = re.compile(r"\b(?:no|without)\s+[^.,;:，。；、]*|无(?![法力])[^，。；、,.;]*", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """One word looked for; `begins`: words that only begin so are found too (a single Chinese character)."""

    word: str
    begins: bool = False

    def within(self, words: frozenset[str]) -> bool:
        """Whether it is among these words."""
        return self.word in words or (self.begins and any(one.startswith(self.word) for one in words))


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in order. A Chinese run also gives its last character, so that every single one of its
    characters begins a word."""
    found: list[str] = []
    for run in _RUN.findall(clean_text(text).casefold()):
        found += _english(run) if run.isascii() else [*map("".join, pairwise(run)), run[-1]]
    return [word for word in dict.fromkeys(found) if word not in FILLING]


def said(complaint: str) -> str:
    """The complaint without what it says it is not."""
    return _DENIED.sub(" ", complaint)


def hints_of(complaint: str) -> list[str]:
    """The kinds of symptom (codes) that a complaint in either language hints at."""
    return suggested(said(complaint))


def symptom_word(code: str) -> str:
    """The word that stands for a kind of symptom."""
    return f"sym{code.replace('_', '')}"


def model_word(make: str, model: str) -> str:
    """The one word that stands for a make and model; empty without a model."""
    return "car" + "".join(_RUN.findall(name_key(make) + name_key(model))) if model else ""


def terms_of(typed: str) -> list[Term]:
    """What somebody looks for, in words; a single Chinese character finds every word with it."""
    found: list[Term] = []
    for run in _RUN.findall(clean_text(typed).casefold()):
        if run.isascii():
            found += [Term(word) for word in _english(run)]
        elif len(run) == 1:
            found.append(Term(run, begins=True))
        else:
            found += [Term(pair) for pair in map("".join, pairwise(run))]
    return [term for term in dict.fromkeys(found) if term.word not in FILLING]


def _english(word: str) -> list[str]:
    if word in FILLING or len(word) < 2:
        return []
    return [word if any(char.isdigit() for char in word) else _stem(word)]


def _stem(word: str) -> str:
    """brake, brakes, braking: brak; slip, slipping: slip; pull, pulls: pul; condition, conditioning: condit."""
    for endings in (_ENDINGS, _INNER):
        ending = next((one for one in endings if word.endswith(one) and len(word) - len(one) >= _STEM), "")
        word = word.removesuffix(ending)
    return word[:-1] if len(word) > _STEM and word[-1] == word[-2] else word
