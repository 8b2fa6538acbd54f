"""Texts in the reader's language. English is the source; other languages are gettext catalogues under locale/."""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from db.choice import Label

LOCALE = Path(__file__).parent.parent / "locale"
LANGUAGES = {"en": "English", "zh_CN": "中文"}
DEFAULT = "en"


def N_(text: str) -> Label:  # noqa: N802
    """Marks a text for translation that is shown later."""
    return Label(text)


@cache
def catalogue(language: str) -> dict[str, str]:
    """All translations of a language, merged from its .po files."""
    texts: dict[str, str] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            texts.update({str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id and m.string})
    return texts


def translate(language: str, text: str, /, **params: object) -> str:
    """`text` in `language`, its {placeholders} filled. Values that are labels, sums or instants are said in that language too."""
    found = catalogue(language).get(text, text)
    return found.format(**{name: _say(language, value) for name, value in params.items()}) if params else found


def _say(language: str, value: object) -> object:
    if isinstance(value, Label):
        return catalogue(language).get(value, value)
    return value.say(language) if hasattr(value, "say") else value


def is_ours(text: str) -> bool:
    """Whether a text is one of the program's own (every one has a Chinese translation)."""
    return text in catalogue("zh_CN")


def best_language(wanted: str | None) -> str:
    """The language we have that fits a browser's `Accept-Language` or locale best."""
    for part in (wanted or "").replace("_", "-").lower().split(","):
        if part.strip().startswith("zh"):
            return "zh_CN"
        if part.strip().startswith("en"):
            return "en"
    return DEFAULT
