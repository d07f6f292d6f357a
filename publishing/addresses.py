"""Which kind of address a path is: the one place that says so, for every app."""

import re
from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.urls import Resolver404, resolve

LEAVE = "/leave/"
# Each is a file of the edition under a name of its own; the sources register the same ones.
FILES = {
    "/.well-known/security.txt",
    "/feed/",
    "/partners/embed.txt",
    "/robots.txt",
    "/sitemap.xml",
}


class AddressKind(StrEnum):
    PAGE = "page"  # What a reader sees, and whatever nobody knows.
    FILE = "file"  # For programs that visit sites: feed, sitemap, robots.txt, security.txt.
    DATA = "data"  # Open data, for the programs of other sites: errors and redirects too.
    STATIC = "static"  # Style and script.
    UPLOAD = "upload"  # Pictures of editors.
    PREVIEW = "preview"  # A draft for a colleague, who has no account.
    NEWSROOM = "newsroom"  # The admin.
    OPERATOR = "operator"  # Whether the site is alive, for those who run it.
    LEAVE = "leave"  # The way out.


FOLDERS = {
    "/api/": AddressKind.DATA,
    settings.STATIC_URL: AddressKind.STATIC,
    settings.MEDIA_URL: AddressKind.UPLOAD,
    "/preview/": AddressKind.PREVIEW,
    "/admin/": AddressKind.NEWSROOM,
    "/-/": AddressKind.OPERATOR,
}
NAMED = {LEAVE: AddressKind.LEAVE, **dict.fromkeys(FILES, AddressKind.FILE)}
# The newsroom and its style, drafts for colleagues, what operators ask, and open data with a
# query, which errs in JSON.
ALWAYS_DJANGO = {
    AddressKind.PREVIEW,
    AddressKind.NEWSROOM,
    AddressKind.STATIC,
    AddressKind.DATA,
    AddressKind.OPERATOR,
}
# Beside the static files: how our code was written, the list of them all, and their other forms.
NOT_PUBLIC = re.compile(
    rf"^{re.escape(settings.STATIC_URL)}(?:staticfiles\.json|.*\.(?:map|br|gz))$"
)


@lru_cache(maxsize=1024)  # Asked for every request.
def kind_of(path: str) -> AddressKind:
    """Return which kind of address a path is. It asks nobody whether there is such a page.

    `path` starts with a slash and has no query; one without its last slash is a page.
    """
    if path in NAMED:
        return NAMED[path]
    for folder, kind in FOLDERS.items():
        if path.startswith(folder):
            return kind
    return AddressKind.PAGE


def answered_by_django(path):
    """Return whether to ask Django for a path that the edition does not hold.

    A path with a name in it, such as /advice/<slug>/, is public only if it is in the
    edition: so Django is not asked about every address that somebody makes up. A path
    without its last slash is the same address.
    """
    if kind_of(path) in ALWAYS_DJANGO:
        return not NOT_PUBLIC.search(path)
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        try:
            match = resolve(path)
        except Resolver404:
            return False
    return not match.args and not match.kwargs
