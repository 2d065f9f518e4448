"""Bringing the database up to the facts that ship with the product: plates, columns, tags, publishers, trees."""

import csv
from datetime import datetime
from importlib.resources import files

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from smartedu.base import audit
from smartedu.library import keys, reference
from smartedu.library.actions.providers import ensure_provider
from smartedu.library.actions.telling import tell
from smartedu.library.models import Column, Plate, Publisher, Resource, Tag, TaxonomyNode
from smartedu.rules.taxonomy import View, node_path


def sync_reference(*, at: datetime) -> None:
    """Create or mend every row of reference, done at every set-up; a second time leaves the rows as they are."""
    with transaction.atomic():
        before = _rows()
        _sync_plates()
        _sync_tags()
        Publisher.objects.bulk_create(
            [
                Publisher(name_zh=p.name_zh, name_en=p.name_en, former_names=list(p.former_names))
                for p in reference.publishers()
            ],
            update_conflicts=True,
            unique_fields=["name_zh"],
            update_fields=["name_en", "former_names"],
        )
        ensure_provider("national-catalogue", name_zh="国家中小学教材目录", name_en="National textbook catalogue")
        for view in View:
            sync_tree(view)
        if _rows() != before:  # names stand on every page
            audit.record("library.sync_reference", actor_id=None, at=at)
            tell([keys.EVERYTHING])


def _rows() -> list[tuple[object, ...]]:
    """Everything that pages show of the reference."""
    return [
        *Plate.objects.order_by("pk").values_list(),
        *Column.objects.order_by("pk").values_list(),
        *Tag.objects.order_by("pk").values_list(),
        *Publisher.objects.order_by("pk").values_list("name_zh", "name_en"),
        *TaxonomyNode.objects.order_by("pk").values_list("view", "path"),
    ]


def sync_tree(view: View) -> None:
    """Lay a browse tree as the reference has it, unless an import has laid one already."""
    if TaxonomyNode.objects.filter(view=view).exists():
        return
    tags = {(tag.dimension, tag.name_zh): tag for tag in Tag.objects.all()}
    TaxonomyNode.objects.bulk_create(
        [
            TaxonomyNode(
                view=view,
                path=node_path(node.path),
                name=node.path[-1],
                hierarchy=node.level,
                tag=tags.get((node.level, node.path[-1])),
                depth=len(node.path),
                position=position,
                hidden=node.hidden,
            )
            for position, node in enumerate(reference.tree(view), start=1)
        ],
        batch_size=2_000,
    )


def _sync_plates() -> None:
    folder = files(reference)
    with (folder / "plates.csv").open(encoding="utf-8") as lines:
        plates = [Plate(position=n, **row) for n, row in enumerate(csv.DictReader(lines), start=1)]
    Plate.objects.bulk_create(
        plates,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_zh", "name_en", "intro_zh", "intro_en", "icon", "position"],
    )
    by_code = {plate.code: plate for plate in Plate.objects.all()}
    with (folder / "columns.csv").open(encoding="utf-8") as lines:
        columns = [
            Column(
                plate=by_code[row["plate"]],
                code=row["code"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                icon=row["icon"],
                audience=row["audience"].split(),
                position=n,
            )
            for n, row in enumerate(csv.DictReader(lines), start=1)
        ]
    Column.objects.bulk_create(
        columns,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["plate", "name_zh", "name_en", "icon", "audience", "position"],
    )
    moved = Resource.objects.exclude(plate=F("column__plate"))
    moved.update(plate=Subquery(Column.objects.filter(pk=OuterRef("column")).values("plate")[:1]))


def _sync_tags() -> None:
    """Tags by (dimension, code); a variant of an edition points at its plain edition once all are there."""
    Tag.objects.bulk_create(
        [
            Tag(
                dimension=fact.dimension,
                code=fact.code,
                name_zh=fact.name_zh,
                name_en=fact.name_en,
                position=fact.position,
            )
            for fact in reference.tags()
        ],
        update_conflicts=True,
        unique_fields=["dimension", "code"],
        update_fields=["name_zh", "name_en", "position"],
    )
    rows = {(tag.dimension, tag.code): tag for tag in Tag.objects.all()}
    variants = []
    for fact in reference.tags():
        if fact.base and fact.base != fact.code and (fact.dimension, fact.base) in rows:
            tag = rows[fact.dimension, fact.code]
            tag.base = rows[fact.dimension, fact.base]
            variants.append(tag)
    Tag.objects.bulk_update(variants, ["base"])
