"""After damage on the disk, the very bytes that readers get; and after it was put right."""

import pytest

from publishing.printing import editions
from publishing.printing.editions import Damaged, Item
from publishing.serving.loaded_edition import EditionLoader
from safety.headers import security_headers

from ..builders import make_edition, make_html

STYLE = "/static/site.1234.css"

# What of an edition may be damaged: a file below its folder, and how the file lies there.
FILES = {
    "page": "public/help/index.html",
    "file": "public/static/site.1234.css",
    "br": "public/static/site.1234.css.br",
    "gzip": "public/static/site.1234.css.gz",
    "part": "parts/cover.html",
}


def print_one(words):
    """Store an edition that says these words in all it holds, and switch to it."""
    said = words.encode()
    encoded = {"br": b"br " + said, "gzip": b"gzip " + said}
    style = Item("static", "text/css; charset=utf-8", b"/* " + said + b" */", encoded=encoded)
    pages = {"/help/": make_html(f"<p>{words}</p>")}
    made = make_edition(pages=pages, files={STYLE: style}, parts={"cover": f"<p>{words}</p>"})
    number = editions.write(made)
    editions.switch(number)
    return number


def served(loader):
    """Return everything that a reader may get from what is served now: all of its bytes."""
    found = loader.served
    bodies = [page.body for page in found.pages.values()]
    for file in found.files.values():
        bodies += [answer.body for answer in file.answers.values()]
    return [*bodies, *found.parts.values()]


def say(loader, words):
    """Return whether all that is served is of the edition with these words."""
    home, *others = served(loader)
    assert len(others) > 4
    return all(words.encode() in body for body in others)


def loaded():
    loader = EditionLoader(security_headers)
    loader.look()
    return loader


@pytest.fixture(params=FILES)
def damaged(request, editions_dir):
    """Damage a file of an edition: damaged(number) returns what puts it right again."""

    def damage(number):
        path = editions_dir / str(number) / FILES[request.param]
        right = path.read_bytes()
        path.write_bytes(right.replace(b"New", b"Bad"))
        assert path.read_bytes() != right
        return lambda: path.write_bytes(right)

    return damage


def test_an_edition_with_any_file_damaged_is_never_loaded(damaged):
    number = print_one("New")
    repair = damaged(number)
    with pytest.raises(Damaged):
        editions.load(number)
    repair()
    assert editions.load(number).number == number


def test_a_worker_that_starts_takes_the_one_before_it(damaged):
    print_one("Old")
    damaged(print_one("New"))
    assert say(loaded(), "Old")


def test_a_worker_that_runs_keeps_what_it_has_and_takes_the_repaired_one(damaged):
    print_one("Old")
    loader = loaded()
    assert say(loader, "Old")
    repair = damaged(print_one("New"))
    loader.look()
    assert say(loader, "Old")
    assert loader.wrong
    loader.compare()
    loader.look()
    assert say(loader, "Old")
    repair()
    loader.compare()
    loader.look()
    assert say(loader, "New")
    assert loader.wrong == []


def test_what_is_damaged_while_it_is_served_is_served_as_it_was(damaged):
    number = print_one("New")
    loader = loaded()
    repair = damaged(number)
    loader.compare()
    loader.look()
    assert say(loader, "New")
    assert loader.wrong
    repair()
    loader.compare()
    loader.look()
    assert say(loader, "New")
    assert loader.wrong == []


def test_what_is_in_memory_is_better_than_an_older_edition_on_disk(damaged):
    print_one("Old")
    number = print_one("New")
    loader = loaded()
    damaged(number)
    damaged(print_one("New"))
    loader.look()
    # The same bytes are in memory, as they were printed; what lies on the disk is told.
    assert say(loader, "New")
    loader.compare()
    assert say(loader, "New")
    assert loader.wrong


def test_a_new_edition_is_taken_whatever_became_of_the_last(damaged):
    number = print_one("New")
    loader = loaded()
    damaged(number)
    loader.compare()
    print_one("Newest")
    loader.look()
    assert say(loader, "Newest")
    assert loader.wrong == []
