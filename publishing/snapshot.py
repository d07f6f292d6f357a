from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot():
    """One unchanging view of the database for the length of a print.

    Without it an edition could hold one page from before a change and one from after.
    Nobody who writes waits for it: SQLite reads its log, PostgreSQL its versions.
    """
    if connection.in_atomic_block:
        # Only in tests: their transaction is the view.
        yield
        return
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode
