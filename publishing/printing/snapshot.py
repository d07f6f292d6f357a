from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.db import connection, transaction

kept = ContextVar("kept", default=None)


def once(function):
    """Ask a function once for the length of a print or a report, and otherwise each time it is called.

    In one view of the database the same question has the same answer. The answer is
    shared between pages: nobody may change it.
    """

    @wraps(function)
    def asked(*arguments):
        answers = kept.get()
        if answers is None:
            return function(*arguments)
        key = (function, *arguments)
        if key not in answers:
            answers[key] = function(*arguments)
        return answers[key]

    return asked


@contextmanager
def snapshot():
    """One unchanging view of the database for the length of a print.

    Without it an edition could hold one page from before a change and one from after.
    Nobody who writes waits for it: SQLite reads its log, PostgreSQL its versions. One within
    another is the same view, and has the same answers.
    """
    with answers_kept(), unchanging():
        yield


@contextmanager
def answers_kept():
    """Ask what is asked once as long as this lasts; one within another has the same answers."""
    outer = kept.get()
    token = kept.set({} if outer is None else outer)
    try:
        yield
    finally:
        kept.reset(token)


@contextmanager
def unchanging():
    if connection.in_atomic_block:
        # One within another, and in tests, whose transaction is the view.
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
                    # Thousands of pages are asked for at once, and taken over without a question. On
                    # a busy machine both take longer than a request may: as long as a print may.
                    cursor.execute("SET LOCAL statement_timeout = '60s'")
                    cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '60s'")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode
