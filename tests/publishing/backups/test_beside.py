"""The copy beside the editions: whole, of the last one alone, and never of what was taken off."""

import shutil

import pytest

from publishing.backups import beside
from publishing.printing import editions, schedule, taken_off
from publishing.serving.loaded_edition import EditionLoader
from safety.headers import security_headers

from ..builders import make_edition, make_html

GONE = "02070000000"


def put(words, **given):
    """Print an edition with these words on the help page, and copy it as its machine does."""
    made = make_edition(pages={"/help/": make_html(f"<p>{words}</p>")}, **given)
    number = editions.write(made)
    editions.switch(number)
    return number


def served():
    """Return the help page that a worker serves that has nothing in memory, and what was wrong."""
    loader = EditionLoader(security_headers)
    loader.look()
    return loader.served and loader.served.pages["/help/"].body, loader.wrong


def names(place):
    return {path.name for path in place.iterdir()}


def test_it_stands_in_for_the_whole_folder(editions_dir):
    beside.keep(put("Old"))
    beside.keep(put("New"))
    # Of a process that was killed while it made one.
    (editions.second() / "draft-1").mkdir()
    beside.keep(put("Newest"))
    assert names(editions.second()) == {"3", "copy.lock", "current"}
    shutil.rmtree(editions_dir)
    body, wrong = served()
    assert b"<p>Newest</p>" in body
    assert wrong == ["Edition 3 is served from its copy."]


def test_a_whole_one_is_not_made_again(editions_dir):
    number = put("New")
    beside.keep(number)
    page = editions.second() / "1/public/help/index.html"
    before = page.stat().st_ino
    beside.keep(number)
    assert page.stat().st_ino == before
    page.unlink()
    beside.keep(number)
    assert "New" in page.read_text()


def test_it_comes_before_an_older_edition_and_is_not_touched_by_what_damages_its_own(editions_dir):
    put("Old")
    beside.keep(put("New"))
    (editions_dir / "2/public/help/index.html").write_text("damaged")
    body, wrong = served()
    assert b"<p>New</p>" in body
    assert wrong == ["Edition 2 is not as it was printed.", "Edition 2 is served from its copy."]


def test_whoever_went_back_is_not_overruled_by_a_copy_of_what_is_newer(editions_dir):
    put("Old")
    beside.keep(put("New"))
    editions.go_back_to(1)
    assert served() == (editions.load(1).items["/help/"].body, [])
    shutil.rmtree(editions_dir / "1")
    assert served()[0] is None


def test_a_damaged_copy_is_not_served_and_made_anew(editions_dir):
    number = put("New")
    beside.keep(number)
    page = editions.second() / "1/public/help/index.html"
    page.write_text("damaged")
    editions_dir.rename(editions_dir.with_name("away"))
    assert served()[0] is None
    editions_dir.with_name("away").rename(editions_dir)
    beside.keep(number)
    assert "New" in page.read_text()
    assert editions.stored_numbers(editions.second()) == [1]


def test_a_damaged_edition_does_not_take_the_place_of_a_whole_copy(editions_dir):
    beside.keep(put("Old"))
    number = put("New")
    (editions_dir / "2/public/help/index.html").write_text("damaged")
    with pytest.raises(editions.Damaged, match="Edition 2 is not as it was printed"):
        beside.keep(number)
    assert names(editions.second()) == {"1", "copy.lock", "current"}
    shutil.rmtree(editions_dir)
    assert b"<p>Old</p>" in served()[0]


def test_a_pinned_edition_is_put_back_whole_or_not_at_all(editions_dir, monkeypatch):
    number = put("Pinned")
    beside.keep(number)
    editions.keep_pin(number)
    shutil.rmtree(editions_dir)
    editions_dir.mkdir()

    def full(draft):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(beside, "sync_all", full)
        with pytest.raises(OSError, match="No space left"):
            beside.put_back(number)
    assert names(editions_dir) == set()
    page = editions.second() / "1/public/help/index.html"
    whole = page.read_text()
    page.write_text("damaged")
    with pytest.raises(editions.Damaged):
        beside.put_back(number)
    assert names(editions_dir) == set()
    page.write_text(whole)
    beside.put_back(number)
    assert (editions.current_number(), editions.pin()) == (1, 1)
    assert b"<p>Pinned</p>" in served()[0]


def test_two_who_make_it_at_one_moment_leave_it_whole(editions_dir, monkeypatch):
    beside.keep(put("Old"))
    number = put("New")

    def another(draft):
        # Its files are there, and wait for the disk.
        monkeypatch.undo()
        beside.keep(number)

    monkeypatch.setattr(beside, "sync_all", another)
    beside.keep(number)
    shutil.rmtree(editions_dir)
    assert b"<p>New</p>" in served()[0]
    assert (editions.second() / "current/manifest.json").exists()


def test_a_mirror_gets_it_though_whoever_made_it_was_killed_before_it_was_linked(editions_dir):
    number = put("New")
    beside.keep(number)
    mirror = editions.second() / "current"
    mirror.unlink()
    beside.keep(number)
    assert mirror.resolve() == editions.second() / "1"


def test_a_mirror_does_not_get_what_was_taken_off_while_it_was_made(editions_dir, monkeypatch):
    number = put("Old", numbers=("999", GONE))
    mirror = editions.second() / "current"
    beside.keep(number)
    assert mirror.exists()
    shutil.rmtree(editions.second())

    def print_another(draft):
        put("New", numbers=("999",))
        editions.note_taken_off(["999"])

    monkeypatch.setattr(beside, "sync_all", print_another)
    with pytest.raises(editions.TakenOff):
        beside.keep(number)
    assert not mirror.exists()


def test_numbers_go_on_after_the_folder_was_lost(editions_dir):
    put("Old")
    beside.keep(put("New"))
    shutil.rmtree(editions_dir)
    assert put("Newest") == 3


def test_what_was_taken_off_is_known_without_the_folder(editions_dir):
    beside.keep(put("Old", numbers=("999", GONE)))
    put("New", numbers=("999",))
    editions.note_taken_off(["999"])
    shutil.rmtree(editions_dir)
    # The copy is of the edition before, for this machine had no time to make another.
    assert served()[0] is None
    assert taken_off.read(editions_dir) == {GONE}
    put("Newest", numbers=("999",))
    editions.note_taken_off(["999"])
    assert (editions_dir / "taken-off").read_text() == GONE


@pytest.mark.parametrize("place", ["editions", "editions-copy"])
def test_the_list_is_written_in_both_places_though_nothing_is_taken_off(
    editions_dir, tmp_path, place
):
    put("New")
    editions.note_taken_off(editions.load(1).numbers)
    shutil.rmtree(tmp_path / place)
    assert taken_off.is_known(editions_dir)


@pytest.mark.django_db
def test_the_machine_makes_it_and_mends_it_and_a_full_disk_keeps_it_from_no_print(
    editions_dir, monkeypatch, caplog
):
    printing = schedule.Printing()
    put("New")
    printing.copy(printing.current())
    assert not editions.second().exists(), (
        "while prints may be close upon each other the disk is theirs"
    )
    monkeypatch.setattr(schedule, "SETTLED", -1)
    copied = editions.second() / str(put("Newer"))
    printing.copy(printing.current())
    assert copied.is_dir()
    shutil.rmtree(copied)
    printing.copy(printing.current())
    assert not copied.exists(), "it is asked only now and then"
    monkeypatch.setattr(schedule, "COMPARE", -1)
    copied = editions.second() / str(put("Newest"))
    printing.copy(printing.current())
    shutil.rmtree(copied)
    printing.copy(printing.current())
    assert copied.is_dir()

    def full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(beside, "keep", full)
    printing.copy(printing.current())
    assert "could not be copied: No space left on device" in caplog.text

    def damaged(number):
        raise editions.Damaged(f"Edition {number} cannot be read.")

    monkeypatch.setattr(beside, "keep", damaged)
    printing.copy(printing.current())
    assert "Edition 3 could not be copied: Edition 3 cannot be read." in caplog.text


def test_without_an_edition_there_is_nothing_to_copy(editions_dir):
    schedule.Printing().copy(None)
    assert not editions.second().exists()
