"""Handing the columns to the library, dated as a catalogue is that has grown for a year and a half."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from django.utils import timezone

from smartedu.demo.chance import shuffled
from smartedu.demo.columns.extras import notice_content, notice_texts
from smartedu.demo.columns.planning import ITEMS, institutions, plan
from smartedu.demo.contributors import ensure_regional_providers
from smartedu.demo.handing import DEMO, hand_over
from smartedu.demo.regions import provider_names
from smartedu.demo.shelves import publish_shelves
from smartedu.library.actions import Publication
from smartedu.library.actions.providers import ensure_provider
from smartedu.library.content import Audience, Content, Kind
from smartedu.library.models import Column, Resource

SLICES = 36
SLICE_DAYS = 15
"""The catalogue grew every fortnight for eighteen months; 36 x 15 days."""


def publish_columns(*, at: datetime) -> int:
    """Publish everything that stands in the columns beside lessons and e-textbooks. Returns how many things there are.

    What is published carries a day of the eighteen months before `at`, the notices days of the last weeks. The films
    and sheets that some of it shows must be announced already (`catalogue.publish_lessons`).
    """
    publish_shelves(at=at)
    publish_planned(plan(), at=at)
    publish_notices(at=at)
    return ITEMS


def publish_planned(contents: Sequence[Content], *, at: datetime) -> None:
    """Publish planned contents under their titles, the oldest slice first; what is there already stays."""
    _ensure_providers({content.provider for content in contents})
    audience = _audiences()
    publications = [_publication(c, audience) for c in shuffled(contents, "published")]
    for number in range(SLICES):
        hand_over(publications[number::SLICES], at=published_at(SLICES - number, at))


def publish_notices(*, at: datetime) -> None:
    """Publish the notices with their days counted from `at`; a notice that is there already keeps its own days."""
    audience = _audiences()
    ours = Resource.objects.published().of_kind(Kind.NOTICE).filter(source=DEMO)
    there = set(ours.values_list("source_id", flat=True))
    today = timezone.localdate(at)
    for text in sorted(notice_texts(), key=lambda each: -each.posted):
        if _notice_id(text.slug) not in there:
            content = _for_its_readers(notice_content(text, today), audience)
            hand_over([Publication(DEMO, _notice_id(text.slug), content)], at=at - timedelta(days=text.posted))


def column_ids() -> set[str]:
    """The name of everything that is planned for the columns, at its source."""
    return {_content_id(content) for content in plan()} | {_notice_id(text.slug) for text in notice_texts()}


def published_at(slices_ago: int, at: datetime) -> datetime:
    """The instant at which a slice came out: the slice 1 yesterday, each other one a fortnight earlier."""
    return at - timedelta(days=1 + (slices_ago - 1) * SLICE_DAYS, minutes=37 * slices_ago % 400)


def _publication(content: Content, audience: dict[str, tuple[Audience, ...]]) -> Publication:
    return Publication(DEMO, _content_id(content), _for_its_readers(content, audience))


def _for_its_readers(content: Content, audience: dict[str, tuple[Audience, ...]]) -> Content:
    """The content with its audience, which is the column's where it has none of its own."""
    return content if content.audience else msgspec.structs.replace(content, audience=audience[content.column])


def _audiences() -> dict[str, tuple[Audience, ...]]:
    return {column.code: tuple(Audience(a) for a in column.audience) for column in Column.objects.all()}


def _ensure_providers(codes: set[str]) -> None:
    known = provider_names()
    ensure_regional_providers(code for code in codes if code in known)
    for each in {each.code: each for among in institutions().values() for each in among}.values():
        ensure_provider(each.code, name_zh=each.name_zh, name_en=each.name_en)


def _content_id(content: Content) -> str:
    return f"{content.column}/{content.title}"


def _notice_id(slug: str) -> str:
    return f"notice-{slug}"
