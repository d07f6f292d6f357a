import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.utils.html import strip_tags

from cookies import checks, consent_html, registry
from cookies.state import every_state

from .seed import ASK as ASK_WORDS
from .seed import ERROR, SAVED

pytestmark = pytest.mark.django_db


def words(markup):
    return " ".join(unescape(strip_tags(re.sub(r"<p[^>]*\bhidden\b.*?</p>", "", markup))).split())


def get(client, path, cookie="", **headers):
    return client.get(path, headers={"cookie": cookie, **headers})


def consent(*groups):
    return f"cookie_consent={registry.consent_value(groups)}"


def test_the_question_is_asked_in_the_seeds_words(client):
    page = words(get(client, "/").content.decode())
    for sentence in ASK_WORDS:
        assert sentence in page
    assert ERROR not in page
    assert SAVED not in page


def test_saved_and_error_are_in_the_seeds_words(client):
    assert SAVED in words(get(client, "/?cookies=saved", consent()).content.decode())
    failed = words(get(client, "/?cookies=error").content.decode())
    assert ERROR in failed
    assert ASK_WORDS[0] in failed


def test_accept_and_reject_are_equals_and_customise_is_a_link(client):
    page = get(client, "/").content.decode()
    buttons = re.findall(r'<button class="([^"]+)" name="choice" value="(\w+)">', page)
    assert {name for _, name in buttons} == {"accept", "reject"}
    assert len({style for style, _ in buttons}) == 1
    assert re.search(r'<a href="/cookies/\?from=/">Customise Cookies</a>', page)


def test_who_has_chosen_is_not_asked_again(client):
    for groups in [(), registry.SLUGS]:
        page = get(client, "/", consent(*groups)).content.decode()
        assert ASK_WORDS[0] not in words(page)
        assert 'id="choice"' not in page


def test_the_signal_means_no_question_and_the_cookies_page_says_why(client):
    headers = {"sec-gpc": "1"}
    assert 'id="choice"' not in get(client, "/", **headers).content.decode()
    assert "Global Privacy Control" in words(get(client, "/cookies/", **headers).content.decode())
    assert "Global Privacy Control" not in words(get(client, "/cookies/").content.decode())
    chosen = get(client, "/cookies/", consent(), **headers).content.decode()
    assert "Global Privacy Control" not in words(chosen)


def test_the_table_says_all_that_the_registry_knows(client):
    page = words(get(client, "/cookies/").content.decode())
    for group in registry.GROUPS:
        for cookie in group.cookies:
            for fact in (cookie.name, cookie.purpose, cookie.setter, cookie.lasts):
                assert fact in page


def test_nothing_is_chosen_before_the_first_decision(client):
    assert " checked" not in get(client, "/cookies/").content.decode()
    page = get(client, "/cookies/", consent("statistics")).content.decode()
    assert re.findall(r'id="(\w+-\w+)"[^>]* checked', page) == ["preferences-no", "statistics-yes"]


def test_every_name_that_a_state_can_ask_for_is_a_part():
    parts = consent_html.parts()
    paths = ["/", "/signs/", "/help/x/", "/cookies/", "/cookies/reading/", "", "/é"]
    wanted = {state.message(path) for state in every_state() for path in paths}
    assert wanted == set(parts)
    assert all("%ADDRESS%" in html for name, html in parts.items() if "ask" in name)


def test_the_same_bytes_for_any_two_readers_in_one_state_and_no_cookie(client):
    first = get(client, "/cookies/")
    second = get(client, "/cookies/?x=1", "a=b; messages=hello; reading=3-dark-hidden", dnt="1")
    assert first.content == second.content
    assert not first.cookies
    assert not second.cookies


def test_an_unknown_address_is_not_repeated_in_the_message(client):
    page = client.get("//evil.example/").content.decode()
    assert "evil" not in page


def test_the_site_keeps_its_policy_number_only_with_its_words(monkeypatch):
    call_command("check")
    monkeypatch.setattr(registry, "DIGEST", "another")
    assert [error.id for error in checks.what_is_asked_has_its_own_policy_number(None)] == [
        "cookies.E001"
    ]


def test_the_digest_follows_every_word_that_is_shown(monkeypatch):
    def fresh():
        consent_html.what_is_asked.cache_clear()
        return consent_html.what_is_asked()

    before = fresh()
    for name, changed in [("purpose", "Sells."), ("setter", "A shop"), ("name", "other")]:
        with monkeypatch.context() as patch:
            patch.setitem(vars(registry.PREFERENCES_COOKIE), name, changed)
            assert fresh() != before, name
    assert fresh() == before


def test_a_yes_and_a_no_are_kept_equally_long_and_the_buttons_say_how_long(client):
    html = get(client, "/").content.decode()
    buttons = re.findall(
        r'<button class="([^"]*)" name="choice" value="(\w+)">([^<]+)</button>', html
    )
    assert buttons == [
        ("button", "accept", "Accept additional cookies for 6 months"),
        ("button", "reject", "Reject additional cookies for 6 months"),
    ]
    assert registry.CONSENT.lifetime <= timedelta(days=181), "the shortest six months"
    assert registry.CONSENT.lasts == registry.PREFERENCES_COOKIE.lasts == "6 months"


def test_essential_cookies_are_described_as_they_are(client):
    assert client.get("/cookies/").cookies == {}
    page = words(get(client, "/cookies/").content.decode())
    assert "We set none when you first come here." in page
    assert "always on" not in page
