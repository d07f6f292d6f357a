"""What readers find at the addresses of this room."""

import pytest

from awareness import content
from awareness.models import Page, Release
from publishing import rooms
from signposting import content as register

from .conftest import uk

pytestmark = pytest.mark.django_db


@pytest.fixture
def launched():
    register.load()
    content.load()


def test_every_address_of_the_launch_content_answers(launched, client):
    addresses = [a.path for a in rooms.rooms["awareness"].addresses(uk(2026, 11, 22, 9))]
    assert {"/", "/campaigns/", "/feedback/"} <= set(addresses)
    assert {path: client.get(path).status_code for path in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_loading_twice_adds_nothing_and_keeps_what_an_editor_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(content, "FOLDER", tmp_path)
    (tmp_path / "one.toml").write_text(
        'kind = "advice"\nslug = "one"\ntitle = "One"\nsummary = "First."\nmenu = true\n'
        '[[blocks]]\ntype = "text"\nhtml = "<p>Words.</p>"\n'
    )
    assert content.load() == (1, 0)
    Page.objects.update(title="Ours")
    assert content.load() == (0, 1)
    assert Page.objects.get().title == "Ours"
    release = Release.objects.get()
    assert (release.author, release.note) == ("", "Launch content")


def test_home_stands_with_no_page_at_all(read):
    answer = read("/")
    assert answer.status_code == 200
    assert "<h1>Are you being stalked?</h1>" in answer.content.decode()


def test_an_address_that_never_was_is_not_found(read, publish):
    publish("real")
    assert read("/advice/real/").status_code == 200
    assert read("/advice/unreal/").status_code == 404
    assert read("/campaigns/real/").status_code == 404


def test_the_page_about_ones_own_behaviour_is_in_no_list(publish, text_of):
    publish("listed")
    publish("own-behaviour", menu=False)
    assert "/advice/listed/" in text_of("/")
    assert "/advice/own-behaviour/" not in text_of("/") + text_of("/campaigns/")
    assert "What to do first." in text_of("/advice/own-behaviour/")


def test_a_campaign_says_whether_it_is_to_come_on_or_over(publish, text_of):
    publish("2024", kind="campaign", theme="Join Forces Against Stalking")
    path = "/campaigns/2024/"
    assert "22 to 26 April 2024" in text_of(path)
    assert "This campaign is over" in text_of(path)
