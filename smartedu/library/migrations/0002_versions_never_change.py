"""A published version is never changed: only its withdrawal may be written, and no row is deleted."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION library_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a published version is never deleted (resource %, version %)', OLD.resource_id, OLD.number;
  END IF;
  IF (OLD.resource_id, OLD.number, OLD.content, OLD.digest, OLD.note, OLD.published_at, OLD.published_by_id)
     IS DISTINCT FROM
     (NEW.resource_id, NEW.number, NEW.content, NEW.digest, NEW.note, NEW.published_at, NEW.published_by_id) THEN
    RAISE EXCEPTION 'a published version is never changed (resource %, version %)', OLD.resource_id, OLD.number;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_is_immutable BEFORE UPDATE OR DELETE ON library_resourceversion
  FOR EACH ROW EXECUTE FUNCTION library_version_is_immutable();
"""
BACK = """
DROP TRIGGER version_is_immutable ON library_resourceversion;
DROP FUNCTION library_version_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
