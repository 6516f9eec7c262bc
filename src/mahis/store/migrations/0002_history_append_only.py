"""Nobody changes or deletes history: a trigger refuses it to every role."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION store_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history can only be added to' USING ERRCODE = 'integrity_constraint_violation',
        CONSTRAINT = 'history_is_append_only';
END
$$;
CREATE TRIGGER history_is_append_only
    BEFORE UPDATE OR DELETE ON store_historyentry
    FOR EACH ROW EXECUTE FUNCTION store_history_is_append_only();
CREATE TRIGGER history_is_not_truncated
    BEFORE TRUNCATE ON store_historyentry
    FOR EACH STATEMENT EXECUTE FUNCTION store_history_is_append_only();
"""

ALLOW = """
DROP TRIGGER history_is_append_only ON store_historyentry;
DROP TRIGGER history_is_not_truncated ON store_historyentry;
DROP FUNCTION store_history_is_append_only();
"""


class Migration(migrations.Migration):
    """Set the triggers."""

    dependencies = [("store", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
