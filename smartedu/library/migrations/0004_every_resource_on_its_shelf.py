"""What was published before shelves were kept is put on them."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE library_resource r SET plate_id = c.plate_id FROM library_column c WHERE c.id = r.column_id;
UPDATE library_resource r SET knowledge = ARRAY(SELECT jsonb_array_elements_text(v.content->'body'->'knowledge'))
  FROM library_resourceversion v WHERE v.id = r.version_id AND v.content->'body' ? 'knowledge';
INSERT INTO library_shelf
  (column_id, provider_id, kind, stage_id, system, grades, subject_id, edition_id, strand_id, volume_id, revision_id,
   count)
SELECT column_id, provider_id, kind, stage_id, system, grades, subject_id, edition_id,
       CASE WHEN kind IN ('textbook', 'e_textbook') THEN strand_id END,
       CASE WHEN kind IN ('textbook', 'e_textbook') THEN volume_id END,
       CASE WHEN kind IN ('textbook', 'e_textbook') THEN revision_id END,
       count(version_id)
  FROM library_resource GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
UPDATE library_resource r SET shelf_id = s.id FROM library_shelf s
 WHERE (s.column_id, s.provider_id, s.kind, s.system, s.grades) = (r.column_id, r.provider_id, r.kind, r.system, r.grades)
   AND (s.stage_id, s.subject_id, s.edition_id) IS NOT DISTINCT FROM (r.stage_id, r.subject_id, r.edition_id)
   AND (r.kind NOT IN ('textbook', 'e_textbook')
        OR (s.strand_id, s.volume_id, s.revision_id) IS NOT DISTINCT FROM (r.strand_id, r.volume_id, r.revision_id));
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0003_shelves_and_links")]
    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="resource",
            name="plate",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.plate"
            ),
        ),
        migrations.AlterField(
            model_name="resource",
            name="shelf",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resources",
                to="library.shelf",
            ),
        ),
    ]
