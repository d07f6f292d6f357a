"""The database's own refusal to change the audit trail, whoever asks it, in whatever language."""

from django.db import connections

SAID = "The audit trail is never changed or deleted."
FUNCTION = f"""
CREATE OR REPLACE FUNCTION accounts_entry_kept() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{SAID}'; END $$ LANGUAGE plpgsql
"""
TRIGGER = "CREATE TRIGGER {name} BEFORE {act} ON accounts_entry {body}"
DROP = "DROP TRIGGER IF EXISTS {name}{on}"
# SQLite empties its tables between tests with DELETE, where PostgreSQL truncates; there the
# models alone refuse to delete.
ACTS = {
    "sqlite": {"accounts_entry_frozen": "UPDATE"},
    "postgresql": {"accounts_entry_frozen": "UPDATE", "accounts_entry_kept": "DELETE"},
}


def guard_entries(sender, using, **kwargs):
    """Put the triggers in place after a migration; one that rebuilds the table drops them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if "accounts_entry" not in connection.introspection.table_names(cursor):
            return
        on, body = "", f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
            on, body = " ON accounts_entry", "EXECUTE FUNCTION accounts_entry_kept()"
        for name, act in ACTS[connection.vendor].items():
            cursor.execute(DROP.format(name=name, on=on))
            cursor.execute(TRIGGER.format(name=name, act=act, body=body))
