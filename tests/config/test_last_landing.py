"""A database that this site had before comes along whole: nothing published is lost."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ..server import Server

pytestmark = [pytest.mark.server, pytest.mark.slow]

OLD = Path(__file__).parent / "data" / "2026-11-26.sqlite3.gz"


def rows(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


# What readers and staff had, by table: none of these rows may be lost or lose its name.
KEPT = {
    "services": "SELECT slug, name, status FROM signposting_service ORDER BY slug",
    "numbers": """SELECT s.slug, r.key, r.dial, r.address FROM signposting_route r
        JOIN signposting_service s ON s.id = r.service_id ORDER BY 1, 2""",
    "pages": "SELECT kind, slug, title FROM awareness_page ORDER BY 1, 2",
    "releases": "SELECT page_id, number, live_from FROM awareness_release ORDER BY 1, 2",
    "people": "SELECT username FROM auth_user ORDER BY 1",
}


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory):
    """The old database, and the same one after `manage.py prepare` of today."""
    folder = tmp_path_factory.mktemp("old")
    old = folder / "old.sqlite3"
    old.write_bytes(gzip.decompress(OLD.read_bytes()))
    (folder / "data").mkdir()
    (folder / "data" / "site.sqlite3").write_bytes(old.read_bytes())
    Server(folder / "data").close()
    return old, folder / "data"


@pytest.mark.parametrize("what", KEPT)
def test_nothing_is_lost(before_and_after, what):
    old, data = before_and_after
    assert rows(old, KEPT[what])
    assert set(rows(old, KEPT[what])) <= set(rows(data / "site.sqlite3", KEPT[what]))


def test_every_public_address_and_number_is_printed_as_before(before_and_after):
    old, data = before_and_after
    manifest = json.loads((data / "editions/current/manifest.json").read_text())
    public = rows(old, "SELECT slug FROM signposting_service WHERE status = 'published'")
    assert {f"/help/{slug}/" for (slug,) in public} <= set(manifest["items"])
    pages = rows(old, "SELECT slug FROM awareness_page WHERE kind = 'advice'")
    assert {f"/advice/{slug}/" for (slug,) in pages} <= set(manifest["items"])
    dialled = rows(
        old,
        """SELECT r.dial FROM signposting_route r JOIN signposting_service s ON s.id = r.service_id
        WHERE r.dial != '' AND r.held_because = '' AND s.status = 'published'""",
    )
    assert {dial for (dial,) in dialled} <= set(manifest["numbers"])
