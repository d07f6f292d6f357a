"""A page can change its address: every old one leads to it, and none in a circle."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from awareness import editing
from awareness.models import Page, Release
from publishing.printing.render import Renderer
from publishing.sources import Address, addresses

from ..conftest import begin, uk, write

pytestmark = pytest.mark.django_db


def rename(page, slug, **when):
    page.slug = slug
    page.full_clean()
    page.save()
    return editing.publish(page, **when)


def leads(path):
    """Return where an address leads readers in the end, and the status there."""
    answer = Client().get(path, follow=True)
    return (answer.redirect_chain or [(path, 200)])[-1][0], answer.status_code


def test_the_old_address_leads_to_the_new_one(publish):
    page = publish("one", words="The words.")
    assert leads("/advice/one/") == ("/advice/one/", 200)
    rename(page, "two")
    assert Client().get("/advice/one/").status_code == 301
    assert leads("/advice/one/") == ("/advice/two/", 200)
    rename(page, "three")
    for old in ("one", "two", "three"):
        assert leads(f"/advice/{old}/") == ("/advice/three/", 200)


def test_back_to_the_old_address_is_no_circle(publish):
    page = publish("one")
    rename(page, "two")
    rename(page, "one")
    assert leads("/advice/one/") == leads("/advice/two/") == ("/advice/one/", 200)


def test_it_moves_when_its_release_begins(backdated, read):
    later = rename(backdated, "new")
    begin(later, uk(2027, 4, 19))
    assert read("/advice/page/", uk(2027, 4, 18)).status_code == 200
    assert read("/advice/new/", uk(2027, 4, 18)).status_code == 404
    assert read("/advice/page/", uk(2027, 4, 19))["Location"] == "/advice/new/"
    assert read("/advice/new/", uk(2027, 4, 19)).status_code == 200


def test_taken_down_it_helps_at_each_address(publish):
    page = publish("one")
    rename(page, "two")
    editing.withdraw(page)
    for old in ("one", "two"):
        answer = Client().get(f"/advice/{old}/")
        assert answer.status_code == 200
        assert b"noindex" in answer.content


def test_an_address_that_a_page_had_is_not_given_to_another(publish, make_page):
    page = publish("one")
    rename(page, "two")
    other = make_page("three")
    for slug in ("one", "two"):
        with pytest.raises(ValidationError, match="links lead there"):
            rename(other, slug)
    rename(other, "four")


def test_an_address_that_was_only_planned_and_cancelled_is_free(publish, make_page):
    page = publish("one")
    rename(page, "two", live_from=timezone.now() + timedelta(days=3)).cancel()
    editing.discard_changes(page)
    rename(make_page("three"), "two")
    assert leads("/advice/two/") == ("/advice/two/", 200)


def test_an_address_has_small_letters(make_page):
    page = make_page("one")
    page.slug = "One"
    with pytest.raises(ValidationError, match="Write the address in small letters."):
        page.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        page.save()


def test_the_edition_holds_the_move_and_the_site_map_only_the_page(publish):
    page = publish("one")
    rename(page, "two")
    now = timezone.now()
    listed = {address.path: address.listed for address in addresses(now)}
    assert (listed["/advice/one/"], listed["/advice/two/"]) == (False, True)
    item = Renderer(now).item(Address("/advice/one/"))
    assert (item.kind, item.body) == ("moved", b"/advice/two/")


def act(page, chance, number):
    """Do one thing that an editor can do, by chance. Return its name."""
    do = chance.choice(["write", "write", "rename", "revert", "withdraw", "schedule"])
    if do == "rename":
        rename(page, f"page-{chance.randrange(8)}")
    elif do == "revert":
        editing.revert(
            chance.choice(list(page.releases.begun(timezone.now()).filter(withdraws=False)))
        )
    elif do == "withdraw":
        editing.withdraw(page)
    elif do == "schedule":
        write(page, f"Planned {number}.")
        editing.publish(page, live_from=timezone.now() + timedelta(days=1 + number))
        editing.discard_changes(page)
    else:
        write(page, f"Words {number}.")
        editing.publish(page)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_editors_do_the_past_can_be_shown_and_restored_and_old_addresses_answer(
    make_page, text_of, seed
):
    chance = random.Random(seed)
    pages = [make_page(f"page-{number}") for number in range(3)]
    for page in pages:
        editing.publish(page)
    past = []
    for number in range(25):
        page = Page.objects.get(pk=chance.choice(pages).pk)
        with suppress(ValidationError):  # an address of another page
            act(page, chance, number)
        now = timezone.now()
        release = page.releases.public(now).first()
        if release:
            path = release.get_absolute_url()
            past.append((page, now, path, text_of(path, now)))
    assert len({text for *_, text in past}) > 5

    for _, moment, path, text in past:
        assert text_of(path, moment) == text
    for page, moment, path, text in chance.sample(past, 5):
        editing.revert(page.releases.in_force(moment).get())
        assert text_of(path, timezone.now()) == text

    now = timezone.now()
    for page in pages:
        public = page.releases.public(now).first()
        for release in page.releases.begun(now):
            there = release.get_absolute_url()
            assert leads(there) == (public.get_absolute_url() if public else there, 200)
    owners = Release.objects.values_list("slug", "page").order_by().distinct()
    assert len({slug for slug, _ in owners}) == len(owners)
