"""Printed papers: a typst template, data, a language, and a PDF comes out. The CJK font comes with the program."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import segno
import typst
from babel.dates import format_date, format_datetime

from services.i18n import N_, translate
from services.normalize import phone_shown
from services.work import Work

DOCUMENTS = Path(__file__).parent.parent / "documents"
_LANG = {"en": ("en", "GB"), "zh_CN": ("zh", "CN")}


def render(
    name: str,
    data: Mapping[str, Any],
    language: str,
    *,
    code: str,
    codes: Sequence[str] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF of `documents/<name>.typ` with `data`; `code` is what its QR code says (an address, or a number).

    `codes` are further ones for the paper's parts: code0.svg, code1.svg, …; `pictures` are put beside it by file name.
    """
    lang, region = _LANG[language]
    inputs = {"data": json.dumps({**data, "lang": lang, "region": region}, ensure_ascii=False)}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("base", name):
            (root / f"{part}.typ").write_text((DOCUMENTS / f"{part}.typ").read_text("utf-8"), "utf-8")
        for picture, said in (("code", code), *((f"code{place}", said) for place, said in enumerate(codes))):
            segno.make(said, error="m", micro=False).save(str(root / f"{picture}.svg"), border=1)
        for file, content in (pictures or {}).items():
            (root / file).write_bytes(content)
        return typst.compile(
            root / f"{name}.typ", root=root, font_paths=[_fonts()], ignore_system_fonts=True, sys_inputs=inputs
        )


def heading(work: Work, language: str, title: str, number: str) -> dict[str, Any]:
    """What stands at the top of every paper. `title` is an English source text."""
    garage = work.garage
    return {
        "garage": {"name": garage.name, "address": garage.address, "phone": phone_shown(garage.phone)},
        "title": translate(language, title),
        "number": number,
    }


def moment_words(work: Work, at: datetime, language: str) -> str:
    """Day and time on the garage's wall clock."""
    pattern = "d MMMM yyyy HH:mm" if language == "en" else "yyyy年M月d日 HH:mm"
    return format_datetime(work.local(at), pattern, locale=language)


def day_words(day: date, language: str) -> str:
    """A day with its weekday."""
    return format_date(day, "EEEE d MMMM yyyy" if language == "en" else "yyyy年M月d日 EEEE", locale=language)


def times_words(work: Work, starts: datetime, ends: datetime) -> str:
    """From when until when on the garage's wall clock: 9:00–10:30, with a day where the end is on another one."""
    first, last = work.local(starts), work.local(ends)
    same = first.date() == last.date()
    return f"{first:%H:%M}–{last:%H:%M}" if same else f"{first:%m-%d %H:%M} – {last:%m-%d %H:%M}"


def km_words(km: int | None, language: str) -> str:
    """A reading of the odometer or a way in km with its unit in that language; empty for none."""
    return "" if km is None else translate(language, N_("{km} km"), km=f"{km:,}")


def quantity_words(quantity: Decimal, unit: str) -> str:
    """4.500 l is said as 4.5 l."""
    return f"{quantity.normalize():f} {unit}".strip()


@cache
def _fonts() -> Path:
    """The folder of Noto Sans CJK, so that papers look the same on every machine."""
    found = find_spec("manimgx_fonts_cjk")
    if found is None or found.origin is None:
        raise RuntimeError("the font package manimgx-fonts-cjk is not installed")
    return Path(found.origin).parent
