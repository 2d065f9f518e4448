"""Shelves that count, permanent links, checks of outside links, searches without a hit."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_versions_never_change"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "resource",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="link_check",
                        serialize=False,
                        to="library.resource",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unchecked", "Unchecked"),
                            ("works", "Works"),
                            ("away", "Away"),
                            ("refused", "Refused"),
                        ],
                        default="unchecked",
                        max_length=10,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("checked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Repointing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=16, unique=True)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchGap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=80, unique=True)),
                ("language", models.CharField(max_length=2)),
                ("times", models.PositiveIntegerField(default=1)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("textbook", "textbook"),
                            ("e_textbook", "e_textbook"),
                            ("lesson", "lesson"),
                            ("video", "video"),
                            ("document", "document"),
                            ("audio", "audio"),
                            ("picture", "picture"),
                            ("link", "link"),
                            ("article", "article"),
                            ("notice", "notice"),
                        ],
                        max_length=12,
                    ),
                ),
                ("system", models.CharField(blank=True, max_length=3)),
                (
                    "grades",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="resource",
            name="resource_by_column",
        ),
        migrations.RemoveIndex(
            model_name="resource",
            name="resource_newest",
        ),
        migrations.AddField(
            model_name="resource",
            name="knowledge",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="resource",
            name="plate",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="library.plate",
            ),
        ),
        migrations.AddIndex(
            model_name="linkcheck",
            index=models.Index(fields=["checked_at"], name="link_check_by_age"),
        ),
        migrations.AddField(
            model_name="repointing",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="repointing",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.resource"
            ),
        ),
        migrations.AddIndex(
            model_name="searchgap",
            index=models.Index(fields=["-times", "words"], name="gap_by_times"),
        ),
        migrations.AddField(
            model_name="shelf",
            name="column",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.column"),
        ),
        migrations.AddField(
            model_name="shelf",
            name="edition",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.tag"
            ),
        ),
        migrations.AddField(
            model_name="shelf",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.provider"
            ),
        ),
        migrations.AddField(
            model_name="shelf",
            name="revision",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.tag"
            ),
        ),
        migrations.AddField(
            model_name="shelf",
            name="stage",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.tag"
            ),
        ),
        migrations.AddField(
            model_name="shelf",
            name="strand",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.tag"
            ),
        ),
        migrations.AddField(
            model_name="shelf",
            name="subject",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.tag"
            ),
        ),
        migrations.AddField(
            model_name="shelf",
            name="volume",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.tag"
            ),
        ),
        migrations.AddField(
            model_name="resource",
            name="shelf",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resources",
                to="library.shelf",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False), models.Q(("kind", "textbook"), _negated=True)),
                fields=["column", "sort_key", "id"],
                name="listed_by_column",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False), models.Q(("kind", "textbook"), _negated=True)),
                fields=["column", "-published_at", "code"],
                name="listed_new_in_column",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False), models.Q(("kind", "textbook"), _negated=True)),
                fields=["plate", "sort_key", "id"],
                name="listed_by_plate",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False), models.Q(("kind", "textbook"), _negated=True)),
                fields=["plate", "-published_at", "code"],
                name="listed_new_in_plate",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False), models.Q(("kind", "textbook"), _negated=True)),
                fields=["provider", "sort_key", "id"],
                name="listed_by_provider",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False), models.Q(("kind", "textbook"), _negated=True)),
                fields=["provider", "-published_at", "code"],
                name="listed_new_of_provider",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False)),
                fields=["shelf", "sort_key", "id"],
                name="published_on_shelf",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False)),
                fields=["kind", "sort_key", "id"],
                name="published_of_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("version__isnull", False), ("media__isnull", False)),
                fields=["media", "id"],
                name="resource_with_media",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=django.contrib.postgres.indexes.GinIndex(fields=["knowledge"], name="resource_by_knowledge"),
        ),
        migrations.AddConstraint(
            model_name="shelf",
            constraint=models.UniqueConstraint(
                fields=(
                    "column",
                    "provider",
                    "kind",
                    "stage",
                    "system",
                    "grades",
                    "subject",
                    "edition",
                    "strand",
                    "volume",
                    "revision",
                ),
                name="shelf_of_its_facets",
                nulls_distinct=False,
            ),
        ),
        migrations.AlterField(
            model_name="resource",
            name="kind",
            field=models.CharField(
                choices=[
                    ("textbook", "textbook"),
                    ("e_textbook", "e_textbook"),
                    ("lesson", "lesson"),
                    ("video", "video"),
                    ("document", "document"),
                    ("audio", "audio"),
                    ("picture", "picture"),
                    ("link", "link"),
                    ("article", "article"),
                    ("notice", "notice"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="mediafile",
            index=models.Index(
                condition=models.Q(("poster_path", ""), _negated=True), fields=["-changed_at"], name="films_by_age"
            ),
        ),
    ]
