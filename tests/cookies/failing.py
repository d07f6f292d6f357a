"""The real site, but while its data folder holds a file "fail", an answer about cookies fails.

Not in a way that anybody expected: what is raised is no error of a database.
"""

from django.conf import settings

from config.asgi import application
from cookies import consent

__all__ = ["application"]

record = consent.record


def fail_or_record(*args):
    if (settings.DATA_DIR / "fail").exists():
        raise RuntimeError("canary")
    record(*args)


consent.record = fail_or_record
