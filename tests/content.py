"""The launch content in the tests' own database."""

import json
from contextlib import contextmanager
from datetime import time, timedelta

from django.apps import apps
from django.db import connection, transaction

# How long the checks of the launch content hold in tests, which say what readers are told as long
# as they do. They were made on a day in the past.
CHECKS_HOLD = timedelta(days=50 * 365)

# What was loaded before, by its apps: what the database had, and what it had then.
_kept = {}


@contextmanager
def loaded(blocker, *contents):
    """Load what these apps have at launch, once for a file of tests.

    It happens in a transaction around theirs, so each test begins with the content as loaded,
    and nothing is left when the file is done.
    """
    with blocker.unblock(), transaction.atomic():
        load(*contents)
        try:
            yield
        finally:
            transaction.set_rollback(True)


def load(*contents):
    """Load what these apps have at launch; the second time as the rows that it made.

    Loading takes longer than most tests do, and every file of tests would do it again. What
    numbers the rows in PostgreSQL gives no number twice, also of rows that were not kept.
    """
    names = tuple(content.__name__ for content in contents)
    before = rows()
    if before == _kept.get(names, (None, None))[0]:
        add(before, _kept[names][1])
        return
    for content in contents:
        content.load()
    if all(set(before[table]) <= set(now) for table, now in rows().items()):
        _kept[names] = before, rows()


def add(before, after):
    """Add what the tables had after, in the order that they had it in."""
    with connection.cursor() as cursor:
        for table, now in after.items():
            had = set(before[table])
            if added := [row for row in now if row not in had]:
                values = ", ".join(["%s"] * len(now[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({values})", added)


def rows():
    """Return table -> its rows, as the database takes them back."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models if model._meta.managed}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            found[table] = [tuple(map(plain, row)) for row in cursor.fetchall()]
    return found


def plain(value):
    match value:
        case time():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value)
        case memoryview():
            return bytes(value)
    return value
