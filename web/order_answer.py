"""What a customer sends from the private page: answers to asked work, a new time, when the car is picked up.

Refused, the page comes back as filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from db.enums import Answer
from services.link_answers import answer_by_link, answer_delay_by_link
from services.order_asked import Asked
from services.pick_up_link import pick_up_by_link
from services.work import Work

_WORDS = {"agreed": Answer.AGREED, "declined": Answer.DECLINED}


@dataclass(frozen=True)
class Filled:
    """The form as it was filled in: answers by job, others by line where they differ, the warnings read, the name."""

    fields: Mapping[str, str]

    @classmethod
    def of(cls, form: Mapping[str, object]) -> Self:
        """What a browser sent; files and anything else but text is left out."""
        return cls({name: value for name, value in form.items() if isinstance(value, str)})

    @property
    def person(self) -> str:
        """Who answers."""
        return self.fields.get("person", "")

    @property
    def language(self) -> str:
        """The language the page was read in."""
        return self.fields.get("lang", "")

    def job(self, key: int) -> str:
        """The answer on a job as the form has it: agreed, declined or nothing."""
        return "agreed" if "everything" in self.fields else self.fields.get(f"job_{key}", "")

    def line(self, key: int) -> str:
        """The answer on a line when it is not that of its job."""
        return "" if "everything" in self.fields else self.fields.get(f"line_{key}", "")

    @property
    def differing(self) -> set[str]:
        """The ids of lines with an answer of their own."""
        return {name.removeprefix("line_") for name in self.fields if name.startswith("line_")}

    def warned(self, key: int) -> bool:
        """Whether the warning about a job was read."""
        return f"warned_{key}" in self.fields

    def answers(self, asked: Asked) -> dict[int, Answer]:
        """The answers by line id; a line nothing was said about is left out."""
        said = {line: self.line(line) or self.job(job.id) for job in asked.jobs for line, _ in job.lines}
        return {line: _WORDS[word] for line, word in said.items() if word in _WORDS}


def keep_answer(work: Work, token: str, asked: Asked | None, filled: Filled, language: str) -> None:
    """Keep what was filled in, about what the page asks now. Refuses as `answer_by_link`, `answer_delay_by_link` and
    `pick_up_by_link` do."""
    if "pick_up" in filled.fields:
        at = _instant(filled.fields.get("at", ""))
        pick_up_by_link(work, token, at=at, seen=_number(filled.fields["pick_up"]))
        return
    if "delay" in filled.fields:
        suits = filled.fields.get("suits") == "1"
        answer_delay_by_link(work, token, delay_id=_number(filled.fields["delay"]), suits=suits, person=filled.person)
        return
    answer_by_link(
        work,
        token,
        answers=filled.answers(asked) if asked else {},
        person=filled.person,
        version=_number(filled.fields.get("version", "")),
        shown_at=_instant(filled.fields.get("shown_at", "")),
        warned=[job.id for job in asked.jobs if filled.warned(job.id)] if asked else (),
        language=language,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
