"""What stands on the other shelves: articles, documents, films and links, from `shelves/*.toml`."""

from datetime import datetime
from functools import cache

import msgspec

from smartedu.demo.catalogue import credited, film_captions
from smartedu.demo.films import FILMS
from smartedu.demo.handing import DEMO, hand_over
from smartedu.demo.written import read_folder
from smartedu.library.actions import Publication
from smartedu.library.content import Article, Audience, Content, Credit, Education, Link, Video
from smartedu.library.models import Column


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing of a column: an article (`paragraphs`), a link (`address`, `institution`) or a film (`film`)."""

    slug: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    educations: tuple[Education, ...]
    paragraphs: tuple[str, ...] = ()
    address: str = ""
    institution: str = ""
    film: str = ""


class Shelf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    column: str
    items: tuple[Item, ...]


@cache
def shelves() -> tuple[Shelf, ...]:
    """Every shelf, one file a column. Raises msgspec.ValidationError, naming the file, for one that is malformed."""
    return read_folder("shelves", Shelf)


def publish_shelves(*, at: datetime) -> int:
    """Publish everything on the shelves. Returns how many things there are."""
    audience = {c.code: c.audience for c in Column.objects.all()}
    publications = [
        Publication(DEMO, _item_id(shelf, item), _content(shelf.column, item, audience[shelf.column]))
        for shelf in shelves()
        for item in shelf.items
    ]
    hand_over(publications, at=at)
    return len(publications)


def shelf_ids() -> set[str]:
    """The name of everything on the shelves, at its source."""
    return {_item_id(shelf, item) for shelf in shelves() for item in shelf.items}


def _item_id(shelf: Shelf, item: Item) -> str:
    return f"{shelf.column}-{item.slug}"


def _content(column: str, item: Item, audience: list[str]) -> Content:
    seconds = next((round(film.seconds) for film in FILMS if film.slug == item.film), 0)
    return Content(
        title=item.title,
        title_en=item.title_en,
        body=_body(item),
        column=column,
        provider="demo-commons",
        licence="cc-by-sa-4.0",
        summary=item.summary,
        summary_en=item.summary_en,
        credits=(Credit(credited(item.slug, 1)[0].name, "撰文"),) if item.paragraphs else (),
        educations=item.educations,
        audience=tuple(Audience(a) for a in audience),
        length_seconds=seconds,
    )


def _body(item: Item) -> Article | Link | Video:
    if item.film:
        media = f"film-{item.film}"
        return Video(media, film_captions(media))
    return Link(item.address, item.institution) if item.address else Article(item.paragraphs)
