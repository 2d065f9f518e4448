"""What is published: the identity with its card, the versions word for word, a textbook's headings."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from typing_extensions import override

from smartedu.library.content import Content, Kind, from_json
from smartedu.library.models.media import MediaFile
from smartedu.library.models.shelving import NO_PERSONAL_DATA, Column, Plate, Provider, Publisher, Tag

LONGEST_TITLE = 300
LONGEST_CHAPTER_KEY = 40


# A card reads half of its row and one field of its media; the rest would be fetched and made into objects for nothing.
ON_CARDS = (
    "code", "kind", "title", "title_en", "summary", "summary_en", "language", "column", "length_seconds",
    "lesson_count", "stage", "system", "grades", "strand", "subject", "edition", "volume", "revision", "publisher",
    "textbook", "media__code", "media__poster_path",
)  # fmt: skip


class Shelf(models.Model):
    """One combination of facets that a resource can have, and how many published resources have it.

    Facets and totals of every list are sums over some thousand shelves, never scans of resources, so they cost the
    same at ten times the catalogue. Books stand on finer shelves, by strand, volume and revision, for the textbook
    browser. A shelf never changes but for its count, which publishing keeps.
    """

    personal_data: ClassVar = NO_PERSONAL_DATA

    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    stage = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=3, blank=True)
    grades = ArrayField(models.CharField(max_length=20), default=list)
    subject = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    strand = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    volume = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    *("column", "provider", "kind", "stage", "system", "grades", "subject", "edition"),
                    *("strand", "volume", "revision"),
                ],
                name="shelf_of_its_facets",
                nulls_distinct=False,
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} in {self.column_id} ({self.count})"


# What lists of a column, a plate or a provider show; textbooks are the shelf itself and not counted as resources.
PUBLISHED = Q(version__isnull=False)
WITH_MEDIA = PUBLISHED & Q(media__isnull=False)
LISTED = PUBLISHED & ~Q(kind=Kind.TEXTBOOK.value)


class ResourceQuerySet(models.QuerySet["Resource"]):
    def published(self) -> Self:
        """What a visitor may see: everything that has a current version."""
        return self.filter(version__isnull=False)

    def listed(self) -> Self:
        """What lists show: published, and no bare textbook. Written as the indexes have it."""
        return self.filter(LISTED)

    def of_kind(self, *kinds: Kind) -> Self:
        return self.filter(kind__in=[str(kind) for kind in kinds])

    def for_cards(self) -> Self:
        """With what a card shows beyond its own row; tags and columns are in `shelfmarks`."""
        return self.select_related("media").only(*ON_CARDS)

    def in_shelf_order(self) -> Self:
        """The order of the curriculum, then of the title; stable for paging."""
        return self.order_by("sort_key", "id")

    def newest_first(self) -> Self:
        """What a batch brought at once comes mixed: the code is as good as drawn by lot, and stays."""
        return self.order_by("-published_at", "code")


class Resource(models.Model):
    """The identity of a published thing, and its card: what lists show, copied from the current version.

    `code` is its name in addresses; `source` and `source_id` its name where it came from. A withdrawn resource
    has no current version; its card keeps what it last said, so that its page can say what it was.
    """

    personal_data: ClassVar = NO_PERSONAL_DATA

    code = models.CharField(max_length=16, unique=True)
    source = models.CharField(max_length=20)
    source_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    version = models.ForeignKey("ResourceVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    title = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=LONGEST_TITLE, blank=True)
    summary = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="resources")
    plate = models.ForeignKey(Plate, on_delete=models.PROTECT, related_name="+", db_index=False)
    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="resources", db_index=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="resources")
    publisher = models.ForeignKey(Publisher, null=True, on_delete=models.PROTECT, related_name="books")
    educations = ArrayField(models.CharField(max_length=14), default=list)
    audience = ArrayField(models.CharField(max_length=10), default=list)
    length_seconds = models.PositiveIntegerField(default=0)
    media = models.ForeignKey(MediaFile, null=True, on_delete=models.PROTECT, related_name="+")
    lesson_count = models.PositiveIntegerField(default=0)
    period_count = models.PositiveSmallIntegerField(default=0)

    stage = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=3, blank=True)
    grades = ArrayField(models.CharField(max_length=20), default=list)
    strand = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    volume = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")

    textbook = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="lessons")
    chapter_key = models.CharField(max_length=LONGEST_CHAPTER_KEY, blank=True)
    position = models.PositiveIntegerField(default=0)
    knowledge = ArrayField(models.CharField(max_length=LONGEST_TITLE), default=list)

    sort_key = models.CharField(max_length=400)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ResourceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_id"], name="resource_at_its_source"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.LESSON.value) | Q(textbook__isnull=False), name="lesson_has_a_textbook"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["column", "sort_key", "id"], name="listed_by_column", condition=LISTED),
            models.Index(fields=["column", "-published_at", "code"], name="listed_new_in_column", condition=LISTED),
            models.Index(fields=["plate", "sort_key", "id"], name="listed_by_plate", condition=LISTED),
            models.Index(fields=["plate", "-published_at", "code"], name="listed_new_in_plate", condition=LISTED),
            models.Index(fields=["provider", "sort_key", "id"], name="listed_by_provider", condition=LISTED),
            models.Index(fields=["provider", "-published_at", "code"], name="listed_new_of_provider", condition=LISTED),
            models.Index(fields=["shelf", "sort_key", "id"], name="published_on_shelf", condition=PUBLISHED),
            models.Index(fields=["kind", "sort_key", "id"], name="published_of_kind", condition=PUBLISHED),
            models.Index(fields=["kind", "stage", "sort_key", "id"], name="resource_by_stage"),
            models.Index(fields=["kind", "subject", "sort_key", "id"], name="resource_by_subject"),
            models.Index(fields=["media", "id"], name="resource_with_media", condition=WITH_MEDIA),
            models.Index(fields=["textbook", "position"], name="resource_in_textbook"),
            models.Index(fields=["changed_at"], name="resource_changed"),
            GinIndex(fields=["knowledge"], name="resource_by_knowledge"),
            GinIndex(fields=["grades"], name="resource_by_grades"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ResourceVersion(models.Model):
    """One published version, immutable but for its withdrawal; `content` is a `content.Content`."""

    personal_data: ClassVar = "names of the people credited, by their consent; kept with the version"

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawal_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resource", "number"], name="version_number_of_resource")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.resource_id} v{self.number}"

    def read(self) -> Content:
        """The content as a frozen value."""
        return from_json(self.content)


class Chapter(models.Model):
    """A heading of a textbook's current version, so that lessons can be listed under it."""

    personal_data: ClassVar = NO_PERSONAL_DATA

    textbook = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="chapters")
    key = models.CharField(max_length=LONGEST_CHAPTER_KEY)
    parent_key = models.CharField(max_length=LONGEST_CHAPTER_KEY, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    depth = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("textbook", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["textbook", "key"], name="chapter_key_in_textbook"),
            models.CheckConstraint(condition=Q(depth__gte=1, depth__lte=4), name="chapter_depth_1_to_4"),
        ]

    @override
    def __str__(self) -> str:
        return self.title
