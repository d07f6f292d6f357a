"""Editions on disk are whole, checked when read, and swapped with one rename."""

import hashlib
import json
import os
from datetime import timedelta

import pytest

from publishing.gate.outlines import Outline
from publishing.printing import editions, records

from ..builders import NOON, make_edition, make_html


def write(**given):
    number = editions.write(make_edition(**given))
    editions.switch(number)
    return number


def test_what_is_written_is_what_is_loaded():
    made = make_edition(
        pages={"/signs/": make_html("<p>é</p>")},
        parts={"error/404": make_html()},
        wanted=7,
        next_moment=NOON + timedelta(days=1),
    )
    number = editions.write(made)
    assert editions.load(number) == made


def test_the_next_print_finds_what_this_one_wrote_down():
    page = make_edition()
    outlines = {("/", page.items["/"].sha256): Outline(ids=("main",))}
    written = {"set_aside": ["/signs/"], "records": {"/help/juno/": "last"}}
    written |= {"checked_with": "checks", "kept": {"signposting": [1]}}
    number = editions.write(make_edition(outlines=outlines, **written))
    found = editions.summary(number)
    assert {name: found[name] for name in written} == written
    held = json.loads(editions.get(editions.root() / str(number), found["outlines"]).body)
    assert [[place, ids] for place, _, ids, *_ in held] == [["/", ["main"]]]


def test_the_first_edition_is_number_one_and_each_is_one_more():
    assert [write(), write(), write()] == [1, 2, 3]
    assert editions.current_number() == 3


def test_pages_lie_as_a_web_server_would_serve_them(editions_dir):
    write(pages={"/help/": make_html()})
    assert (editions_dir / "current/public/index.html").is_file()
    assert (editions_dir / "current/public/help/index.html").is_file()


def test_the_disk_holds_the_whole_of_an_edition_before_it_has_its_name(monkeypatch):
    """After a power cut nothing with a number may be half there."""
    synced = []

    def sync_all(folder):
        synced.append((sorted(path.name for path in folder.rglob("*")), editions.stored_numbers()))

    monkeypatch.setattr(editions.files, "sync_all", sync_all)
    number = editions.write(make_edition())
    written = sorted(path.name for path in (editions.root() / str(number)).rglob("*"))
    assert "manifest.json" in written
    assert synced == [(written, [])]


def test_a_swap_that_was_cut_short_is_swept_away_and_what_it_meant_stays(editions_dir):
    number = write()
    cut_short = editions_dir / ".current-0"
    cut_short.symlink_to(str(number))
    editions.sweep()
    assert not cut_short.is_symlink()
    assert editions.verify(number)


@pytest.mark.parametrize("found", [None, "", "{", "[]"])
def test_a_head_that_cannot_be_read_is_damaged(editions_dir, found):
    manifest = editions_dir / "7" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    if found is not None:
        manifest.write_text(found)
    with pytest.raises(editions.Damaged, match="Edition 7 cannot be read"):
        editions.head(7)


def test_the_folder_of_editions_need_not_be_there(settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "data" / "editions"
    assert write() == write() - 1 == 1


def test_the_oldest_edition_may_be_pinned_and_no_newer_one_is_served(editions_dir):
    for _ in range(3):
        write()
    editions.go_back_to(2)
    assert editions.load_best()[0].number == 2
    (editions_dir / "2/manifest.json").unlink()
    found, wrong = editions.load_best()
    assert found.number == 1
    assert wrong == ["Edition 2 cannot be read."]


def test_an_address_cannot_leave_its_folder(editions_dir):
    with pytest.raises(ValueError, match="is no address"):
        editions.write(make_edition(pages={"/../../secret": make_html()}))
    assert list(editions_dir.iterdir()) == []


def test_what_went_wrong_is_told_though_the_draft_cannot_be_swept(monkeypatch):
    def put(draft, name, item):
        draft.rmdir()
        raise OSError("No space left.")

    monkeypatch.setattr(editions.files, "put", put)
    with pytest.raises(OSError, match="No space left"):
        editions.write(make_edition())


def test_a_linked_file_is_the_same_file(editions_dir, tmp_path):
    source = tmp_path / "a.css"
    source.write_bytes(b"p {}")
    item = editions.Item("static", "text/css", b"p {}", link_to=source)
    write(files={"/static/a.css": item})
    assert (editions_dir / "1/public/static/a.css").samefile(source)


@pytest.mark.parametrize("damage", ["change", "cut", "delete", "empty manifest", "no manifest"])
def test_a_damaged_edition_is_not_loaded_and_the_one_before_is(editions_dir, damage):
    write()
    number = write(pages={"/signs/": make_html()})
    page, manifest = editions_dir / "2/public/signs/index.html", editions_dir / "2/manifest.json"
    {
        "change": lambda: page.write_text(page.read_text().replace("999", "998")),
        "cut": lambda: os.truncate(page, 100),
        "delete": page.unlink,
        "empty manifest": lambda: manifest.write_text("{}"),
        "no manifest": manifest.unlink,
    }[damage]()
    with pytest.raises(editions.Damaged):
        editions.load(number)
    found, wrong = editions.load_best()
    assert found.number == 1
    assert len(wrong) == 1
    assert "2" in wrong[0]


def test_another_register_in_the_manifest_is_damage(editions_dir):
    write()
    path = editions_dir / "1/manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "numbers": ["999", "0900"]}))
    with pytest.raises(editions.Damaged):
        editions.load(1)


def test_a_manifest_of_no_moment_is_damage(editions_dir):
    write()
    file = editions_dir / "1/manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"made": "yesterday"}))
    with pytest.raises(editions.Damaged, match="Edition 1 cannot be read"):
        editions.manifest(1)


@pytest.mark.parametrize("manifest", ["[]", '{"kept": []}', "no JSON"])
def test_what_an_unreadable_edition_kept_is_looked_for_in_the_one_before(editions_dir, manifest):
    write(kept={"words": [1]})
    write(kept={"words": [2]})
    assert records.last_kept("words") == [2]
    (editions_dir / "2/manifest.json").write_text(manifest)
    assert records.last_kept("words") == [1]


@pytest.mark.parametrize("change", ["another number", "no home page"])
def test_a_manifest_of_something_else_is_damage(editions_dir, change):
    write(pages={"/signs/": make_html()})
    file = editions_dir / "1" / "manifest.json"
    found = json.loads(file.read_text())
    if change == "another number":
        found["number"] = 2
    else:
        del found["items"]["/"]
    file.write_text(json.dumps(found))
    with pytest.raises(editions.Damaged, match="Edition 1 is not as it was printed"):
        editions.manifest(1)


def test_with_no_edition_there_is_nothing_to_load():
    assert editions.load_best() == (None, ["No edition has been printed."])


def test_an_edition_that_was_never_switched_to_is_not_served():
    write()
    editions.write(make_edition(pages={"/signs/": make_html()}))
    assert editions.load_best()[0].number == 1


def test_the_last_ten_are_kept_and_drafts_are_swept(editions_dir):
    for _ in range(12):
        write()
    (editions_dir / "draft-1").mkdir()
    editions.sweep()
    assert editions.stored_numbers() == list(range(12, 2, -1))
    assert not (editions_dir / "draft-1").exists()


def test_an_edition_that_was_gone_back_to_is_kept(editions_dir):
    write()
    editions.go_back_to(1)
    for _ in range(12):
        editions.write(make_edition())
    editions.sweep()
    assert 1 in editions.stored_numbers()
    assert editions.pin() == 1


def test_going_back_to_what_is_not_there_changes_nothing():
    write()
    with pytest.raises(editions.Damaged):
        editions.go_back_to(9)
    assert editions.current_number() == 1
    assert editions.pin() is None


def test_the_summary_of_an_edition_that_cannot_be_read_says_so(editions_dir):
    write()
    assert editions.summary(1)["number"] == 1
    (editions_dir / "1/manifest.json").write_text("{")
    with pytest.raises(editions.Damaged, match="Edition 1 cannot be read"):
        editions.summary(1)


def test_the_numbers_of_an_edition_have_the_same_digest_in_every_release_of_the_site():
    """An edition that was printed before says by it which register it was made from."""
    found = make_edition(numbers=("116123", "999")).register
    assert found == hashlib.sha256(b"116123\n999").hexdigest()
    assert found != make_edition(numbers=("11612", "3999")).register
