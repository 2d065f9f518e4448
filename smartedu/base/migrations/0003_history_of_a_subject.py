"""The history of one thing is read without reading the whole trail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0002_audit_is_append_only")]
    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject", "-at"], name="audit_of_subject"),
        ),
    ]
