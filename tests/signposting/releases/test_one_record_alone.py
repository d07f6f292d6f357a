"""One record that cannot be made is set aside alone: its last good print stands, staff are told."""

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from publishing import sources
from publishing.printing import editions
from publishing.printing.printer import print_edition
from signposting import views
from signposting.models import Release, Service
from signposting.open_referral import views as data
from signposting.open_referral.records import id_of
from tests.register import agree_all

from ..keepers import OLD, sign_in, take_off

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
