"""What a published version of a resource says: frozen values, stored whole in `ResourceVersion.content`.

A version is read as one value, compared as one digest and never changed. Lists never read it: the facts they
need are copied by `actions.publish_many` to the resource's card (`models.Resource`).
"""

import hashlib
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec


class Kind(StrEnum):
    """What a resource is. The value is also the tag of its body in stored JSON."""

    TEXTBOOK = "textbook"
    E_TEXTBOOK = "e_textbook"
    LESSON = "lesson"
    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"
    PICTURE = "picture"
    LINK = "link"
    ARTICLE = "article"
    NOTICE = "notice"


BOOKS = (Kind.TEXTBOOK, Kind.E_TEXTBOOK)


class PartKind(StrEnum):
    """The five typed parts of a lesson package."""

    VIDEO = "video"
    COURSEWARE = "courseware"
    TEACHING_DESIGN = "teaching_design"
    TASK_SHEET = "task_sheet"
    EXERCISES = "exercises"


class Education(StrEnum):
    """The five educations (德智体美劳)."""

    MORAL = "moral"
    INTELLECTUAL = "intellectual"
    PHYSICAL = "physical"
    AESTHETIC = "aesthetic"
    LABOUR = "labour"


class Audience(StrEnum):
    STUDENT = "student"
    TEACHER = "teacher"
    PARENT = "parent"


class Credit(msgspec.Struct, frozen=True):
    """A person named on the resource, with what they did (主讲, 指导, …)."""

    name: str
    role: str = ""


class Placement(msgspec.Struct, frozen=True):
    """Where a resource stands in the curriculum: codes of tags, empty where the level does not apply.

    `grades` holds the codes of every grade a book spans (五至六年级 has two), none for senior books;
    `strand` is what the catalogue writes in a grade's place without being one (中国历史, 学生读本).
    `system` is "6-3", "5-4" or empty where the stage is not split by it.
    """

    stage: str = ""
    grades: tuple[str, ...] = ()
    strand: str = ""
    system: str = ""
    subject: str = ""
    edition: str = ""
    volume: str = ""
    revision: str = ""


class ChapterNode(msgspec.Struct, frozen=True):
    """One heading of a textbook; `key` is unique in the book and stays when the title is mended."""

    key: str
    title: str
    children: tuple["ChapterNode", ...] = ()


class Textbook(msgspec.Struct, frozen=True, tag="textbook"):
    publisher: str = ""
    chapters: tuple[ChapterNode, ...] = ()


class ETextbook(msgspec.Struct, frozen=True, tag="e_textbook"):
    publisher: str = ""
    media: str = ""
    pages: int = 0


class Period(msgspec.Struct, frozen=True):
    """A class period (课时) of a lesson package; numbered from 1."""

    number: int
    title: str = ""


class Caption(msgspec.Struct, frozen=True):
    language: str
    media: str


class Part(msgspec.Struct, frozen=True):
    """One typed part in the flat list of a package; `periods` names the class periods it belongs to.

    No periods means the part serves the whole package.
    """

    key: str
    kind: PartKind
    title: str
    media: str
    periods: tuple[int, ...] = ()
    captions: tuple[Caption, ...] = ()


class LessonPackage(msgspec.Struct, frozen=True, tag="lesson"):
    """`textbook` is the code of the textbook's resource, `chapter` the key of a heading in it."""

    textbook: str
    chapter: str
    position: int
    periods: tuple[Period, ...] = ()
    parts: tuple[Part, ...] = ()
    objectives: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()


class Video(msgspec.Struct, frozen=True, tag="video"):
    media: str
    captions: tuple[Caption, ...] = ()


class Document(msgspec.Struct, frozen=True, tag="document"):
    media: str


class Audio(msgspec.Struct, frozen=True, tag="audio"):
    media: str


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    media: str
    alternative: str = ""


class Link(msgspec.Struct, frozen=True, tag="link"):
    """A page of an outside institution; `address` is http(s) only."""

    address: str
    institution: str = ""


class Article(msgspec.Struct, frozen=True, tag="article"):
    """`paragraphs` is plain text; a paragraph that begins with "# " is a heading."""

    paragraphs: tuple[str, ...] = ()


class Notice(Article, frozen=True, tag="notice"):
    """An article that tells of something to come; after the day `until` lists no longer show it, its page stays.

    A kind of its own rather than a mark on an article: lists, facets and the search know kinds, and what stands inside
    a content cannot be listed without reading every version.
    """

    until: date | None = None


Body = Textbook | ETextbook | LessonPackage | Video | Document | Audio | Picture | Link | Article | Notice


class Content(msgspec.Struct, frozen=True):
    """Everything one version of a resource says. `length_seconds` is 0 where there is nothing to play."""

    title: str
    body: Body
    column: str
    provider: str
    licence: str = "cc-by-nc-sa-4.0"
    language: str = "zh"
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    placement: Placement = Placement()
    credits: tuple[Credit, ...] = ()
    educations: tuple[Education, ...] = ()
    audience: tuple[Audience, ...] = ()
    length_seconds: int = 0

    @property
    def kind(self) -> Kind:
        """The kind of the resource, which is the kind of its body."""
        return Kind(str(self.body.__struct_config__.tag))


def to_json(content: Content) -> dict[str, Any]:
    """The content as plain JSON values, as it is stored."""
    plain = _lean(msgspec.to_builtins(content))
    assert isinstance(plain, dict)
    return plain


def _lean(value: Any) -> Any:
    """The value without fields that say nothing, so that a field added later changes no digest made before."""
    if isinstance(value, dict):
        lean = {name: _lean(inner) for name, inner in value.items()}
        return {name: inner for name, inner in lean.items() if inner not in ("", [], {}, None)}
    return [_lean(inner) for inner in value] if isinstance(value, list | tuple) else value


def from_json(plain: dict[str, Any]) -> Content:
    """The stored content as a frozen value. Raises msgspec.ValidationError where it is none."""
    return msgspec.convert(plain, Content)


def digest(plain: dict[str, Any]) -> str:
    """SHA-256 (hex) of a content as plain values (`to_json`): two equal contents, and only they, have the same."""
    return hashlib.sha256(msgspec.json.encode(plain, order="deterministic")).hexdigest()


def chapters_with_depth(chapters: tuple[ChapterNode, ...], depth: int = 1) -> list[tuple[ChapterNode, int, str | None]]:
    """The chapter tree in reading order as (node, depth from 1, key of the parent or None)."""
    rows: list[tuple[ChapterNode, int, str | None]] = []
    for node in chapters:
        rows.append((node, depth, None))
        rows += [(n, d, parent or node.key) for n, d, parent in chapters_with_depth(node.children, depth + 1)]
    return rows


def media_of(content: Content) -> dict[str, str]:
    """Codes of every media file the content names, by the field that names it."""
    body = content.body
    if isinstance(body, LessonPackage):
        named = {f"parts[{part.key}].media": part.media for part in body.parts}
        for part in body.parts:
            named |= {f"parts[{part.key}].captions[{c.language}]": c.media for c in part.captions}
        return named
    if isinstance(body, Video):
        return {"media": body.media} | {f"captions[{c.language}]": c.media for c in body.captions}
    if isinstance(body, Document | Audio | Picture):
        return {"media": body.media}
    if isinstance(body, ETextbook) and body.media:
        return {"media": body.media}
    return {}


def face_of(content: Content) -> str:
    """The code of the media file that stands for the content on a card: its first video, else nothing."""
    body = content.body
    if isinstance(body, LessonPackage):
        return next((part.media for part in body.parts if part.kind == PartKind.VIDEO), "")
    return body.media if isinstance(body, Video | Picture) else ""
