"""The API's questions: resources, textbooks, and the codes that lists are narrowed by."""

from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import NinjaAPI, Path, Query, Router, Schema
from ninja.errors import ValidationError
from pydantic import AwareDatetime, Field

from smartedu.base.errors import NotFound
from smartedu.library import keys, queries, shelfmarks
from smartedu.library.content import Kind
from smartedu.library.models import Dimension, Provider, Resource, Tag
from smartedu.library.shelves import Facets
from smartedu.web.api import problems, reading, shapes
from smartedu.web.api.cursors import Cursor, NoCursor, read, written
from smartedu.web.machines.addresses import absolute
from smartedu.web.public.about import HOUSE_KEY
from smartedu.web.remembering import bears

router = Router()
MOST = 200
USUAL = 50
Code = Annotated[str, Field(max_length=80, pattern="^[A-Za-z0-9-]*$")]
TAGGED = ("stage", "grade", "subject", "edition")


class UnknownCode(ValueError):
    """A facet has no such code; the argument is the facet."""


class Narrowed(Schema):
    """How a list is narrowed, and where it goes on."""

    stage: Code = ""
    grade: Code = ""
    subject: Code = ""
    edition: Code = ""
    provider: Code = ""
    changed_since: AwareDatetime | None = Field(
        None, description="What changed at this moment or later, what was withdrawn since among it."
    )
    cursor: Annotated[str, Field(max_length=40)] = Field("", description="From `next`; means nothing by itself.")
    limit: int = Field(USUAL, ge=1, le=MOST, description="Entries of one answer.")


class NarrowedResources(Narrowed):
    kind: shapes.KindName | None = None
    plate: Code = ""
    column: Code = ""


class NarrowedBooks(Narrowed):
    kind: shapes.BookName = "textbook"


@router.get("/resources", response=shapes.ResourceList, summary="Resources in the order of their last change")
def resources(request: HttpRequest, asked: Query[NarrowedResources]) -> dict[str, Any]:
    """Everything published, narrowed by any of the facets. Follow `next` to its end, then come again with
    `changed_since` to learn what changed meanwhile."""
    facets = Facets(
        asked.plate, asked.column, asked.kind or "", asked.stage, asked.grade, asked.subject, asked.edition,
        asked.provider,
    )  # fmt: skip
    _listed_keys(request, facets)
    return _list(request, facets, asked)


@router.get("/resources/{code}", response=shapes.ResourceDetail, summary="One resource, word for word")
def resource(request: HttpRequest, code: Path[shapes.CodeName]) -> dict[str, Any]:
    """A resource with its current content, its files and all its versions. One that was withdrawn has no content."""
    bears(request, keys.resource(code))
    try:
        found = queries.reading(code, list(Kind))
    except queries.Withdrawn as gone:
        bears(request, _provider_key(gone.resource))
        return reading.withdrawn(gone.resource)
    bears(request, keys.of_media(found.media.values()))
    return reading.whole(found)


@router.get("/textbooks", response=shapes.ResourceList, summary="Textbooks, or e-textbooks")
def textbooks(request: HttpRequest, asked: Query[NarrowedBooks]) -> dict[str, Any]:
    """Textbooks with the number of their lessons; `kind=e_textbook` for the books that can be read."""
    facets = Facets(
        kind=asked.kind, stage=asked.stage, grade=asked.grade, subject=asked.subject, edition=asked.edition,
        provider=asked.provider,
    )  # fmt: skip
    bears(request, keys.TEXTBOOKS)
    answer = _list(request, facets, asked)
    bears(request, [keys.resource(item["code"]) for item in answer["items"]])  # a lesson more is told by its book
    return answer


@router.get("/textbooks/{code}", response=shapes.TextbookDetail, summary="A textbook with its chapters and lessons")
def textbook(request: HttpRequest, code: Path[shapes.CodeName]) -> dict[str, Any]:
    """The table of contents of a textbook, and its lessons in order."""
    bears(request, keys.resource(code))
    found = queries.reading(code, [Kind.TEXTBOOK]).resource
    lessons = queries.lessons_of(found)
    return reading.card_of(found) | reading.contents_of(queries.chapters_of(found), lessons)


@router.get("/plates", response=list[shapes.PlateOut], summary="The plates with their columns")
def plates(request: HttpRequest) -> list[dict[str, Any]]:
    """The six plates and the columns of each."""
    bears(request, HOUSE_KEY)
    return [
        {
            "code": plate.code,
            "name_zh": plate.name_zh,
            "name_en": plate.name_en,
            "intro_zh": plate.intro_zh,
            "intro_en": plate.intro_en,
            "columns": list(plate.columns.all()),
        }
        for plate in queries.all_plates()
    ]


@router.get("/tags", response=list[shapes.TagOut], summary="The curriculum's stages, grades, subjects, editions, …")
def tags(request: HttpRequest, dimension: Dimension | None = None) -> list[dict[str, Any]]:
    """Every tag, or those of one dimension, in the order of the curriculum."""
    bears(request, HOUSE_KEY, keys.TEXTBOOKS)
    rows = Tag.objects.select_related("base").order_by("dimension", "position", "code")
    if dimension is not None:
        rows = rows.filter(dimension=dimension)
    return [
        {
            "code": tag.code,
            "dimension": tag.dimension,
            "name_zh": tag.name_zh,
            "name_en": tag.name_en,
            "base": tag.base.code if tag.base else None,
        }
        for tag in rows
    ]


@router.get("/providers", response=list[shapes.Named], summary="Who contributes")
def providers(request: HttpRequest) -> list[dict[str, str]]:
    """Every provider by its code."""
    bears(request, HOUSE_KEY, (keys.plate(plate.code) for plate in queries.all_plates()))
    named = Provider.objects.order_by("code").values_list("code", "name_zh", "name_en")
    return [{"code": code, "name_zh": zh, "name_en": en} for code, zh, en in named]


def _list(request: HttpRequest, facets: Facets, asked: Narrowed) -> dict[str, Any]:
    _known(facets)
    after = read(asked.cursor) if asked.cursor else None
    found = reading.stretch(facets, since=asked.changed_since, after=after, most=asked.limit)
    return {"items": [reading.card_of(row) for row in found.rows], "next": _next(request, found.after)}


def _next(request: HttpRequest, after: Cursor | None) -> str | None:
    """The address of the following piece: the same question from there on."""
    if after is None:
        return None
    query = request.GET.copy()
    query["cursor"] = written(after)
    return absolute(f"{request.path}?{urlencode(sorted(query.items()))}")


def _known(facets: Facets) -> None:
    """Raises UnknownCode for a code that its facet does not have: a slip should not look like an empty shelf."""
    for name, code in facets.chosen().items():
        try:
            if name == "plate":
                queries.plate(code)
            elif name == "column":
                queries.column_by_code(code)
        except NotFound:
            raise UnknownCode(name) from None
        if name == "provider" and shelfmarks.provider_or_none(code) is None:
            raise UnknownCode(name)
        if name in TAGGED and shelfmarks.tag_by_code(name, code) is None:
            raise UnknownCode(name)


def _listed_keys(request: HttpRequest, facets: Facets) -> None:
    """A list changes with anything published in what it is about."""
    if facets.column:
        bears(request, keys.column(facets.column))
    elif facets.provider:
        bears(request, keys.provider(facets.provider))
    else:
        bears(request, (keys.plate(p.code) for p in queries.all_plates() if facets.plate in ("", p.code)))


def _provider_key(row: Resource) -> str:
    return keys.provider(row.provider.code)


def refusals(api: NinjaAPI) -> None:
    """Let what goes wrong be told as problem+json."""
    api.exception_handler(ValidationError)(problems.of_validation)
    api.exception_handler(NoCursor)(problems.of_cursor)
    api.exception_handler(UnknownCode)(lambda request, fault: problems.of_choice(request, str(fault)))
    api.exception_handler(NotFound)(lambda request, _: problems.problem(request, 404))
