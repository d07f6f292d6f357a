"""The migrations of an upgrade, killed in the middle and begun again, in the database at DATABASE_URL.

python -m tests.faults.upgrades 12 brings it up to date as bin/run does, and kills itself before its
twelfth statement; 0 lets it end. "state" prints what the database holds, as JSON.
"""

import json
import os
import re
import signal
import sys
from itertools import count

import django
from django.apps import apps
from django.db import connection

# How it was some versions ago. Whatever comes later can be undone.
OLDER = {
    "awareness": "0003_release_digest",
    "publishing": "0001_initial",
    "accounts": "0002_log_ins",
    "signposting": "0012_grades",
}
COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, character_maximum_length
FROM information_schema.columns WHERE table_schema = 'public'
"""
CONSTRAINTS = "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
SCHEMA = {
    "sqlite": ("SELECT type, tbl_name, sql FROM sqlite_master",),
    "postgresql": (COLUMNS, CONSTRAINTS, INDEXES),
}
# Columns that say when or in which order a row was made, and what is made of them.
GIVEN = re.compile(r"(^|_)(id|at)$|^applied$|^digest$")


def die_before(step):
    """Return a wrapper of statements that kills this process before so many were executed."""
    left = count(step - 1, -1)

    def execute_or_die(execute, *arguments):
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    return execute_or_die


def bring_up_to_date(step):
    from config.management.commands.prepare import Command

    with connection.execute_wrapper(die_before(step)):
        Command().migrate()


def state():
    """Return the shape of the database, and the rows of each table, but for numbers and times given.

    The last of the shape are the rows whose digest was not made of what they say.
    """
    shape, tables = [], {}
    with connection.cursor() as cursor:
        for question in SCHEMA[connection.vendor]:
            cursor.execute(question)
            shape.append(sorted(map(repr, cursor.fetchall())))
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            kept = [n for n, column in enumerate(cursor.description) if not GIVEN.search(column[0])]
            rows = cursor.fetchall()
            tables[name] = sorted(repr([row[n] for n in kept]) for row in rows)
    signed = [model for model in apps.get_models() if hasattr(model, "is_right")]
    rows = [row for model in signed for row in model._base_manager.all()]
    assert rows, "nothing is signed"
    return [[*shape, sorted(repr(row) for row in rows if not row.is_right)], tables]


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "state":
        print(json.dumps(state()))  # noqa: T201
    else:
        bring_up_to_date(int(sys.argv[1]))
