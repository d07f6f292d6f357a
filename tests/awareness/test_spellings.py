"""No spelling of a contact passes in any field of any kind of block, or of a page's own words."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import strip_tags

from awareness import content, editing, images
from awareness.models import Block, Page, Steps
from awareness.models.head import Head
from awareness.prose import ProseField
from signposting import content as signposting

from ..content import loaded
from ..publishing.gate.spellings import CONTACTS, SENTINEL, chosen, is_words, looked_at, together
from .conftest import picture, upload

WORDS = [
    *((kind, field) for kind in Block.kinds.values() for field in kind.own_fields() if is_words(field)),
    *((Page, field) for field in Head._meta.fields if is_words(field)),
]  # fmt: skip
IDS = [f"{model.__name__}.{field.name}" for model, field in WORDS]


@pytest.fixture(scope="module")
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, signposting, content):
        yield


@pytest.fixture
def sample(launched, db, storage):
    """Return a function that gives the words of a block of a kind: the launch content's own."""

    def words(kind):
        found = list(kind.objects.all())
        if found:
            return max((block.to_json() for block in found), key=filled)
        sizes = images.store(images.drawn(upload(picture())))
        return {"type": kind.type, "sizes": sizes, "alt": "A poster", "decorative": False}

    return words


def filled(words):
    return sum(bool(value) for value in words.values())


@pytest.fixture
def written(sample):
    """Return a function that publishes a page with words in one field, tried and unmade.

    It returns (what readers would get, the problems): those of the form or those of the gate.
    """

    def problems(model, field, words):
        head = {"title": "A page", "summary": "About it.", "theme": "A theme."}
        with transaction.atomic():
            page = Page(kind="campaign", slug="a-page", first_day="2090-04-24",
                last_day="2090-04-28", **head)  # fmt: skip
            if model is Page:
                setattr(page, field.name, words)
            try:
                page.full_clean()
                page.save()
                if model is not Page:
                    block = model.from_json(sample(model) | {field.name: words}, page, 10)
                    block.full_clean()
                    block.save()
                editing.publish(page)
            except ValidationError as error:
                transaction.set_rollback(True)
                return "", error.messages
            found = looked_at(["/campaigns/a-page/"])
            transaction.set_rollback(True)
        return found

    return problems


def is_gone(model, field, words):
    """Return whether nothing of it is left where HTML is cleaned, so that readers get nothing."""
    if not isinstance(field, ProseField):
        return False
    kept = field.sanitize(words)
    if model is Steps and "<p" not in kept:
        return True  # What stands in no paragraph is no step.
    left = strip_tags(kept).strip()
    return "<a" not in kept and "start=" not in kept and left in ("", SAID.get(words))


# What stood in an attribute that no rich text keeps: only its innocent words are left.
SAID = {
    '<span title="Text 85258">text</span>': "text",
    '<ol start="85258"><li>Text this</li></ol>': "Text this",
    '<ol start="0808"><li>x</li></ol>': "x",
    '<span aria-label="zero eight zero eight">line</span>': "line",
}


@pytest.mark.long
@pytest.mark.parametrize(("model", "field"), WORDS, ids=IDS)
def test_no_spelling_of_a_contact_passes_in_a_field(written, every, model, field):
    is_rich = isinstance(field, ProseField)
    plain = SENTINEL if not is_rich else f"<p>{SENTINEL}</p>"
    html, problems = written(model, field, plain)
    assert SENTINEL in html, "readers get these words, and their page does not show them"
    assert problems == []
    place = IDS.index(f"{model.__name__}.{field.name}")
    said = chosen(CONTACTS, field, is_rich, every, place)
    assert len(said) > 5
    passed = [words for words in said if not written(model, field, words)[1]]
    assert [words for words in passed if not is_gone(model, field, words)] == []


@pytest.mark.long
@pytest.mark.parametrize(("model", "field"), WORDS, ids=IDS)
def test_every_innocent_sentence_passes_in_a_field(written, every, model, field):
    place = IDS.index(f"{model.__name__}.{field.name}")
    said = together(field, isinstance(field, ProseField), every, place)
    found = {words: written(model, field, words)[1] for words in said}
    assert {
        words: [str(p) for p in problems] for words, problems in found.items() if problems
    } == {}
