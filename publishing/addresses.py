"""Which addresses Django itself answers; all others that are public are the edition's."""

from django.conf import settings
from django.urls import Resolver404, resolve

# The newsroom, its style, and open data with a query, which errs in JSON.
DJANGO = ("/admin/", settings.STATIC_URL, "/api/", "/-/")


def answered_by_django(path):
    """Return whether to ask Django for a path that the edition does not hold.

    A path with a name in it, such as /advice/<slug>/, is public only if it is in the
    edition: so Django is not asked about every address that somebody makes up. A path
    without its last slash is the same address.
    """
    if path.startswith(DJANGO):
        return True
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        try:
            match = resolve(path)
        except Resolver404:
            return False
    return not match.args and not match.kwargs
