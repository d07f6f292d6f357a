"""The database's own refusal to change a release or a line of the audit trail, whoever asks it."""

from django.db import connections

FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'A row of {table} is never changed or deleted.'; END $$ LANGUAGE plpgsql
"""
UPDATE = "CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table} "
DELETE = "CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
STATEMENTS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS {table}_frozen",
        UPDATE + "BEGIN SELECT RAISE(ABORT, 'A row of {table} is never changed.'); END",
        # Deleting is refused by the models alone: SQLite empties its tables between tests
        # with DELETE, where PostgreSQL truncates.
    ],
    "postgresql": [
        FUNCTION,
        "DROP TRIGGER IF EXISTS {table}_frozen ON {table}",
        "DROP TRIGGER IF EXISTS {table}_kept ON {table}",
        UPDATE + "EXECUTE FUNCTION {table}_frozen()",
        DELETE + "EXECUTE FUNCTION {table}_frozen()",
    ],
}


def guard(model, using, may_change=()):
    """Put the triggers of a table of releases in place, after each migration.

    A migration that rebuilds the table drops them. `may_change` are the names of the fields
    that a release may change after all.
    """
    connection, table = connections[using], model._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return
        columns = ", ".join(
            connection.ops.quote_name(field.column)
            for field in model._meta.concrete_fields
            if field.name not in may_change
        )
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement.format(table=table, columns=columns))
