"""The launch content in the tests' own database."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def loaded(blocker, *apps):
    """Load what these apps have at launch, once for a file of tests.

    Loading takes longer than most tests do. It happens in a transaction around theirs, so
    each test begins with the content as loaded, and nothing is left when the file is done.
    """
    with blocker.unblock(), transaction.atomic():
        for app in apps:
            app.load()
        try:
            yield
        finally:
            transaction.set_rollback(True)
