"""What readers have of the register: which, in what order, and what stands where a record is bad."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.printing import editions, records
from publishing.printing.records import Stands
from publishing.printing.snapshot import snapshot
from signposting.models import NotAllowedError, Release, ReleaseRequest, Service
from signposting.releases import digest, document
from signposting.releases.in_force import (
    alarms,
    as_kept,
    content_of,
    few_are_right,
    in_force,
    kept,
    left_out,
    made_from,
    printed,
    stands_in,
)
from tests.publishing.builders import make_edition
from tests.register import agree_all

SLUG = "national-stalking-helpline"
PAGE = f"/help/{SLUG}/"
OLD, NEW = "0808 802 0300", "0808 802 0399"


@pytest.fixture(autouse=True)
def folder(register, settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "editions"


@pytest.fixture
def wrong(monkeypatch):
    """Let the digest of some releases be wrong: wrong(release, ...)."""
    right = digest.is_right

    def wrong(*releases):
        keys = {(each.service_id, each.number) for each in releases}
        monkeypatch.setattr(
            digest, "is_right", lambda r: (r.service_id, r.number) not in keys and right(r)
        )

    return wrong


def change(service, number=NEW):
    """Give a service another number, as if two people had agreed it. Return the release."""
    service.routes.filter(key="phone").update(dial=number.replace(" ", ""), display=number)
    agree_all()
    return service.releases.first()


def write(**given):
    """Write an edition that kept what a print would keep, and switch to it."""
    rows = json.loads(json.dumps(kept()))
    editions.switch(editions.write(make_edition(kept={"signposting": rows}, **given)))
    return rows


def number_of(services, slug=SLUG):
    return services[slug].first_route.display


def test_the_register_is_in_its_own_order(register):
    found = [(each.group, each.position, each.name) for each in in_force().values()]
    assert found == sorted(found)
    assert len({group for group, _, _ in found}) > 3


def test_what_was_in_force_at_a_moment(helpline):
    then = helpline.releases.get().made_at
    newest = change(helpline)
    assert number_of(in_force(then)) == OLD
    assert number_of(in_force(newest.made_at)) == NEW
    assert in_force(then - timedelta(days=1)) == {}


def test_a_print_asks_for_the_register_once(register):
    with snapshot():
        found = in_force()
        assert in_force() is found
        with CaptureQueriesContext(connection) as asked:
            left_out()
            made_from()
            in_force()
    assert len(asked) == 0


def test_what_an_edition_is_made_from_says_every_release(helpline):
    rows = made_from()
    assert [row[0] for row in rows] == sorted(
        Release.objects.newest().values_list("service", flat=True)
    )
    newest = change(helpline)
    [row] = [row for row in made_from() if row not in rows]
    assert row == [helpline.pk, newest.number, str(newest.made_at), newest.content]
    assert json.loads(json.dumps(row)) == row


def test_what_readers_have_of_a_service_and_of_a_draft(register, helpline):
    assert content_of(helpline) == (1, document.filled(helpline.releases.get().content))
    draft = register.exclude(pk__in=Release.objects.values("service")).first()
    assert content_of(draft) == (0, None)


def test_the_alternative_is_the_one_that_was_agreed_or_the_police(helpline, monkeypatch):
    found = in_force()
    juno = found["juno"]
    assert juno.alternative is found["ndah"]
    assert juno.in_register is found
    content = helpline.releases.get().content
    lost = content | {"service": content["service"] | {"alternative": "no-such-service"}}
    Release.objects.create(service=helpline, number=2, kind="loaded", content=lost, reason="x")
    last = helpline.releases.first()
    monkeypatch.setattr(digest, "is_right", lambda release: True)
    printed = in_force()[SLUG]
    assert last.number == 2
    assert printed.alternative.emergency


@pytest.mark.parametrize(
    ("right", "few"),
    [
        ([True, True, False], False),
        ([True, True, False, False], False),
        ([True, False, False], True),
        ([False], True),
        ([], False),
    ],
)
def test_it_is_the_key_that_is_wrong_where_most_releases_are(monkeypatch, right, few):
    monkeypatch.setattr(Release.objects.__class__, "newest", lambda self: right)
    monkeypatch.setattr(digest, "is_right", lambda release: release)
    assert few_are_right() is few


def test_only_a_release_that_is_wrong_is_told(helpline, wrong):
    assert alarms() == []
    wrong(helpline.releases.get())
    [told] = alarms()
    assert told.startswith(f"Release 1 of {helpline} is not as two people agreed it.")


# What goes bad in one print alone.


def test_what_cannot_stand_beside_others_is_left_out_and_kept_on_its_own_page(helpline):
    write()
    with records.set_aside({PAGE: Stands.LAST}):
        assert left_out() == {}
        assert SLUG in in_force()
    with records.set_aside({PAGE: Stands.NOTHING}):
        assert SLUG not in in_force()
        assert list(left_out()) == [SLUG]
        assert number_of(left_out()) == OLD
    assert left_out() == {}
    assert SLUG in in_force()


def test_what_was_never_printed_is_left_out_of_its_own_page_too(helpline):
    with records.set_aside({PAGE: Stands.NOTHING}):
        assert SLUG not in in_force()
        assert left_out() == {}


def test_what_stands_as_it_was_printed_last_is_that(helpline):
    write()
    Service.objects.filter(pk=helpline.pk).update(what="Words that came later.")
    agree_all()
    assert in_force()[SLUG].what == "Words that came later."
    with records.set_aside({PAGE: Stands.LAST}):
        assert in_force()[SLUG].what == helpline.what
        [row] = [row for row in kept() if row["release"]["service_id"] == helpline.pk]
        assert row["stands"] == "last"
        assert "held" not in row
    with records.set_aside({PAGE: Stands.NAME}):
        assert in_force()[SLUG].name == helpline.name
        assert in_force()[SLUG].what == ""
        assert not in_force()[SLUG].shown_routes()


# What is kept with an edition.


@pytest.mark.long
def test_what_is_kept_comes_back_as_it_was(helpline):
    rows = json.loads(json.dumps(kept()))
    assert len(rows) == Release.objects.newest().count()
    assert {frozenset(row) for row in rows} == {frozenset(["release", "is_off"])}
    found = {service.slug: service for service in map(as_kept, rows)}
    now = in_force()
    assert found.keys() == now.keys()
    for slug, service in found.items():
        assert [r.display for r in service.shown_routes()] == [
            r.display for r in now[slug].shown_routes()
        ]


def row_of(service):
    rows = json.loads(json.dumps(kept()))
    return next(row for row in rows if row["release"]["service_id"] == service.pk)


def test_what_was_changed_where_it_is_kept_is_not_believed(helpline):
    row = row_of(helpline)
    assert as_kept(row).slug == SLUG
    changed = json.loads(json.dumps(row).replace(OLD, NEW))
    assert changed != row
    assert as_kept(changed) is None
    assert as_kept({}) is None


def test_what_was_kept_without_its_numbers_stands_so_whatever_its_digest(helpline):
    row = row_of(helpline) | {"is_off": True}
    row["release"]["digest"] = "lost"
    service = as_kept(row)
    assert service.name == helpline.name
    assert not service.shown_routes()


def test_what_was_printed_is_said_whatever_the_database_says_since(helpline):
    assert number_of(printed()) == OLD
    write()
    change(helpline)
    assert number_of(in_force()) == NEW
    assert number_of(printed()) == OLD


def test_where_what_was_printed_cannot_be_read_it_is_what_is_in_force(helpline):
    change(helpline)
    write()
    change(helpline, OLD)
    manifest = editions.root() / str(editions.current_number()) / "manifest.json"
    manifest.write_text("{")
    assert number_of(printed()) == OLD


def test_what_stands_in_the_place_of_a_bad_release_is_kept_as_that(helpline, wrong):
    write()
    newest = change(helpline)
    wrong(newest)
    assert number_of(in_force()) == OLD
    assert stands_in(newest) == helpline.releases.last().content
    assert row_of(helpline)["release"]["number"] == 1


# A release, as it lies in the database.


def test_a_release_is_changed_in_no_way_that_django_has(helpline):
    release = helpline.releases.get()
    release.number = 7
    for deed in (
        lambda: Release.objects.bulk_update([release], ["number"]),
        lambda: Release.objects.filter(pk=release.pk).update(number=7),
        lambda: helpline.releases.all().delete(),
    ):
        with pytest.raises(NotAllowedError):
            deed()
    assert helpline.releases.get().number == 1


def test_a_release_and_a_request_say_what_they_are_of(helpline):
    assert str(helpline.releases.get()) == f"{helpline}, release 1"
    assert str(ReleaseRequest(service=helpline, reason="They moved.")) == f"{helpline}: They moved."


def test_only_what_nobody_agreed_or_dropped_waits(helpline):
    alice, bob = (get_user_model().objects.create_user(name) for name in ("alice", "bob"))
    now = timezone.now()
    rows = [
        ReleaseRequest.objects.create(
            service=helpline, content={}, reason="x", asked_by=alice, **settled
        )
        for settled in ({"agreed_by": bob, "agreed_at": now}, {"dropped_at": now}, {})
    ]
    assert list(ReleaseRequest.objects.waiting()) == [rows[2]]
