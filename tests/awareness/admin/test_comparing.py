"""Two releases, compared as the reader sees them."""

import random

import pytest
from django.utils import timezone

from awareness import editing
from awareness.admin import comparing
from awareness.admin.comparing import ADDED, CHANGED, MOVED, REMOVED, SAME, Shown

from ..conftest import write


def blocks(*texts):
    return [Shown("Text", tuple(text.split())) for text in texts]


def kinds(rows):
    return [(row.kind, row.before, row.after) for row in rows]


def test_what_is_the_same_is_the_same():
    both = blocks("one two", "three four")
    assert kinds(comparing.compare(both, both)) == [(SAME, 0, 0), (SAME, 1, 1)]


def test_words_that_came_and_went_are_told_in_their_block():
    rows = comparing.compare(
        blocks("Call the police when you can"), blocks("Call the police today")
    )
    assert kinds(rows) == [(CHANGED, 0, 0)]
    assert rows[0].parts == [
        (SAME, "Call the police"),
        (REMOVED, "when you can"),
        (ADDED, "today"),
    ]


def test_a_moved_block_is_recognised_and_those_it_passed_are_not():
    rows = comparing.compare(blocks("a a", "b b", "c c", "d d"), blocks("b b", "c c", "d d", "a a"))
    assert kinds(rows) == [(SAME, 1, 0), (SAME, 2, 1), (SAME, 3, 2), (MOVED, 0, 3)]


def test_a_block_that_moved_and_changed_is_both():
    long = "the first of these words stays as it is"
    rows = comparing.compare(blocks(long, "b b", "c c"), blocks("b b", "c c", f"{long} now"))
    assert kinds(rows) == [(SAME, 1, 0), (SAME, 2, 1), (CHANGED, 0, 2)]
    assert rows[2].moved


def test_what_went_stands_where_it_was():
    rows = comparing.compare(blocks("a a", "b b", "c c"), blocks("a a", "c c", "d d"))
    assert kinds(rows) == [(SAME, 0, 0), (REMOVED, 1, None), (SAME, 2, 1), (ADDED, None, 2)]


def test_another_kind_of_block_is_never_the_same_block_changed():
    rows = comparing.compare(blocks("one two"), [Shown("Call-out", ("one", "two"))])
    assert sorted(row.kind for row in rows) == [ADDED, REMOVED]


@pytest.mark.parametrize("seed", range(40))
def test_every_block_of_both_is_told_of_once(seed):
    dice = random.Random(seed)
    words = [f"{word} " * dice.randint(1, 5) for word in "abcdefg"]
    before, after = (blocks(*dice.choices(words, k=dice.randint(0, 9))) for _ in "12")
    rows = comparing.compare(before, after)
    assert sorted(row.before for row in rows if row.before is not None) == list(range(len(before)))
    assert sorted(row.after for row in rows if row.after is not None) == list(range(len(after)))
    for row in rows:
        old = " ".join(words for kind, words in row.parts if kind in (SAME, REMOVED))
        new = " ".join(words for kind, words in row.parts if kind in (SAME, ADDED))
        assert row.before is None or old == " ".join(before[row.before].words)
        assert row.after is None or new == " ".join(after[row.after].words)


@pytest.mark.django_db
class TestAsTheReaderSeesThem:
    def shown(self, page):
        return comparing.shown(page.freeze(), timezone.now())

    def test_words_lines_and_pictures_are_read_and_markup_is_not(self, every_block):
        found = self.shown(every_block)
        names = [block.name for block in found]
        assert names[0] == "Title and summary"
        assert {"Quotation", "Call-out", "Steps", "Image", "Helplines", "Signs"} <= set(names)
        by_name = dict(zip(names, found, strict=True))
        assert "It may be seen." in comparing.text(by_name["Call-out"].words)
        assert comparing.text(by_name["Image"].words).startswith("[Picture: A poster]")
        assert by_name["Image"].pictures == (f"/uploads/{'a' * 32}.jpg",)
        assert "<" not in "".join("".join(block.words) for block in found)
        assert "Fake profiles\nHacking" in comparing.text(by_name["Signs"].words)

    def test_another_picture_with_the_same_words_is_a_change(self, every_block):
        before = self.shown(every_block)
        image = every_block.awareness_image_set.get()
        image.sizes = [{"file": f"{'b' * 32}.jpg", "width": 640, "height": 480}]
        image.save()
        changed = [
            row for row in comparing.compare(before, self.shown(every_block)) if row.kind != SAME
        ]
        assert [row.name for row in changed] == ["Image"]
        assert [kind for kind, _ in changed[0].pictures] == [REMOVED, ADDED]

    def test_the_screen_compares_the_public_page_with_the_draft(self, editor_client, publish):
        page = publish("page", words="Call the police when you can.")
        address = f"/admin/awareness/page/{page.pk}/compare/"
        assert "Nothing: readers see the same" in editor_client.get(address).content.decode()
        write(page, "Call the police <strong>today</strong>.")
        shown = editor_client.get(address).content.decode()
        assert '<del><span class="visually-hidden">Removed: </span>when you can.</del>' in shown
        assert '<ins><span class="visually-hidden">Added: </span>today.</ins>' in shown
        editing.publish(page)
        shown = editor_client.get(address, {"before": "2", "after": "1"}).content.decode()
        assert '<del><span class="visually-hidden">Removed: </span>today.</del>' in shown

    def test_a_page_that_was_never_published_is_compared_with_itself(
        self, editor_client, make_page
    ):
        answer = editor_client.get(f"/admin/awareness/page/{make_page().pk}/compare/")
        assert "Nothing: readers see the same" in answer.content.decode()

    def test_what_is_no_release_is_asked_for_again(self, editor_client, publish):
        page = publish("page")
        answer = editor_client.get(f"/admin/awareness/page/{page.pk}/compare/", {"before": "99"})
        assert answer.status_code == 200
        assert "Select a valid choice" in answer.content.decode()

    def test_it_is_for_staff_who_may_see_pages(self, client, publish, django_user_model):
        address = f"/admin/awareness/page/{publish('page').pk}/compare/"
        assert client.get(address).status_code == 302
        client.force_login(django_user_model.objects.create_user("other", is_staff=True))
        assert client.get(address).status_code == 403
