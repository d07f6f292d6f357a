"""What readers have of the register is frozen, signed, and never changed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from signposting import content
from signposting.json_ld import page
from signposting.models import NotAllowedError, Release, Service
from signposting.open_referral import records
from signposting.presenters import show
from signposting.releases import digest, document, in_force

MOMENT = timezone.make_aware(timezone.datetime(2026, 11, 25, 12))


def test_what_is_loaded_into_an_empty_register_counts_as_agreed_and_says_where_from(register):
    assert set(in_force()) == set(register.exclude(status="draft").values_list("slug", flat=True))
    said = Release.objects.get(service__slug="juno")
    assert said.kind == Release.Kind.LOADED
    assert "domestic-abuse.toml" in said.reason
    assert "whoever runs the site" in said.reason


def test_what_is_loaded_later_is_a_draft_until_two_people_agree(register):
    register.filter(slug="paladin").update(slug="another-name")
    content.load()
    assert register.get(slug="paladin").status == Service.Status.DRAFT
    assert not Release.objects.filter(service__slug="paladin").exists()


def test_a_release_shows_the_same_as_the_working_copy_it_was_made_of(register):
    frozen = in_force()
    for service in register.exclude(status="draft").whole():
        again = frozen[service.slug]
        service.changed = again.changed
        was, now = show(service, MOMENT), show(again, MOMENT)
        assert records.service(was, whole=True) == records.service(now, whole=True)
        assert page(was) == page(now)
        for mine, theirs in zip(was.routes, now.routes, strict=True):
            assert (mine.number, mine.href, mine.hours) == (
                theirs.number,
                theirs.href,
                theirs.hours,
            )
        assert again.another_way.slug == service.another_way.slug
        assert [route.key for route in again.routes.all()] == [
            route.key for route in service.routes.all()
        ]


def test_a_number_that_readers_may_not_have_is_in_no_release(register):
    held = register.get(slug="notts-womens-aid")
    assert held.routes.get().display == "01909 491330"
    assert "491330" not in str(held.releases.get().content)


def test_what_a_release_gives_cannot_be_saved(register):
    service = in_force()["juno"]
    for row in (service, service.organisation, service.last_check, *service.routes.all()):
        with pytest.raises(NotAllowedError):
            row.save()


def test_a_release_is_never_changed_or_deleted(register):
    release = Release.objects.first()
    for change in (release.save, release.delete, Release.objects.all().delete):
        with pytest.raises(NotAllowedError):
            change()
    with pytest.raises(NotAllowedError):
        Release.objects.update(number=9)
    sql = "UPDATE signposting_release SET digest = 'x'"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(sql)


def test_the_database_refuses_a_release_that_one_person_agreed_alone(register, django_user_model):
    alice = django_user_model.objects.create_user("alice")
    service = register.get(slug="juno")
    release = Release(service=service, number=99, kind="agreed", content={}, reason="x")
    for release.asked_by, release.agreed_by in ((alice, alice), (alice, None), (None, None)):
        with pytest.raises(ValidationError, match="Somebody else must agree"):
            release.validate_constraints()


def test_a_digest_covers_everything_and_honours_an_older_key(register, settings):
    release = Release.objects.get(service__slug="juno")
    assert digest.is_right(release)
    for name, other in [
        ("number", 7),
        ("kind", "agreed"),
        ("reason", "x"),
        ("service_id", 0),
        ("made_at", timezone.now()),
        ("asked_by_id", 1),
        ("content", release.content | {"check": None}),
        ("digest", ""),
    ]:
        before = getattr(release, name)
        setattr(release, name, other)
        assert not digest.is_right(release), name
        setattr(release, name, before)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, for a while"
    assert digest.is_right(release)
    settings.SECRET_KEY_FALLBACKS = []
    assert not digest.is_right(release)


def test_the_document_holds_every_field_but_those_for_staff(register):
    content = document.freeze(register.get(slug="juno"))
    assert content["service"]["name"] == "Juno Women’s Aid helpline"
    assert "do_not_say" not in content["service"]
    assert "where" not in content["check"]


def test_a_release_of_an_older_version_has_what_came_since_as_it_is_by_default(register):
    content = document.freeze(register.whole().get(slug="national-stalking-helpline"))
    old = document.filled(content)
    del old["routes"][0]["holidays_of"], old["routes"][0]["weekly_hours"][0]["weeks"]
    del old["routes"][0]["closures"], old["service"]["in_question"]
    assert document.filled(old) == content
