"""Where things stand: plates and columns, the curriculum's tags and browse trees, publishers and providers."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from typing_extensions import override

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
