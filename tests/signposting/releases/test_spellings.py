"""No spelling of a contact passes in any field that readers get of the register."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from signposting.models import Organisation, Release, Route, Service
from signposting.open_referral.records import id_of
from signposting.releases import document, making

from ...publishing.gate.spellings import CONTACTS, SENTINEL, chosen, is_words, looked_at, together

SLUG = "national-stalking-helpline"
PAGES = [f"/help/{SLUG}/", "/help/", "/help/who-to-contact/", "/sheet/"]
DATA = [f"/api/open-referral/v3/services/{id_of('service', SLUG)}", "/feed/"]


def fields():
    """Return (model, its field) for each field of a document that holds words."""
    beneath = document.tables().values()
    return [
        (model, field)
        for model in (Service, Organisation, Route, *beneath)
        for name in document.names(model)
        if name not in document.REACH and is_words(field := model._meta.get_field(name))
    ]


# A closed list of language codes, in which nothing can be typed but two or three letters; and
# the short name of an area, of which readers get the name in its row.
WORDS = [(m, f) for m, f in fields() if f.name not in ("languages", "area")]
IDS = [f"{model.__name__}.{field.name}" for model, field in WORDS]


@pytest.fixture
def written(register, db):
    """Return a function that releases the service with words in one field, tried and unmade."""
    service = register.whole().get(slug=SLUG)
    content = document.freeze(service)
    day = timezone.localdate() + timedelta(3)
    route = content["routes"][0]
    closed = {"first_day": str(day), "last_day": str(day), "reason": "Training"}
    route |= {"exceptional_days": [exceptional(day + timedelta(1))], "closures": [closed]}
    content["service"]["confidence"] = "one"

    def problems(model, field, words, paths):
        copy = document.filled(content)
        for row in rows(copy, model):
            row[field.name] = words
        with transaction.atomic():
            making.make(service, copy, Release.Kind.LOADED, "For a test.")
            found = looked_at(paths)
            transaction.set_rollback(True)
        return found

    return problems


def exceptional(day):
    model = document.tables()["exceptional_days"]
    return document.values(model(date=day, reason="Training"))


def rows(content, model):
    if model in (Service, Organisation):
        return [content[model.__name__.lower()]]
    if model is Route:
        return content["routes"][:1]
    name = next(name for name, each in document.tables().items() if each is model)
    return content["routes"][0][name]


def where(written, model, field):
    """Return the first of the addresses on which the words of a field stand."""
    limit = field.max_length or 100
    words = SENTINEL[:limit]
    return next((p for p in [*PAGES, *DATA] if words in written(model, field, words, [p])[0]), None)


@pytest.mark.long
@pytest.mark.parametrize(("model", "field"), WORDS, ids=IDS)
def test_no_spelling_of_a_contact_passes_in_a_field(written, every, model, field):
    path = where(written, model, field)
    assert path, "readers get these words, and no page shows them"
    place = IDS.index(f"{model.__name__}.{field.name}")
    said = chosen(CONTACTS, field, False, every, place)
    assert len(said) > 5
    assert [words for words in said if not written(model, field, words, [path])[1]] == []


@pytest.mark.long
@pytest.mark.parametrize(("model", "field"), WORDS, ids=IDS)
def test_every_innocent_sentence_passes_in_a_field(written, every, model, field):
    path = where(written, model, field)
    place = IDS.index(f"{model.__name__}.{field.name}")
    found = {
        words: written(model, field, words, [path])[1]
        for words in together(field, False, every, place)
    }
    assert {
        words: [str(p) for p in problems] for words, problems in found.items() if problems
    } == {}


@pytest.mark.parametrize(
    "words", ["Recorded offences: 131,912", "Open to one hundred or more callers"]
)
def test_what_is_said_of_a_call_is_no_part_of_the_name_of_its_route(written, words):
    html, problems = written(Route, Route._meta.get_field("label"), words, PAGES[:1])
    assert f"<b>{words}:</b>" in html
    assert "It stays in the list of calls" in html
    assert problems == []
