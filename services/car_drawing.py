"""What the drawings of cars are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

Path = tuple[str, str]
LONG, HIGH, WIDE = (
    440,
    150,
    190,
)  # the boxes of all views: a side is LONG × HIGH, the top LONG × WIDE, front and rear WIDE × HIGH
_TOKEN = re.compile(r"[MLCZ]|-?[0-9.]+")


@dataclass(frozen=True)
class Drawing:
    """One view: width and height of its box, and its paths (role, SVG path) from the back to the front."""

    width: int
    height: int
    paths: tuple[Path, ...]


def circle(x: float, y: float, r: float) -> str:
    """A full circle around a point."""
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"


def wheel(x: float, y: float, r: float) -> tuple[Path, ...]:
    """A wheel seen from the side: tyre, rim and hub."""
    return ("wheel", circle(x, y, r)), ("hub", circle(x, y, r * 0.62)), ("hub", circle(x, y, r * 0.16))


def both(*paths: Path, across: bool = False) -> tuple[Path, ...]:
    """The paths and their mirror images: left and right of a car seen from its end or, `across`, from above.

    Only for paths of M, L, C and Z.
    """
    return (*paths, *((role, "".join(_mirrored(d, across))) for role, d in paths))


def _mirrored(d: str, across: bool) -> Iterator[str]:
    axis = cycle("xy")
    for token in _TOKEN.findall(d):
        if token.isalpha():
            yield token
            continue
        turned = next(axis) == ("y" if across else "x")
        yield f"{WIDE - float(token):g} " if turned else f"{token} "
