"""What a check says of its points: in order, not in order, does not apply; with a note or a photo."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.enums_workshop import CheckMark
from db.models import Check
from services.check_points import Point, is_known, words_of
from services.i18n import N_, translate
from services.refusals import Refusal
from services.validate import text

MOST_NOTE = 300
Items = Collection[str] | Mapping[str, "CheckMark | Said"]


class ItemsOpen(Refusal):
    """Not ticked yet: {items}."""


class ItemsFailed(Refusal):
    """Not in order: {items}. Send the car back to rework."""


class PhotoMissing(Refusal):
    """A photo is missing: {items}."""


class NotExplained(Refusal):
    """Say why this was not done, or send the car back to the workshop: {items}."""


@dataclass(frozen=True)
class Named:
    """Names of check items inside a sentence, said in the reader's language."""

    texts: tuple[str, ...]

    def say(self, language: str) -> str:
        """The names, one after the other."""
        return ", ".join(translate(language, text) for text in self.texts)


@dataclass(frozen=True)
class Said:
    """What was said of one point; `photo` is the id of a kept picture."""

    mark: CheckMark | None = None
    note: str = ""
    photo: int | None = None


@dataclass(frozen=True)
class Kept:
    """One point of a check that was made. `words` are a label for a standard point."""

    words: str
    mark: CheckMark | None
    note: str = ""
    photo: int | None = None

    @property
    def plain(self) -> bool:
        """In order, and nothing more to say."""
        return self.mark == CheckMark.PASS and not self.note


def said_of(items: Items) -> dict[str, Said]:
    """What was said by key. Keys alone are the points ticked off: in order."""
    if not isinstance(items, Mapping):
        return {key: Said(CheckMark.PASS) for key in items}
    return {key: one if isinstance(one, Said) else Said(CheckMark(one)) for key, one in items.items()}


def refuse_open(points: Sequence[Point], said: Mapping[str, Said]) -> None:
    """Nothing may be left open. Refuses with ItemsFailed, NotExplained, ItemsOpen, PhotoMissing."""
    by_mark: dict[CheckMark | None, list[Point]] = {}
    for point in points:
        by_mark.setdefault(said.get(point.key, Said()).mark, []).append(point)
    if CheckMark.FAIL in by_mark:
        raise ItemsFailed(items=_named(by_mark[CheckMark.FAIL]))
    undone = [point for point in points if point.explain and not said.get(point.key, Said()).note.strip()]
    if undone:
        raise NotExplained(items=_named(undone))
    if None in by_mark:
        raise ItemsOpen(items=_named(by_mark[None]))
    bare = [point for point in by_mark.get(CheckMark.PASS, ()) if point.photo and said[point.key].photo is None]
    if bare:
        raise PhotoMissing(items=_named(bare))


def failed_in(said: Mapping[str, Said]) -> list[str]:
    """The keys of the points that are not in order."""
    return [key for key, one in said.items() if one.mark == CheckMark.FAIL]


def to_keep(points: Iterable[Point], said: Mapping[str, Said]) -> list[dict[str, Any]]:
    """The checklist as it was answered, for the row of the check. Refuses a note over 300 characters."""
    return [_row(point, said.get(point.key, Said())) for point in points]


def kept(check: Check) -> list[Kept]:
    """The points of a check that was made, in order. What an older release kept knows only ticked and not ticked."""
    return [_kept(item) for item in check.items]


def failures(check: Check) -> list[Kept]:
    """What that check found not in order."""
    return [one for one in kept(check) if one.mark == CheckMark.FAIL]


def _named(points: Sequence[Point]) -> Named:
    return Named(tuple(point.words for point in points))


def _row(point: Point, one: Said) -> dict[str, Any]:
    """Only what says something: checks are read with every card of a board."""
    own = "" if is_known(point.key) else str(point.words)
    note = text(one.note, N_("Note"), MOST_NOTE, needed=False)
    given = {"mark": one.mark.value if one.mark else "", "text": own, "note": note, "photo": one.photo}
    return {"key": point.key, **{name: value for name, value in given.items() if value}}


def _kept(item: Mapping[str, Any]) -> Kept:
    given = item.get("mark", CheckMark.PASS if item.get("ok") else "")
    mark = CheckMark(given) if given else None
    return Kept(words_of(item["key"], item.get("text", "")), mark, item.get("note", ""), item.get("photo"))
