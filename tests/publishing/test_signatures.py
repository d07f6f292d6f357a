"""What was agreed is signed, and what was changed past the site's own forms is alarmed."""

from datetime import date

import pytest

from publishing import sources
from publishing.serving import health
from publishing.signatures import is_signed, sign

CONTENT = {"dial": "08088020300", "checked": date(2026, 11, 22), "routes": [{"a": 1, "b": None}]}


def test_what_was_signed_is_known_in_whatever_order_it_is_read():
    again = dict(reversed(CONTENT.items()))
    assert is_signed(again, sign(CONTENT))
    assert is_signed(b"bytes", sign(b"bytes"))


@pytest.mark.parametrize(
    "changed",
    [
        {**CONTENT, "dial": "08088020301"},
        {**CONTENT, "more": ""},
        {**CONTENT, "routes": [{"a": 1, "b": ""}]},
        {name: CONTENT[name] for name in ("dial", "checked")},
    ],
)
def test_another_content_is_not_signed(changed):
    assert not is_signed(changed, sign(CONTENT))


@pytest.mark.parametrize("signature", ["", ":", "a" * 43, "0" * 64, "é"])
def test_a_signature_that_was_made_up_counts_for_nothing(signature):
    assert not is_signed(CONTENT, signature)


def test_a_signature_fits_its_field():
    assert len(sign(CONTENT)) <= 64


def test_a_signature_outlives_a_change_of_key_and_no_more(settings):
    signature, key = sign(CONTENT), settings.SECRET_KEY
    settings.SECRET_KEY = "another-key-for-this-test"
    assert not is_signed(CONTENT, signature)
    settings.SECRET_KEY_FALLBACKS = [key]
    assert is_signed(CONTENT, signature)
    assert is_signed(CONTENT, sign(CONTENT))


@pytest.mark.django_db
def test_alarms_of_all_sources_are_shown_to_the_operator(extra_source, monkeypatch):
    extra_source(alarms=lambda: ["Release 3 of Refuge was changed."])

    def broken():
        raise RuntimeError

    monkeypatch.setitem(
        sources.registered, "broken", sources.EditionSource("broken", alarms=broken)
    )
    monkeypatch.setattr(health.connection, "close", lambda: None)
    health.editions.root().mkdir()
    found = {}
    health.look(found)
    said = found["alarms"]
    assert "Release 3 of Refuge was changed." in said
    assert "What broken holds could not be looked at." in said
