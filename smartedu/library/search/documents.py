"""What of a resource goes into the index: its words by where they stand, its shelf and its facets."""

from collections.abc import Iterable, Iterator
from functools import cache

import tantivy
from django.db.models import QuerySet

from smartedu.library.content import LessonPackage, Textbook, chapters_with_depth
from smartedu.library.models import Resource
from smartedu.library.search.words import index_tokens
from smartedu.library.shelves import NAMES as FACETS

WORDS = ("title", "place", "text")
ANY = "any"
"""Every word of the others once: what decides whether a resource matches, and what counts are taken over."""
SHELF, PUBLISHED, CODE = "shelf", "published", "code"
FORM = 6
"""Raised with every change of what a document holds: an index of another form is made anew."""


@cache
def schema() -> tantivy.Schema:
    """Words are cut before they come here, so fields are split at white space only."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(CODE, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(SHELF, fast=True)
    builder.add_unsigned_field(PUBLISHED, fast=True)
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(ANY, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def with_words(resources: QuerySet[Resource]) -> Iterator[Resource]:
    """Resources with all that `document` reads, a few hundred at a time."""
    return resources.select_related(
        "version", "column__plate", "provider", "publisher", "stage", "strand", "subject", "edition", "volume",
        "revision", "textbook",
    ).iterator(chunk_size=500)  # fmt: skip


def document(resource: Resource) -> tantivy.Document:
    """The document of a published resource."""
    tags = [resource.stage, resource.strand, resource.subject, resource.edition, resource.volume, resource.column]
    names = [name for tag in tags if tag for name in (tag.name_zh, tag.name_en)]
    if resource.edition:
        names.append(resource.edition.code)  # PEP is better known than what it stands for
    made = tantivy.Document()
    made.add_text(CODE, resource.code)
    made.add_unsigned(SHELF, resource.shelf_id or 0)
    made.add_unsigned(PUBLISHED, int(resource.published_at.timestamp()))
    facets = {
        "kind": [resource.kind],
        "plate": [resource.column.plate.code],
        "column": [resource.column.code],
        "stage": [resource.stage.code] if resource.stage else [],
        "grade": resource.grades,
        "subject": [resource.subject.code] if resource.subject else [],
        "edition": [resource.edition.code] if resource.edition else [],
        "provider": [resource.provider.code],
    }
    for name, values in facets.items():
        for value in values:
            made.add_text(name, value)
    words = {
        "title": index_tokens([resource.title, resource.title_en]),
        "place": index_tokens([*names, resource.textbook.title if resource.textbook else ""]),
        "text": index_tokens([resource.summary, resource.summary_en, *_inner_words(resource)]),
    }
    for name, tokens in words.items():
        made.add_text(name, tokens)
    made.add_text(ANY, " ".join(set(" ".join(words.values()).split())))
    return made


def _inner_words(resource: Resource) -> Iterable[str]:
    """What only the version knows: knowledge points and aims of a lesson, headings of a book."""
    assert resource.version is not None
    body = resource.version.read().body
    if isinstance(body, LessonPackage):
        return [*body.knowledge, *body.objectives]
    if isinstance(body, Textbook):
        return [node.title for node, _, _ in chapters_with_depth(body.chapters)]
    return []
