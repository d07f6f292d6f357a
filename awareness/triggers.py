"""The database's own refusal to change a release, whoever asks it, in whatever language."""

from django.db import connections

FUNCTION = """
CREATE OR REPLACE FUNCTION awareness_release_frozen() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'A release is never changed or deleted.'; END $$ LANGUAGE plpgsql
"""
UPDATE = """
CREATE TRIGGER awareness_release_frozen BEFORE UPDATE OF {columns} ON awareness_release {body}
"""
DELETE = """
CREATE TRIGGER awareness_release_kept BEFORE DELETE ON awareness_release {body}
"""


def guard_releases(sender, using, **kwargs):
    """Put the triggers in place after a migration; one that rebuilds the table drops them."""
    from .models import Release

    connection = connections[using]
    with connection.cursor() as cursor:
        if Release._meta.db_table not in connection.introspection.table_names(cursor):
            return
        columns = ", ".join(
            connection.ops.quote_name(field.column)
            for field in Release._meta.fields
            if field.name != "cancelled_at"
        )
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement.format(columns=columns))


STATEMENTS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS awareness_release_frozen",
        UPDATE.replace("{body}", "BEGIN SELECT RAISE(ABORT, 'A release is never changed.'); END"),
        # Deleting is refused by the models alone: SQLite empties its tables between tests
        # with DELETE, where PostgreSQL truncates.
    ],
    "postgresql": [
        FUNCTION,
        "DROP TRIGGER IF EXISTS awareness_release_frozen ON awareness_release",
        "DROP TRIGGER IF EXISTS awareness_release_kept ON awareness_release",
        UPDATE.replace("{body}", "EXECUTE FUNCTION awareness_release_frozen()"),
        DELETE.replace("{body}", "EXECUTE FUNCTION awareness_release_frozen()"),
    ],
}
