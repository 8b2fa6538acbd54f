"""Tapped reasons are said in the reader's language, typed ones as they were written."""

import pytest

from services.found_words import said


@pytest.mark.parametrize(
    ("language", "reason", "heard"),
    [
        ("en", "磨损", "Worn out"),
        ("zh_CN", "Worn out – 2 mm left", "磨损 – 2 mm left"),
        ("en", "渗漏 – 左前", "Leaking – 左前"),
        ("zh_CN", "Squeaks – when cold", "Squeaks – when cold"),
        ("zh_CN", "", ""),
    ],
)
def test_what_was_tapped_is_said_to_everybody(language: str, reason: str, heard: str) -> None:
    assert said(language, reason) == heard
