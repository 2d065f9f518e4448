"""The catalogue's tables.

A `Resource` is the identity of something published and the card that lists show; a `ResourceVersion` is what was
published, word for word, for ever. Only `actions.py` writes either: `publish_version` and `withdraw_version` are
the two doors, and a database trigger refuses a change of a version's content.
"""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from typing_extensions import override

from smartedu.library.content import Content, Kind, from_json

LONGEST_TITLE = 300
LONGEST_CHAPTER_KEY = 40
NO_PERSONAL_DATA = "none"


class Plate(models.Model):
    """One of the six plates (版块)."""

    personal_data: ClassVar = NO_PERSONAL_DATA

    code = models.SlugField(unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    intro_zh = models.CharField(max_length=200, blank=True)
    intro_en = models.CharField(max_length=200, blank=True)
    icon = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)

    @override
    def __str__(self) -> str:
        return self.code


class Column(models.Model):
    """One of the 36 columns (栏目) of a plate."""

    personal_data: ClassVar = NO_PERSONAL_DATA

    plate = models.ForeignKey(Plate, on_delete=models.PROTECT, related_name="columns")
    code = models.SlugField(unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    icon = models.CharField(max_length=40)
    audience = ArrayField(models.CharField(max_length=20), default=list)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("plate__position", "position")

    @override
    def __str__(self) -> str:
        return self.code


class Dimension(models.TextChoices):
    """The levels of the curriculum."""

    STAGE = "stage"
    GRADE = "grade"
    STRAND = "strand"
    SUBJECT = "subject"
    EDITION = "edition"
    VOLUME = "volume"
    REVISION = "revision"


class Tag(models.Model):
    """One value of one level of the curriculum: the grade «七年级», the edition «人教版».

    An edition whose name carries an editor or a starting grade points at its plain edition by `base`.
    """

    personal_data: ClassVar = "names of editors as printed in the edition's name; kept with the catalogue"

    dimension = models.CharField(max_length=10, choices=Dimension)
    code = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="variants")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("dimension", "position", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dimension", "code"], name="tag_code_in_dimension"),
            models.UniqueConstraint(fields=["dimension", "name_zh"], name="tag_name_in_dimension"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dimension}:{self.code}"


class TaxonomyNode(models.Model):
    """A place in one of the two browse trees: their order, and what is hidden in that place."""

    personal_data: ClassVar = NO_PERSONAL_DATA

    view = models.CharField(max_length=20, choices=[("lessons", "lessons"), ("e-textbooks", "e-textbooks")])
    path = models.CharField(max_length=400)
    name = models.CharField(max_length=120)
    hierarchy = models.CharField(max_length=40)
    tag = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT)
    depth = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ("view", "position")
        constraints: ClassVar = [models.UniqueConstraint(fields=["view", "path"], name="node_path_in_view")]

    @override
    def __str__(self) -> str:
        return f"{self.view}:{self.path}"


class Publisher(models.Model):
    """A publisher of textbooks; one that changed its name keeps the former ones."""

    personal_data: ClassVar = NO_PERSONAL_DATA

    name_zh = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=160, blank=True)
    former_names = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    @override
    def __str__(self) -> str:
        return self.name_zh


class Provider(models.Model):
    """Who contributes resources: a ministry, a university, a school, a publisher."""

    personal_data: ClassVar = NO_PERSONAL_DATA

    code = models.SlugField(unique=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)

    @override
    def __str__(self) -> str:
        return self.code


class MediaState(models.TextChoices):
    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class MediaFile(models.Model):
    """A stored file. `path` is below the media folder; a video has its HLS folder and poster besides."""

    personal_data: ClassVar = "what the file shows; kept as long as a version names it"

    code = models.CharField(max_length=80, unique=True)
    content_type = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=MediaState, default=MediaState.WAITING)
    failure = models.CharField(max_length=500, blank=True)
    path = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    hls_path = models.CharField(max_length=300, blank=True)
    poster_path = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.code


# A card reads half of its row and one field of its media; the rest would be fetched and made into objects for nothing.
ON_CARDS = (
    "code", "kind", "title", "title_en", "summary", "summary_en", "language", "column", "length_seconds",
    "lesson_count", "stage", "system", "grades", "strand", "subject", "edition", "volume", "revision", "publisher",
    "textbook", "media__poster_path",
)  # fmt: skip


class ResourceQuerySet(models.QuerySet["Resource"]):
    def published(self) -> Self:
        """What a visitor may see: everything that has a current version."""
        return self.filter(version__isnull=False)

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
            models.Index(fields=["column", "sort_key", "id"], name="resource_by_column"),
            models.Index(fields=["kind", "stage", "sort_key", "id"], name="resource_by_stage"),
            models.Index(fields=["kind", "subject", "sort_key", "id"], name="resource_by_subject"),
            models.Index(fields=["column", "-published_at", "code"], name="resource_newest"),
            models.Index(fields=["textbook", "position"], name="resource_in_textbook"),
            models.Index(fields=["changed_at"], name="resource_changed"),
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
