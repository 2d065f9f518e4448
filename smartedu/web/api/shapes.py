"""What the API answers, field by field; OpenAPI is made of it. Names are given in both languages at once."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

KindName = Literal[
    "textbook", "e_textbook", "lesson", "video", "document", "audio", "picture", "link", "article", "notice"
]
BookName = Literal["textbook", "e_textbook"]
CodeName = Annotated[str, Field(pattern="^[a-z2-7]{10}$")]


class Named(Schema):
    """A code with its names."""

    code: str
    name_zh: str
    name_en: str = Field("", description="Empty where there is none.")


class ColumnOut(Named):
    audience: list[str]


class PlateOut(Named):
    intro_zh: str
    intro_en: str
    columns: list[ColumnOut]


class TagOut(Named):
    dimension: str = Field(description="stage, grade, strand, subject, edition, volume or revision")
    base: str | None = Field(None, description="The plain edition that an edition with an editor's name belongs to.")


class PlacementOut(Schema):
    """Where a resource stands in the curriculum: codes of tags, null where a level does not apply."""

    stage: str | None
    system: str | None = Field(description="6-3 or 5-4")
    grades: list[str]
    strand: str | None
    subject: str | None
    edition: str | None
    volume: str | None
    revision: str | None


class ResourceOut(Schema):
    """The card of a resource."""

    code: str = Field(description="Ten letters and digits; the same for ever.")
    kind: KindName
    state: Literal["published", "withdrawn"]
    title: str
    title_en: str
    summary: str
    summary_en: str
    language: str
    plate: str
    column: str
    provider: str
    publisher: str | None = Field(description="Of textbooks and e-textbooks.")
    placement: PlacementOut
    textbook: str | None = Field(description="The code of the textbook that a lesson belongs to.")
    lesson_count: int
    length_seconds: int
    audience: list[str]
    published_at: datetime = Field(description="When the current version was published.")
    changed_at: datetime
    page_zh: str
    page_en: str
    short_link: str = Field(description="The permanent link; it may be re-pointed when a lesson moves.")


class ResourceList(Schema):
    items: list[ResourceOut]
    next: str | None = Field(description="The whole address of what follows; null at the end.")


class VersionOut(Schema):
    number: int
    published_at: datetime
    withdrawn_at: datetime | None
    note: str


class FileOut(Schema):
    """A file that the content names by its code."""

    code: str
    state: str = Field(description="ready, making, waiting or failed")
    content_type: str
    url: str | None
    bytes: int
    seconds: int
    pages: int
    sha256: str


class LicenceOut(Schema):
    code: str
    name_zh: str
    name_en: str
    url: str


class ResourceDetail(ResourceOut):
    """A resource with its current version word for word; `content` is null for one that was withdrawn."""

    content: dict[str, Any] | None = Field(description="What the version says; its shape goes by `body.type`.")
    licence: LicenceOut | None
    version: int | None
    versions: list[VersionOut]
    files: list[FileOut]


class ChapterOut(Schema):
    """A heading of a textbook; headings stand in reading order, `parent` names the one above."""

    key: str
    parent: str | None
    depth: int
    title: str


class LessonOut(Schema):
    """A lesson in the order of its book."""

    code: str
    chapter: str
    title: str
    title_en: str
    periods: int
    length_seconds: int
    knowledge: list[str]
    page_zh: str
    page_en: str


class TextbookDetail(ResourceOut):
    chapters: list[ChapterOut]
    lessons: list[LessonOut]


class Wrong(Schema):
    field: str
    detail: str


class ProblemOut(Schema):
    """What went wrong (RFC 9457), in the language of Accept-Language."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] = Field(default_factory=list)
