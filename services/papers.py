"""Printed papers: a typst template, data, a language, and a PDF comes out. The CJK font comes with the program."""

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import segno
import typst

DOCUMENTS = Path(__file__).parent.parent / "documents"
_LANG = {"en": ("en", "GB"), "zh_CN": ("zh", "CN")}


def render(name: str, data: Mapping[str, Any], language: str, *, code: str) -> bytes:
    """The PDF of `documents/<name>.typ` with `data`; `code` is what its QR code says (an address, or a number)."""
    lang, region = _LANG[language]
    inputs = {"data": json.dumps({**data, "lang": lang, "region": region}, ensure_ascii=False)}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("base", name):
            (root / f"{part}.typ").write_text((DOCUMENTS / f"{part}.typ").read_text("utf-8"), "utf-8")
        segno.make(code, error="m", micro=False).save(str(root / "code.svg"), border=1)
        return typst.compile(
            root / f"{name}.typ", root=root, font_paths=[_fonts()], ignore_system_fonts=True, sys_inputs=inputs
        )


@cache
def _fonts() -> Path:
    """The folder of Noto Sans CJK, so that papers look the same on every machine."""
    found = find_spec("manimgx_fonts_cjk")
    if found is None or found.origin is None:
        raise RuntimeError("the font package manimgx-fonts-cjk is not installed")
    return Path(found.origin).parent
