"""One record that cannot be made is set aside alone: its last good print stands, staff are told."""

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from publishing import sources
from publishing.printing import editions
from publishing.printing.printer import print_edition
from publishing.serving import health
from signposting import contact, releases, sheet, views
from signposting.models import Release, Route, Service
from signposting.open_referral import views as data
from signposting.open_referral.records import id_of
from signposting.presenters import ShownService, services
from signposting.templatetags import signposting as tags
from tests.register import agree_all

from ..keepers import OLD, ask, sign_in, take_off

BAD = "juno"
RECORD = f"/api/open-referral/v3/services/{id_of('service', BAD)}"


@pytest.fixture(autouse=True)
def printed(db, settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = site_settings.BASE_DIR / "static"
    call_command("load_content", verbosity=0)
    assert print_edition().problems == []


def served(address):
    return editions.load(editions.current_number()).items[address].body.decode()


def plain(html):
    return html.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def breaks(monkeypatch, module, name, is_bad):
    """Let a function of a module raise where it is about the bad record."""
    right = getattr(module, name)

    def broken(*args, **kwargs):
        if is_bad(*args, **kwargs):
            raise RuntimeError("this record is broken")
        return right(*args, **kwargs)

    monkeypatch.setattr(module, name, broken)


@pytest.fixture
def alice():
    return sign_in("alice")


@pytest.fixture
def broken_page(monkeypatch):
    def is_bad(request, template, context=None, **kwargs):
        shown = (context or {}).get("shown")
        return shown is not None and shown.service.slug == BAD

    breaks(monkeypatch, views, "render", is_bad)


@pytest.fixture
def broken_data(monkeypatch):
    breaks(
        monkeypatch,
        data.feed,
        "service",
        lambda shown, whole=False: whole and shown.service.slug == BAD,
    )


def told(client):
    page = client.get("/admin/").text
    return page.partition('id="edition-set-aside"')[2]


@pytest.mark.slow
def test_its_last_print_stands_and_all_else_goes_on(alice, broken_page, broken_data):
    was, was_data = served(f"/help/{BAD}/"), served(RECORD)
    Service.objects.filter(slug__in=[BAD, "galop"]).update(what="Words that came later.")
    agree_all()
    helpline = Service.objects.get(slug="national-stalking-helpline")
    assert take_off(alice, helpline, Service.objects.get(slug="paladin")).status_code == 302
    result = print_edition()
    assert result.number
    assert served(f"/help/{BAD}/") == was
    assert served(RECORD) == was_data
    assert "Words that came later." in served("/help/galop/")
    assert OLD not in served("/help/")
    assert sorted(editions.summary(result.number)["set_aside"]) == sorted([f"/help/{BAD}/", RECORD])
    assert f"/help/{BAD}/" in told(alice)
    assert "this record is broken" in told(alice)
    assert "/help/galop/" not in told(alice)


# A page that shows many -> the service that goes bad there, and how.
PLACES = {
    "/help/": "juno",
    "/help/who-to-contact/": "equation",
    "/sheet/": "victim-care",
    "/feed/": "galop",
    "/api/open-referral/v3/services": "paladin",
    "/api/open-referral/v3/service_at_locations": "childline",
}
LATER = "Words that came later."
HELPLINE = "national-stalking-helpline"
NEW = "0808 802 0399"


def is_later(slug):
    """Return whether a function is asked about what a service says later."""

    def is_bad(shown, *args, **kwargs):
        found = getattr(shown, "service", shown)
        return found.slug == slug and found.what == LATER

    return is_bad


@pytest.mark.slow
def test_a_page_of_many_is_printed_new_and_the_bad_one_stands_as_it_was(alice, monkeypatch):
    """In the help page, the contact answers, the sheet, the feed and open data."""
    breaks(monkeypatch, tags, "find_fits", is_later(PLACES["/help/"]))
    takes = is_later(PLACES["/help/who-to-contact/"])
    breaks(monkeypatch, contact, "usable", lambda row, wanted, *rest: takes(wanted))
    breaks(monkeypatch, sheet, "call_link", is_later(PLACES["/sheet/"]))
    in_feed, in_list = is_later(PLACES["/feed/"]), is_later("paladin")
    said = ShownService.doubt_in_words.fget

    def doubt_in_words(shown):
        if in_feed(shown):
            raise RuntimeError("this record is broken")
        return said(shown)

    monkeypatch.setattr(ShownService, "doubt_in_words", property(doubt_in_words))
    breaks(monkeypatch, data.feed, "service", lambda s, whole=False: not whole and in_list(s))
    breaks(monkeypatch, data.feed, "at_location", lambda s, **_: is_later("childline")(s))
    # Two more go bad by themselves: nobody checked the one, and the gate refuses the other.
    lost, refused = Service.objects.get(slug="samaritans"), Service.objects.get(slug="ndah")
    Service.objects.filter(slug__in=[*PLACES.values(), lost.slug]).update(what=LATER)
    Service.objects.filter(pk=refused.pk).update(what=LATER, for_whom="Women. Ring 0800 111 2222")
    Route.objects.filter(service__slug=HELPLINE, dial=OLD.replace(" ", "")).update(
        dial=NEW.replace(" ", ""), display=NEW
    )
    agree_all()
    content = Release.objects.newest().get(service=lost).content | {"check": None}
    releases.make(lost, content, Release.Kind.LOADED, "A lost reference.")
    bad = sorted(f"/help/{slug}/" for slug in [*PLACES.values(), lost.slug, refused.slug])

    result = print_edition()
    manifest = editions.summary(result.number)
    assert manifest["records"] == dict.fromkeys(bad, "last")
    assert manifest["set_aside"] == bad
    for place in PLACES:
        assert NEW in plain(served(place)), place
        assert LATER not in served(place), place
    for slug in (PLACES["/help/"], refused.slug):
        assert f'id="{slug}"' in served("/help/")
    assert "0800 111 2222" not in plain(served("/help/"))
    assert Service.objects.get(slug="equation").name in served("/help/who-to-contact/")
    assert Service.objects.get(slug="victim-care").first_route.display in plain(served("/sheet/"))
    assert Service.objects.get(slug="galop").name in served("/feed/")
    for name, kind in (("paladin", "services"), ("childline", "service_at_locations")):
        kind_of_id = kind.removesuffix("s").replace("locations", "location")
        assert id_of(kind_of_id, name) in served(f"/api/open-referral/v3/{kind}")
    page = told(alice)
    assert [name for name in bad if name not in page] == []
    found = {}
    health.look(found)
    assert found["set_aside"] == bad
    # What Django answers says the same as the edition.
    assert LATER not in alice.get("/api/open-referral/v3/services?search=women").text
    # Nobody else waits for it.
    other = Service.objects.get(slug="mens-advice-line")
    Service.objects.filter(pk=other.pk).update(access="Ask for an interpreter.")
    assert ask(alice, other).status_code == 302


@pytest.mark.slow
def test_what_cannot_be_shown_at_all_is_left_out_and_its_number_still_comes_off(alice, monkeypatch):
    """Where even its last print cannot be shown among others, nothing of it stands there."""
    right = services.show

    def show(service, moment):
        if service.slug == BAD:
            raise RuntimeError("this record is broken")
        return right(service, moment)

    monkeypatch.setattr(services, "show", show)
    number = Service.objects.get(slug=BAD).first_route.display
    was = served(f"/help/{BAD}/")
    assert number in plain(was)
    Service.objects.filter(slug="galop").update(for_whom="People who came later")
    agree_all()
    result = print_edition()
    manifest = editions.summary(result.number)
    assert manifest["records"] == {f"/help/{BAD}/": "nothing"}
    assert "People who came later" in served("/help/")
    for place in ("/help/", "/help/who-to-contact/", "/feed/"):
        assert number not in plain(served(place)), place
    assert served(f"/help/{BAD}/") == was
    assert "People who came later" in served("/help/")
    # Its number comes off its own page too, though that cannot be made either.
    instead = Service.objects.get(slug="paladin")
    assert take_off(alice, Service.objects.get(slug=BAD), instead).status_code == 302
    assert print_edition().number
    every = editions.load(editions.current_number()).items.values()
    assert [item for item in every if number in plain(item.body.decode(errors="replace"))] == []


@pytest.mark.slow
def test_what_was_changed_by_sql_is_set_aside_alone(alice):
    """It stands as the edition has it, and an alarm says so, until it is agreed again."""
    was = served(f"/help/{BAD}/")
    release = Release.objects.get(service__slug=BAD)
    content = release.content | {"service": release.content["service"] | {"what": "By SQL."}}
    table = " ON signposting_release" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER signposting_release_frozen{table}")
    QuerySet(Release).filter(pk=release.pk).update(content=content)
    assert any("Juno" in sentence for sentence in sources.alarms())
    assert print_edition().problems == []
    assert served(f"/help/{BAD}/") == was
    # Where no edition has it as it was, readers get its name, and nothing else that was typed.
    for number in editions.stored_numbers():
        manifest = editions.root() / str(number) / "manifest.json"
        manifest.write_text(manifest.read_text().replace('"kept"', '"lost"'))
    assert print_edition().problems == []
    assert "By SQL." not in served(f"/help/{BAD}/")
    assert "Juno Women’s Aid helpline" in served(f"/help/{BAD}/")
    assert "We do not print a number for this service at the moment." in served(f"/help/{BAD}/")
