"""Which kind of address a path is, and everything that follows from it, as one table."""

import pytest

from cookies.paths import is_own
from publishing.addresses import AddressKind, answered_by_django, kind_of
from publishing.serving.django_bridge import NEWSROOM
from safety.headers import kind_of_answer
from safety.leaving import covers

PICTURE = f"/uploads/{'a' * 32}.jpg"
YES, NO = True, False

# The path; its kind; the kind of its headers as HTML and as text; whether the cover stands in
# for it; whether a reader may be sent back to it; whether Django is asked without an edition;
# whether only staff ask Django for it.
TABLE = [
    ("/", "page", "page", "file", YES, YES, YES, NO),
    ("/help/", "page", "page", "file", YES, YES, YES, NO),
    ("/help", "page", "page", "file", YES, NO, YES, NO),
    ("/help/paladin/", "page", "page", "file", YES, YES, NO, NO),
    ("/help/paladin/report/", "page", "page", "file", YES, YES, NO, NO),
    ("/campaigns/2024/", "page", "page", "file", YES, YES, NO, NO),
    ("/cookies/", "page", "page", "file", YES, YES, YES, NO),
    ("/cookies/reading/", "page", "page", "file", YES, YES, YES, NO),
    ("/cookies/save/", "page", "page", "file", YES, NO, YES, NO),
    ("/cookies/count/", "page", "page", "file", YES, NO, YES, NO),
    ("/made-up/", "page", "page", "file", YES, NO, NO, NO),
    ("/favicon.ico", "page", "page", "file", YES, NO, NO, NO),
    ("/leave/", "leave", "page", "file", NO, NO, NO, NO),
    ("/leave", "page", "page", "file", YES, NO, NO, NO),
    ("/leave/x/", "page", "page", "file", YES, NO, NO, NO),
    ("/robots.txt", "file", "page", "file", NO, NO, YES, NO),
    ("/sitemap.xml", "file", "page", "file", NO, NO, YES, NO),
    ("/feed/", "file", "page", "file", YES, NO, YES, NO),
    ("/feed", "page", "page", "file", YES, NO, YES, NO),
    ("/.well-known/security.txt", "file", "page", "file", NO, NO, YES, NO),
    ("/.well-known/other.txt", "page", "page", "file", YES, NO, NO, NO),
    ("/static/css/site.css", "static", "page", "file", NO, NO, YES, YES),
    ("/static", "page", "page", "file", YES, NO, NO, NO),
    (PICTURE, "upload", "page", "upload", NO, NO, NO, YES),
    ("/uploads/x", "upload", "page", "upload", NO, NO, NO, YES),
    ("/preview/a-token/", "preview", "page", "upload", YES, NO, YES, NO),
    ("/preview/a-token/pictures/x", "preview", "page", "upload", YES, NO, YES, NO),
    ("/preview", "page", "page", "file", YES, NO, NO, NO),
    ("/api/open-referral/v3/", "data", "data", "data", NO, NO, YES, NO),
    ("/api/open-referral/v3/services", "data", "data", "data", NO, NO, YES, NO),
    ("/api/x", "data", "data", "data", NO, NO, YES, NO),
    ("/api", "page", "page", "file", YES, NO, NO, NO),
    ("/admin/", "newsroom", "admin", "admin", NO, NO, YES, YES),
    ("/admin/awareness/page/", "newsroom", "admin", "admin", NO, NO, YES, YES),
    ("/admin", "page", "page", "file", YES, NO, YES, NO),
    ("/administration/", "page", "page", "file", YES, NO, NO, NO),
    ("/-/live", "operator", "page", "file", NO, NO, YES, NO),
    ("/-/ready", "operator", "page", "file", NO, NO, YES, NO),
    ("/-/metrics", "operator", "page", "file", NO, NO, YES, NO),
    ("/-/x", "operator", "page", "file", NO, NO, YES, NO),
    ("/-", "page", "page", "file", YES, NO, NO, NO),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_what_follows_from_an_address(row):
    path = row[0]
    assert row[1:] == (
        kind_of(path),
        kind_of_answer(path, "text/html; charset=utf-8"),
        kind_of_answer(path, "text/plain"),
        covers(path),
        is_own(path),
        answered_by_django(path),
        kind_of(path) in NEWSROOM,
    )


def test_every_kind_of_address_is_in_the_table():
    assert {row[1] for row in TABLE} == set(AddressKind)
