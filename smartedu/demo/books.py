"""The thirty textbooks of the demonstration country, as written in `curriculum/*.toml`."""

from functools import cache

import msgspec

from smartedu.demo.written import read_folder
from smartedu.library.content import ChapterNode


class Exercise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    q: str
    a: str


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One lesson package as its author wrote it; `film` names one of the films where there is one."""

    chapter: str
    title: str
    title_en: str
    periods: tuple[str, ...]
    summary: str
    objectives: tuple[str, ...]
    key_point: str
    hard_point: str
    steps: tuple[str, ...]
    tasks: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    knowledge: tuple[str, ...]
    film: str = ""


class Book(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A textbook; `chapters` maps dotted keys to headings in reading order."""

    slug: str
    title: str
    title_en: str
    stage: str
    subject: str
    edition: str
    volume: str
    summary: str
    summary_en: str
    chapters: dict[str, str]
    lessons: tuple[Lesson, ...]
    system: str = ""
    grades: tuple[int, ...] = ()
    revision: str = ""

    def tree(self) -> tuple[ChapterNode, ...]:
        """The headings as a tree: "17.1" stands below "17". Raises ValueError for a key without its parent."""
        orphans = [k for k in self.chapters if "." in k and k.rpartition(".")[0] not in self.chapters]
        if orphans:
            raise ValueError(f"{self.slug}: chapters without their parent: {orphans}")
        return self._below("")

    def _below(self, parent: str) -> tuple[ChapterNode, ...]:
        return tuple(
            ChapterNode(key, title, self._below(key))
            for key, title in self.chapters.items()
            if key.rpartition(".")[0] == parent
        )


@cache
def books() -> tuple[Book, ...]:
    """All books in order of their names. Raises msgspec.ValidationError, naming the file, for one that is malformed."""
    return read_folder("curriculum", Book)
