"""A published guide never changes: the database itself refuses it.

What may change is who published it (a person who is erased). On SQLite a later migration that rebuilds this table drops
its triggers: tests/interviews/test_publishing.py tells, and that migration makes them again.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER interviews_guideversion_never_changes
    BEFORE UPDATE ON interviews_guideversion
    WHEN OLD.id IS NOT NEW.id OR OLD.guide_id IS NOT NEW.guide_id OR OLD.number IS NOT NEW.number
      OR OLD.content IS NOT NEW.content OR OLD.changelog IS NOT NEW.changelog
      OR OLD.published_at IS NOT NEW.published_at
    BEGIN SELECT RAISE(ABORT, 'a published guide never changes'); END
    """,
    """
    CREATE TRIGGER interviews_guideversion_never_goes
    BEFORE DELETE ON interviews_guideversion
    BEGIN SELECT RAISE(ABORT, 'a published guide never changes'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION interviews_guideversion_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'a published guide never changes' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER interviews_guideversion_never_changes
    BEFORE UPDATE ON interviews_guideversion FOR EACH ROW
    WHEN ((OLD.id, OLD.guide_id, OLD.number, OLD.content, OLD.changelog, OLD.published_at) IS DISTINCT FROM
          (NEW.id, NEW.guide_id, NEW.number, NEW.content, NEW.changelog, NEW.published_at))
    EXECUTE FUNCTION interviews_guideversion_frozen()
    """,
    """
    CREATE TRIGGER interviews_guideversion_never_goes
    BEFORE DELETE ON interviews_guideversion FOR EACH ROW
    EXECUTE FUNCTION interviews_guideversion_frozen()
    """,
]


def freeze(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def thaw(apps, schema_editor):
    on_table = "" if schema_editor.connection.vendor == "sqlite" else " ON interviews_guideversion"
    for trigger in ("never_changes", "never_goes"):
        schema_editor.execute(f"DROP TRIGGER interviews_guideversion_{trigger}{on_table}")
    if on_table:
        schema_editor.execute("DROP FUNCTION interviews_guideversion_frozen()")


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial")]

    operations = [migrations.RunPython(freeze, thaw)]
