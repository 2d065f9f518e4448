"""Finding the feed's files in a folder and reading them. Nothing here touches the database.

Captured files bear other names than their addresses: `…/teachingmaterials/part_100.json` lies there as
`course-part_100.json` beside `course-data_version.json`. A file is found by the last part of its address, alone or
behind the prefix of its version file.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from smartedu.formats.feed import (
    LARGEST_FILE_BYTES,
    BookRecord,
    FeedError,
    FeedProblem,
    TagTree,
    VersionFile,
    part_name,
    read_books,
    read_tree,
    read_version,
)
from smartedu.formats.feed.json import text_problem
from smartedu.rules.taxonomy import View

VERSION = "data_version.json"
PUBLISHERS = "edition-publishers.csv"
MODULES: Mapping[str, View] = {"national_lesson": View.LESSONS, "tch_material": View.E_TEXTBOOKS}
_PUBLISHER_FIELDS = ("stage", "subject", "edition", "publisher")
_LONGEST = 120
_COURSE_BOOK = re.compile(rb'"resource_type_code"\s*:\s*"teachingmaterials"')
_SNIFFED_BYTES = 65_536
T = TypeVar("T")
_PART = re.compile(r".*part_\d+\.json")


@dataclass(frozen=True)
class Part:
    """A part that was read: the module that names it, its file name, its records."""

    module: str
    file: str
    books: tuple[BookRecord, ...]


@dataclass(frozen=True)
class PublisherRow:
    """A row of edition-publishers.csv; names as written there."""

    stage: str
    subject: str
    edition: str
    publisher: str


@dataclass(frozen=True)
class Feed:
    """Everything the folder holds. `absent` are parts that a version file names and the folder lacks, `unnamed` the
    files that look like parts and are named by none."""

    parts: tuple[Part, ...]
    trees: Mapping[View, TagTree]
    publishers: tuple[PublisherRow, ...]
    absent: tuple[str, ...]
    unnamed: tuple[str, ...]


def read_folder(folder: Path) -> Feed:
    """Read every file of the feed in a folder. Raises FeedError with the problems of all files that are broken."""
    problems: list[FeedProblem] = []

    def read(reader: Callable[[bytes, str], T], path: Path) -> T | None:
        try:
            return reader(_bytes(path), path.name)
        except FeedError as error:
            problems.extend(error.problems)
            return None

    versions: list[tuple[str, VersionFile]] = []
    for path in _version_files(folder):
        version = read(_read_known_version, path)
        if version is not None:
            versions.append((path.name.removesuffix(VERSION), version))
    parts: dict[Path, Part | None] = {}
    trees: dict[View, TagTree] = {}
    absent: list[str] = []
    for prefix, version in versions:
        for url in version.urls:
            found = _find(folder, part_name(url) or "", prefix, version.module, alone=len(versions) == 1)
            if found is None:
                absent.append(f"{version.module}: {url}")
            elif found not in parts:
                books = read(read_books, found)
                parts[found] = None if books is None else Part(version.module, found.name, books)
        tags = _find(folder, f"{version.module}_tag.json", prefix, version.module, alone=True)
        tree = read(read_tree, tags) if tags else None
        if tree is not None:
            trees[MODULES[version.module]] = tree
    whole = [part for part in parts.values() if part is not None]
    problems += _repeated(whole)
    table = _publisher_table(folder)
    publishers = read(_read_publishers, table) if table else ()
    if problems:
        raise FeedError(problems)
    return Feed(tuple(whole), trees, publishers or (), tuple(absent), _unnamed(folder, [p.name for p in parts]))


def _read_known_version(data: bytes, file: str) -> VersionFile:
    version = read_version(data, file)
    if version.module not in MODULES:
        raise FeedError([_unknown_module(file, version.module)])
    return version


def _version_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise FeedError(
            [
                FeedProblem(
                    "no-folder",
                    str(folder),
                    "",
                    "没有这个文件夹，请检查路径。",
                    "There is no such folder. Check the path.",
                )
            ]
        )
    found = sorted(path for path in folder.glob(f"*{VERSION}") if path.is_file())
    if not found:
        raise FeedError(
            [
                FeedProblem(
                    "no-version-file",
                    str(folder),
                    "",
                    f"文件夹里没有版本文件（…{VERSION}）。请给出存放目录数据的文件夹。",
                    f"The folder has no version file (…{VERSION}). Name the folder that holds the feed.",
                )
            ]
        )
    return found


def _find(folder: Path, name: str, prefix: str, module: str, *, alone: bool) -> Path | None:
    """The file of that name behind the prefix of its version file or its module, or without any.

    Where two version files lie side by side, a file without a prefix may be of either: its first records tell.
    """
    for candidate in (f"{prefix}{name}", f"{module}-{name}", f"{module}_{name}"):
        if (folder / candidate).exists() and (candidate != name or alone):
            return folder / candidate
    plain = folder / name
    if plain.exists() and _module_of(_bytes(plain)[:_SNIFFED_BYTES]) == module:
        return plain
    return None


def _module_of(start: bytes) -> str:
    return "national_lesson" if _COURSE_BOOK.search(start) else "tch_material"


def _unnamed(folder: Path, read: Iterable[str]) -> tuple[str, ...]:
    """Files that look like parts and were not read."""
    return tuple(sorted(p.name for p in folder.iterdir() if _PART.fullmatch(p.name) and p.name not in set(read)))


def _bytes(path: Path) -> bytes:
    """The content of a regular file of bearable size; a device or a pipe is never opened."""
    if not path.is_file():
        raise FeedError(
            [
                FeedProblem(
                    "not-a-file",
                    path.name,
                    "",
                    "这不是普通文件，请换成目录数据文件。",
                    "This is not a regular file. Put the file of the feed in its place.",
                )
            ]
        )
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise FeedError(
            [
                FeedProblem(
                    "unreadable",
                    path.name,
                    "",
                    f"读不出这个文件（{error.strerror}）。请检查权限。",
                    f"The file cannot be read ({error.strerror}). Check its permissions.",
                )
            ]
        ) from None


def _repeated(parts: Iterable[Part]) -> list[FeedProblem]:
    seen: dict[str, str] = {}
    problems = []
    for part in parts:
        for book in part.books:
            if book.id in seen:
                problems.append(
                    FeedProblem(
                        "repeated-id",
                        part.file,
                        f"{book.where}, id",
                        f"与 {seen[book.id]} 里的编号相同。请只保留一条。",
                        f"It has the same id as a record of {seen[book.id]}. Keep only one of them.",
                    )
                )
            seen.setdefault(book.id, f"{part.file}, {book.where}")
    return problems[:20]


def _publisher_table(folder: Path) -> Path | None:
    """edition-publishers.csv in the folder or beside it."""
    return next((p for p in (folder / PUBLISHERS, folder.absolute().parent / PUBLISHERS) if p.exists()), None)


def _read_publishers(data: bytes, file: str) -> tuple[PublisherRow, ...]:
    """The rows of edition-publishers.csv."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FeedError([_bad_csv(file, "", f"无法读取（{error}）", str(error))]) from None
    if rows and not set(_PUBLISHER_FIELDS) <= set(rows[0]):
        raise FeedError([_bad_csv(file, "row 1", "缺少列", f"needs the columns {', '.join(_PUBLISHER_FIELDS)}")])
    problems = []
    for number, row in enumerate(rows, start=2):
        for field in _PUBLISHER_FIELDS:
            wrong = text_problem(row[field], _LONGEST) if row[field] else None
            if row[field] is None or wrong:
                zh, en = wrong or ("缺少这一格", "the cell is missing")
                problems.append(_bad_csv(file, f"row {number}, {field}", zh, en))
    if problems:
        raise FeedError(problems[:20])
    return tuple(PublisherRow(*(row[field].strip() for field in _PUBLISHER_FIELDS)) for row in rows)


def _bad_csv(file: str, where: str, zh: str, en: str) -> FeedProblem:
    return FeedProblem(
        "bad-table",
        file,
        where,
        f"出版社表格有误：{zh}。请改正或移走这个文件。",
        f"The table of publishers is broken: {en}. Mend the file or take it away.",
    )


def _unknown_module(file: str, module: str) -> FeedProblem:
    known = ", ".join(MODULES)
    return FeedProblem(
        "unknown-module",
        file,
        "module",
        f"不认识模块 {module[:60]!a}，只能导入 {known}。请移走这个版本文件。",
        f"The module {module[:60]!a} is not known; {known} can be imported. Take this version file away.",
    )
