"""A part: a list of book records (course textbooks and e-textbooks have the same shape)."""

import re
from datetime import datetime
from typing import Annotated

import msgspec

from smartedu.formats.feed.json import decode, decode_record, text_problem
from smartedu.formats.feed.problems import FeedError, FeedProblem

DIMENSIONS = {
    "zxxxd": "stage",
    "zxxnj": "grade",
    "zxxxk": "subject",
    "zxxbb": "edition",
    "zxxcc": "volume",
    "zxxxjjc": "revision",
}
"""The feed's names of the curriculum's levels. Other dimensions (views, weeks, years) are not placed by."""

COURSE_TEXTBOOK = "teachingmaterials"
MOST_RECORDS = 200_000
LONGEST_TITLE = 300
LONGEST_TAG = 120
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_MOST_PROBLEMS = 20

Order = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31)]
Tags = Annotated[list["_Tag"], msgspec.Meta(max_length=200)]
Paths = Annotated[list[str], msgspec.Meta(max_length=50)]
Providers = Annotated[list["_Provider"], msgspec.Meta(max_length=50)]


class BookTag(msgspec.Struct, frozen=True):
    """`level` is ours ("stage" … "revision"), "" for a dimension that places nothing."""

    tag_id: str
    name: str
    dimension: str
    level: str


class BookRecord(msgspec.Struct, frozen=True):
    """One book as the feed tells it. `where` is its place in the file, for messages; `tag_paths` are ids of tree nodes.

    `type_code` is "teachingmaterials" for course textbooks; e-textbooks have others. `status` is "ONLINE" while it
    is published. `providers` are names of institutions, a publisher among them.
    """

    where: str
    id: str
    title: str
    type_code: str
    status: str
    language: str
    updated: datetime | None
    tags: tuple[BookTag, ...]
    tag_paths: tuple[tuple[str, ...], ...]
    providers: tuple[str, ...]

    def names(self, level: str) -> tuple[str, ...]:
        """The different names the record gives for a level, in its order."""
        return tuple(dict.fromkeys(tag.name for tag in self.tags if tag.level == level))


class _Tag(msgspec.Struct):
    tag_id: str
    tag_name: str
    tag_dimension_id: str
    order_num: Order | None = None


class _Provider(msgspec.Struct):
    name: str | None = None


class _Written(msgspec.Struct):
    id: str
    status: str
    tag_list: Tags
    resource_type_code: str
    title: str | None = None
    global_title: dict[str, str | None] | None = None
    language: str | None = None
    create_time: str | None = None
    online_time: str | None = None
    update_time: str | None = None
    tag_paths: Paths | None = None
    provider_list: Providers | None = None


def read_books(data: bytes, file: str) -> tuple[BookRecord, ...]:
    """Read a part. Raises FeedError with up to twenty problems, each with its record and field."""
    raws = decode(data, file, list[msgspec.Raw])
    if len(raws) > MOST_RECORDS:
        raise FeedError([_too_many(file, len(raws))])
    books: list[BookRecord] = []
    problems: list[FeedProblem] = []
    seen: dict[str, str] = {}
    for number, raw in enumerate(raws, start=1):
        written = decode_record(raw, file, f"record {number}", _Written)
        if isinstance(written, FeedProblem):
            problems.append(written)
        else:
            where = f"record {number} ({written.id[:40]!a})"
            found = _problems(written, file, where)
            if written.id in seen:
                found.append(_repeated(file, where, seen[written.id]))
            seen.setdefault(written.id, f"record {number}")
            problems += found
            if not found:
                books.append(_book(written, where))
        if len(problems) >= _MOST_PROBLEMS:
            break
    if problems:
        raise FeedError(problems[:_MOST_PROBLEMS])
    return tuple(books)


def _problems(written: _Written, file: str, where: str) -> list[FeedProblem]:
    """What the types cannot tell."""
    found: list[tuple[str, tuple[str, str] | None]] = [
        ("title", text_problem(_title(written), LONGEST_TITLE)),
        ("id", None if _ID.fullmatch(written.id) else ("不是有效的编号", "it is not an identifier")),
        ("status", text_problem(written.status, 40)),
        ("resource_type_code", text_problem(written.resource_type_code, 60)),
    ]
    if written.language:
        found.append(("language", text_problem(written.language, 20)))
    for name in ("create_time", "online_time", "update_time"):
        value = getattr(written, name)
        if value and _time(value) is None:
            found.append((name, (f"“{value[:40]!a}”不是时间", f"{value[:40]!a} is not a time")))
    for index, tag in enumerate(written.tag_list):
        found += [
            (f"tag_list[{index}].tag_name", text_problem(tag.tag_name, LONGEST_TAG)),
            (f"tag_list[{index}].tag_id", text_problem(tag.tag_id, LONGEST_TAG)),
            (f"tag_list[{index}].tag_dimension_id", text_problem(tag.tag_dimension_id, LONGEST_TAG)),
        ]
    for index, provider in enumerate(written.provider_list or []):
        if provider.name:
            found.append((f"provider_list[{index}].name", text_problem(provider.name, LONGEST_TAG)))
    return [
        FeedProblem(
            "bad-value",
            file,
            f"{where}, {field}",
            f"{wrong[0]}。请改正这条记录或重新获取这个文件。",
            f"{wrong[1][0].upper()}{wrong[1][1:]}. Mend this record, or fetch the file again.",
        )
        for field, wrong in found
        if wrong
    ]


def _book(written: _Written, where: str) -> BookRecord:
    return BookRecord(
        where=where,
        id=written.id,
        title=" ".join(_title(written).split()),
        type_code=written.resource_type_code,
        status=written.status.strip().upper(),
        language=written.language or "zh-CN",
        updated=_time(written.update_time) if written.update_time else None,
        tags=tuple(
            BookTag(tag.tag_id, tag.tag_name, tag.tag_dimension_id, DIMENSIONS.get(tag.tag_dimension_id, ""))
            for tag in written.tag_list
        ),
        tag_paths=tuple(tuple(path.split("/")) for path in written.tag_paths or []),
        providers=tuple(provider.name for provider in written.provider_list or [] if provider.name),
    )


def _title(written: _Written) -> str:
    return written.title or (written.global_title or {}).get("zh-CN") or ""


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _repeated(file: str, where: str, first: str) -> FeedProblem:
    return FeedProblem(
        "repeated-id",
        file,
        f"{where}, id",
        f"与 {first} 的编号相同。请只保留一条。",
        f"It has the same id as {first}. Keep only one of them.",
    )


def _too_many(file: str, count: int) -> FeedProblem:
    return FeedProblem(
        "too-many-records",
        file,
        "",
        f"有 {count} 条记录，最多 {MOST_RECORDS} 条。请确认是否放错了文件。",
        f"It holds {count} records; at most {MOST_RECORDS} are read. Check that it is the right file.",
    )
