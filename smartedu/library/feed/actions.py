"""Writes of an import beside the books themselves: tags, publishers, browse trees, and bare titles taken over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smartedu.library import keys
from smartedu.library.actions.telling import tell
from smartedu.library.feed.tags import NewTag
from smartedu.library.models import Publisher, Resource, Tag, TaxonomyNode
from smartedu.rules.taxonomy import View

BARE_TITLES = "titles"
"""The source under which the textbook titles of our own reference stand until a catalogue brings the books."""
_BATCH = 2_000


@dataclass(frozen=True)
class Node:
    """A node of a browse tree to be laid, in preorder; `tag` is (dimension, code) or None."""

    path: str
    name: str
    hierarchy: str
    tag: tuple[str, str] | None
    depth: int
    hidden: bool


def make_tags(tags: Iterable[NewTag]) -> int:
    """Make new tags, plain editions before their variants. Returns how many."""
    new = sorted(tags, key=lambda tag: (tag.base != "", tag.dimension, tag.code))
    rows = {(tag.dimension, tag.code): tag for tag in Tag.objects.all()}
    for tag in new:
        base = rows.get((tag.dimension, tag.base)) if tag.base != tag.code else None
        rows[tag.dimension, tag.code] = Tag.objects.create(
            dimension=tag.dimension,
            code=tag.code,
            name_zh=tag.name,
            name_en=tag.name_en,
            base=base,
            position=tag.position,
        )
    return len(new)


def make_publishers(names: Iterable[str]) -> int:
    """Make publishers that are not there yet. Returns how many."""
    wanted = dict.fromkeys(name for name in names if name)
    known = set(Publisher.objects.filter(name_zh__in=wanted).values_list("name_zh", flat=True))
    return len(Publisher.objects.bulk_create([Publisher(name_zh=name) for name in wanted if name not in known]))


def lay_tree(view: View, nodes: Sequence[Node]) -> bool:
    """Lay a browse tree in place of the old one. Returns whether it differs; an equal one is left alone."""
    rows = TaxonomyNode.objects.filter(view=view).order_by("position")
    laid = [
        Node(path, name, hierarchy, (dimension, code) if code else None, depth, hidden)
        for path, name, hierarchy, dimension, code, depth, hidden in rows.values_list(
            "path", "name", "hierarchy", "tag__dimension", "tag__code", "depth", "hidden"
        )
    ]
    if laid == list(nodes):
        return False
    tags = {(tag.dimension, tag.code): tag for tag in Tag.objects.all()}
    rows.delete()
    TaxonomyNode.objects.bulk_create(
        [
            TaxonomyNode(
                view=view,
                path=node.path,
                name=node.name,
                hierarchy=node.hierarchy,
                tag=tags.get(node.tag) if node.tag else None,
                depth=node.depth,
                position=position,
                hidden=node.hidden,
            )
            for position, node in enumerate(nodes, start=1)
        ],
        batch_size=_BATCH,
    )
    tell([keys.TEXTBOOKS])
    return True


def take_over_titles(source: str, ids_by_title: Mapping[str, str]) -> int:
    """Let a catalogue's books be the bare titles that stand here already, with their codes, chapters and lessons.

    A reader would otherwise see every book twice. Called while publishing is held (`one_publisher_at_a_time`).
    Returns how many were taken over.
    """
    there = set(
        Resource.objects.filter(source=source, source_id__in=ids_by_title.values()).values_list("source_id", flat=True)
    )
    bare = [
        resource
        for resource in Resource.objects.filter(source=BARE_TITLES, source_id__in=ids_by_title)
        if ids_by_title[resource.source_id] not in there
    ]
    for resource in bare:
        resource.source, resource.source_id = source, ids_by_title[resource.source_id]
    Resource.objects.bulk_update(bare, ["source", "source_id"], batch_size=_BATCH)
    return len(bare)
