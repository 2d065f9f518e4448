"""What lists show, in the reader's language: plain values made from the catalogue's rows."""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from smartedu.library import browsing, queries, reference, shelfmarks
from smartedu.library.content import Kind
from smartedu.library.models import Plate, Resource
from smartedu.rules.taxonomy import FIVE_FOUR

KIND_NAMES = {
    Kind.TEXTBOOK: _("Textbook"),
    Kind.E_TEXTBOOK: _("E-textbook"),
    Kind.LESSON: _("Lesson"),
    Kind.VIDEO: _("Video"),
    Kind.DOCUMENT: _("Document"),
    Kind.AUDIO: _("Audio"),
    Kind.PICTURE: _("Picture"),
    Kind.LINK: _("On another site"),
    Kind.ARTICLE: _("Article"),
    Kind.NOTICE: _("Notice"),
}


class Named(Protocol):
    """Whatever has a name in both languages."""

    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def page_language() -> str:
    """ "zh" or "en": the language the page is written in."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


# A list names a hundred things: its caller asks for the language once and hands it on.


def name_of(thing: Named | None, language: str = "") -> str:
    """The name in a language (the reader's where none is given); Chinese where there is no English one."""
    if thing is None:
        return ""
    return thing.name_en or thing.name_zh if (language or page_language()) == "en" else thing.name_zh


def named(tag: int | None, language: str = "") -> str:
    """The name of a tag by its id; empty for None."""
    return name_of(shelfmarks.tag_or_none(tag), language)


def title_of(resource: Resource, language: str = "") -> str:
    """The title in a language (the reader's where none is given), else as it was published."""
    return resource.title_en or resource.title if (language or page_language()) == "en" else resource.title


def summary_of(resource: Resource, language: str = "") -> str:
    """The summary in a language (the reader's where none is given), else as it was published."""
    return resource.summary_en or resource.summary if (language or page_language()) == "en" else resource.summary


@dataclass(frozen=True)
class ColumnView:
    code: str
    name: str
    icon: str
    url: str


@dataclass(frozen=True)
class PlateView:
    code: str
    name: str
    intro: str
    icon: str
    url: str
    columns: tuple[ColumnView, ...]


def plates_in(language: str) -> tuple[PlateView, ...]:
    """The six plates with their columns, named in a language ("zh" or "en"); none before the product is set up."""
    return _plates_in(language, queries.all_plates())


@lru_cache(maxsize=4)
def _plates_in(language: str, plates: tuple[Plate, ...]) -> tuple[PlateView, ...]:
    chinese = language == "zh"
    return tuple(
        PlateView(
            plate.code,
            plate.name_zh if chinese else plate.name_en,
            plate.intro_zh if chinese else plate.intro_en,
            plate.icon,
            f"/{language}/plates/{plate.code}",
            tuple(
                ColumnView(
                    column.code,
                    column.name_zh if chinese else column.name_en,
                    column.icon,
                    f"/{language}/plates/{plate.code}/{column.code}",
                )
                for column in plate.columns.all()
            ),
        )
        for plate in plates
    )


class Card(NamedTuple):
    """One tile of a list; a tuple, because a page makes many and a frozen dataclass costs four times that."""

    kind: str
    code: str
    url: str
    title: str
    subtitle: str
    summary: str
    seconds: int
    kind_name: str
    plate_code: str
    subject_code: str
    cover_seed: str
    column_code: str = ""
    poster_url: str | None = None
    badge: str | None = None


@dataclass(frozen=True)
class BookView:
    """A textbook or e-textbook as the browser and its own page show it."""

    code: str
    kind: str
    url: str
    title: str
    summary: str
    subject_name: str
    subject_code: str
    stage_name: str
    grade_name: str
    edition_name: str
    volume_name: str
    revision_name: str
    publisher: str
    lesson_count: int
    seed: str = field(default="")


def choice_name(choice: browsing.Choice) -> str:
    """A choice of the browser as it is read: «七年级», «小学（五四学制）»."""
    if choice.tag is None:
        return gettext("Others")
    name = name_of(choice.tag)
    return gettext("%(stage)s (5+4)") % {"stage": name} if choice.five_four else name


def grade_name(resource: Resource, language: str = "") -> str:
    """The grade or the span of grades: «七年级», «五年级–六年级»; empty for senior books."""
    facts = reference.tags_by_code()
    spanned = [name_of(facts["grade", code], language) for code in resource.grades]
    return "–".join(dict.fromkeys([spanned[0], spanned[-1]])) if spanned else ""


def url_of(resource: Resource, language: str = "") -> str:
    """The page of a resource in a language (the reader's where none is given)."""
    return _page_of_kind(resource.kind, language or page_language()) + resource.code


@cache
def _page_of_kind(kind: str, language: str) -> str:
    name = {Kind.TEXTBOOK: "textbook", Kind.LESSON: "lesson"}.get(Kind(kind), "resource")
    with override(language):
        return reverse(name, kwargs={"code": "x"})[:-1]


@cache
def kind_name(kind: str, language: str) -> str:
    """What a kind of resource is called."""
    with override(language):
        return str(KIND_NAMES[Kind(kind)])


def media_url(path: str) -> str | None:
    """The address of a stored file; None where it has not been made."""
    return f"{settings.MEDIA_URL}{path}" if path else None


def card(resource: Resource) -> Card:
    """The tile of a resource; expects `for_cards()`, and costs no query then."""
    language = page_language()
    column, subject = shelfmarks.column(resource.column_id), shelfmarks.tag_or_none(resource.subject_id)
    place = (grade_name(resource, language), name_of(subject, language), named(resource.edition_id, language))
    return Card(
        kind=resource.kind,
        code=resource.code,
        url=url_of(resource, language),
        title=title_of(resource, language),
        subtitle=" · ".join(filter(None, place)) or name_of(column, language),
        summary=summary_of(resource, language),
        seconds=resource.length_seconds,
        kind_name=kind_name(resource.kind, language),
        plate_code=column.plate.code,
        subject_code=subject.code if subject else "",
        cover_seed=resource.code,
        column_code=column.code,
        poster_url=media_url(resource.media.poster_path) if resource.media else None,
    )


def book(resource: Resource) -> BookView:
    """A textbook for the browser; expects `for_cards()` with the publisher."""
    system = gettext("5+4 system") if resource.system == FIVE_FOUR else ""
    subject = shelfmarks.tag_or_none(resource.subject_id)
    return BookView(
        code=resource.code,
        kind=resource.kind,
        url=url_of(resource),
        title=title_of(resource),
        summary=summary_of(resource),
        subject_name=name_of(subject),
        subject_code=subject.code if subject else "",
        stage_name=" ".join(part for part in (named(resource.stage_id), system) if part),
        grade_name=grade_name(resource) or named(resource.strand_id),
        edition_name=named(resource.edition_id),
        volume_name=named(resource.volume_id),
        revision_name=named(resource.revision_id),
        publisher=name_of(resource.publisher),
        lesson_count=resource.lesson_count,
        seed=resource.code,
    )
