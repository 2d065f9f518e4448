"""Errors that a person is told about: a code for programs, data for both, sentences for people.

Every refusal names the place (row, field), what is wrong and what to do, in both languages at once: the command
line shows both, a page shows the reader's.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `place` is «file, row 3, field title» as exactly as it is known."""

    code: str
    place: str
    zh: str
    en: str
    data: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """The sentence in "zh" or "en", with its place in front."""
        sentence = self.zh if language == "zh" else self.en
        return f"{self.place}: {sentence}" if self.place else sentence


class DomainError(Exception):
    """A refusal with every problem that was found; nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(p.text("en") for p in problems[:5]))


class NotFound(DomainError):
    """What was asked for does not exist, or may not be known of: the two are told alike."""

    def __init__(self, place: str = "") -> None:
        super().__init__(
            Problem(
                "not-found",
                place,
                "没有找到这一页的内容，可以从首页或搜索重新找起。",
                "This could not be found. Start again from the home page or from search.",
            )
        )
