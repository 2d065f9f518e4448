"""The audit trail is appended to, never changed and never shortened."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION base_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is never changed';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON base_auditentry
  FOR EACH ROW EXECUTE FUNCTION base_audit_is_append_only();
"""
BACK = """
DROP TRIGGER audit_is_append_only ON base_auditentry;
DROP FUNCTION base_audit_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
