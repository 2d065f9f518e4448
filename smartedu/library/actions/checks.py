"""What can be wrong with a content by itself, before anything it names is looked up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from smartedu.base.errors import Problem
from smartedu.library.content import (
    ChapterNode,
    Content,
    LessonPackage,
    Link,
    Textbook,
    chapters_with_depth,
    from_json,
)
from smartedu.library.models import LONGEST_CHAPTER_KEY, LONGEST_TITLE
from smartedu.library.ordering import POSITIONS

DEEPEST_CHAPTER = 4
LONGEST_ADDRESS = 2_000  # characters; what browsers and proxies are sure to take
LONGEST_SECONDS = 2**31 - 1  # what the card's column holds
LONGEST_LANGUAGE = 12


def repeated(keys: Sequence[tuple[str, str]], places: Sequence[str]) -> list[Problem]:
    """A problem for every publication whose name at its source stands in the batch before."""
    seen: dict[tuple[str, str], str] = {}
    problems = []
    for key, place in zip(keys, places, strict=True):
        if key in seen:
            problems.append(
                Problem(
                    "repeated",
                    place,
                    f"与“{seen[key]}”重复，请只保留一条。",
                    f"This repeats “{seen[key]}”. Keep only one of them.",
                )
            )
        seen.setdefault(key, place)
    return problems


def malformed(content: Content, plain: dict[str, Any], place: str) -> list[Problem]:
    """What no reference can tell: text that cannot be stored, endless titles, addresses that are none, wild trees.

    `plain` is the content as it will be stored (`content.to_json`).
    """
    unwritable = list(_unwritable(plain, place))
    if unwritable:
        return unwritable
    problems = [
        Problem(
            "title-length",
            f"{place}, {field}",
            f"标题须有 {least} 到 {LONGEST_TITLE} 个字。",
            f"A title has {least} to {LONGEST_TITLE} characters.",
        )
        for field, title, least in (("title", content.title, 1), ("title_en", content.title_en, 0))
        if not least <= len(title.strip()) <= len(title) <= LONGEST_TITLE
    ]
    problems += _out_of_bounds(content, place)
    if isinstance(content.body, Link) and not is_web_address(content.body.address):
        problems.append(
            Problem(
                "no-web-address",
                f"{place}, address",
                "链接须是以 http:// 或 https:// 开头的完整网址，且不含账号、空格或反斜杠。",
                "A link is a whole address that begins with http:// or https://, without an account, spaces or "
                "backslashes.",
            )
        )
    if isinstance(content.body, Textbook):
        problems += _chapter_problems(content.body.chapters, place)
    return problems or _unreadable(plain, place)


def is_web_address(address: str) -> bool:
    """Whether a link may lead there: http or https, a host, and nothing that hides which host it is.

    Anything else (`javascript:`, `data:`, `https://ministry@elsewhere`) would act as us, or as somebody it is not.
    """
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or set(address) & set(' \\"<>'):
        return False
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
        )
    except ValueError:  # brackets or a port that are none
        return False


def _unwritable(plain: dict[str, Any], place: str) -> Iterator[Problem]:
    """NUL and lone surrogates: PostgreSQL and UTF-8 have no room for them."""
    for path, text in _texts(plain, ""):
        if not _storable(text):
            yield Problem(
                "unwritable",
                f"{place}, {path}",
                "含有无法保存的字符（空字符或残缺的字符），请删去后重试。",
                "It has characters that cannot be stored (NUL, or half a character). Remove them and try again.",
            )


def _storable(text: str) -> bool:
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _texts(value: object, path: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{number}]")


def _out_of_bounds(content: Content, place: str) -> list[Problem]:
    body = content.body
    numbers = [("length_seconds", content.length_seconds, LONGEST_SECONDS)]
    if isinstance(body, LessonPackage):
        numbers.append(("position", body.position, POSITIONS - 1))
    problems = [
        Problem(
            "out-of-bounds",
            f"{place}, {field}",
            f"应为 0 到 {most} 的整数。",
            f"This is a whole number from 0 to {most}.",
        )
        for field, number, most in numbers
        if not 0 <= number <= most
    ]
    if not 1 <= len(content.language) <= LONGEST_LANGUAGE:
        problems.append(
            Problem(
                "language",
                f"{place}, language",
                "应为语言代码，例如 zh 或 en。",
                "This is the code of a language, such as zh or en.",
            )
        )
    return problems


def _chapter_problems(chapters: tuple[ChapterNode, ...], place: str) -> list[Problem]:
    rows = chapters_with_depth(chapters)
    counts = Counter(node.key for node, _, _ in rows)
    problems = [
        Problem(
            "chapter-repeated",
            f"{place}, chapters",
            f"章节编号“{key}”出现了不止一次，请改成不同的编号。",
            f"The chapter key “{key}” is used more than once. Give each its own.",
        )
        for key, count in sorted(counts.items())
        if count > 1
    ]
    for node, depth, _ in rows:
        if depth > DEEPEST_CHAPTER:
            problems.append(
                Problem(
                    "chapter-too-deep",
                    f"{place}, chapters[{node.key}]",
                    "目录最多四级，请把这一节并入上一级。",
                    "A table of contents has at most four levels. Move this heading up.",
                )
            )
        if not (1 <= len(node.key) <= LONGEST_CHAPTER_KEY and 1 <= len(node.title.strip()) <= LONGEST_TITLE):
            problems.append(
                Problem(
                    "chapter-length",
                    f"{place}, chapters[{node.key[:LONGEST_CHAPTER_KEY]}]",
                    f"章节须有编号（最多 {LONGEST_CHAPTER_KEY} 个字）和标题（最多 {LONGEST_TITLE} 个字）。",
                    f"A chapter has a key (at most {LONGEST_CHAPTER_KEY} characters) and a title "
                    f"(at most {LONGEST_TITLE}).",
                )
            )
    return problems


def _unreadable(plain: dict[str, Any], place: str) -> list[Problem]:
    """A version is for ever: one that could not be read back, for want of a name or a key, is never stored."""
    try:
        from_json(plain)
    except msgspec.ValidationError as error:
        return [
            Problem(
                "incomplete",
                place,
                f"内容不完整（{error}），请补齐后重试。",
                f"The content is not complete ({error}). Fill in what is missing and try again.",
            )
        ]
    return []
