"""Editions on disk are whole, checked when read, and swapped with one rename."""

import json
import os
from datetime import timedelta

import pytest

from publishing import edition

from .builders import NOON, make_edition, make_html


def write(**given):
    number = edition.write(make_edition(**given))
    edition.switch(number)
    return number


def test_what_is_written_is_what_is_loaded():
    made = make_edition(
        pages={"/signs/": make_html("<p>é</p>")},
        parts={"error/404": make_html()},
        wanted=7,
        next_moment=NOON + timedelta(days=1),
    )
    number = edition.write(made)
    assert edition.load(number) == made


def test_the_first_edition_is_number_one_and_each_is_one_more():
    assert [write(), write(), write()] == [1, 2, 3]
    assert edition.current_number() == 3


def test_pages_lie_as_a_web_server_would_serve_them(editions):
    write(pages={"/help/": make_html()})
    assert (editions / "current/public/index.html").is_file()
    assert (editions / "current/public/help/index.html").is_file()


def test_an_address_cannot_leave_its_folder(editions):
    with pytest.raises(ValueError, match="is no address"):
        edition.write(make_edition(pages={"/../../secret": make_html()}))
    assert list(editions.iterdir()) == []


def test_a_linked_file_is_the_same_file(editions, tmp_path):
    source = tmp_path / "a.css"
    source.write_bytes(b"p {}")
    item = edition.Item("static", "text/css", b"p {}", link_to=source)
    write(files={"/static/a.css": item})
    assert (editions / "1/public/static/a.css").samefile(source)


@pytest.mark.parametrize("damage", ["change", "cut", "delete", "empty manifest", "no manifest"])
def test_a_damaged_edition_is_not_loaded_and_the_one_before_is(editions, damage):
    write()
    number = write(pages={"/signs/": make_html()})
    page, manifest = editions / "2/public/signs/index.html", editions / "2/manifest.json"
    {
        "change": lambda: page.write_text(page.read_text().replace("999", "998")),
        "cut": lambda: os.truncate(page, 100),
        "delete": page.unlink,
        "empty manifest": lambda: manifest.write_text("{}"),
        "no manifest": manifest.unlink,
    }[damage]()
    with pytest.raises(edition.Damaged):
        edition.load(number)
    found, wrong = edition.load_best()
    assert found.number == 1
    assert len(wrong) == 1
    assert "2" in wrong[0]


def test_another_register_in_the_manifest_is_damage(editions):
    write()
    path = editions / "1/manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "numbers": ["999", "0900"]}))
    with pytest.raises(edition.Damaged):
        edition.load(1)


def test_with_no_edition_there_is_nothing_to_load():
    assert edition.load_best() == (None, ["No edition has been printed."])


def test_an_edition_that_was_never_switched_to_is_not_served():
    write()
    edition.write(make_edition(pages={"/signs/": make_html()}))
    assert edition.load_best()[0].number == 1


def test_the_last_ten_are_kept_and_drafts_are_swept(editions):
    for _ in range(12):
        write()
    (editions / "draft-1").mkdir()
    edition.sweep()
    assert edition.numbers() == list(range(12, 2, -1))
    assert not (editions / "draft-1").exists()


def test_an_edition_that_was_gone_back_to_is_kept(editions):
    write()
    edition.go_back_to(1)
    for _ in range(12):
        edition.write(make_edition())
    edition.sweep()
    assert 1 in edition.numbers()
    assert edition.pin() == 1


def test_going_back_to_what_is_not_there_changes_nothing():
    write()
    with pytest.raises(edition.Damaged):
        edition.go_back_to(9)
    assert edition.current_number() == 1
    assert edition.pin() is None
