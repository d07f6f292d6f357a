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
from awareness.models import NotAllowedError, Page, Release
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


@pytest.fixture
def clock(monkeypatch):
    """What the site takes the time from: clock[0], an aware moment that the test moves on."""
    moments = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: moments[0])
    return moments


def act(do, page, chance, number):
    """Do one thing that an editor can do; what it is done to is left to chance."""
    now = timezone.now()
    begins = now + timedelta(hours=chance.randrange(1, 90))
    ends = chance.choice([None, begins + timedelta(hours=chance.randrange(1, 90))])
    waiting = list(page.releases.waiting(now))
    seen = list(page.releases.begun(now).filter(withdraws=False))
    if do == "write":
        write(page, f"Half done {number}.")
    elif do == "publish":
        write(page, f"Words {number}.")
        editing.publish(page)
    elif do == "rename":
        when = chance.choice([{}, {}, {"live_from": begins, "live_until": ends}])
        rename(page, f"page-{chance.randrange(8)}", **when)
    elif do == "schedule":
        write(page, f"Planned {number}.")
        editing.publish(page, live_from=begins, live_until=ends)
    elif do == "move":
        editing.move(chance.choice(waiting), live_from=begins, live_until=ends)
    elif do == "cancel":
        chance.choice(waiting).cancel()
    elif do == "withdraw":
        editing.withdraw(page, live_until=chance.choice([None, begins]))
    elif do == "revert":
        editing.revert(chance.choice(seen))
    elif do == "discard":
        editing.discard_changes(page)


# An address of another page; a time that was over; nothing that waits, or that readers have seen.
REFUSED = (ValidationError, NotAllowedError, IndexError)
DEEDS = "write publish rename rename schedule schedule move move cancel withdraw revert discard"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_whatever_editors_do_the_past_can_be_shown_and_restored_and_old_addresses_answer(
    make_page, read, clock, seed
):
    chance = random.Random(seed)
    pages = [make_page(f"page-{number}") for number in range(3)]
    for page in pages:
        editing.publish(page)
    past, restorable, done = [], {}, set()

    def answers(page, now):
        """Return what readers have at every address that a page has had, by address."""
        begun = Release.objects.begun(now).filter(page=page.pk)
        paths = {release.get_absolute_url() for release in begun.defer("blocks")} | {"/advice/"}
        found = {path: read(path, now) for path in paths}
        return {path: (a.status_code, a.get("Location"), a.content) for path, a in found.items()}

    for number in range(60):
        page, do = chance.choice(pages), chance.choice(DEEDS.split())
        page = Page.objects.get(pk=page.pk)
        with suppress(*REFUSED), transaction.atomic():
            act(do, page, chance, number)
            done.add(do)
        # What was planned begins and ends meanwhile.
        clock[0] += timedelta(hours=chance.randrange(12), minutes=1)
        now = timezone.now()
        public = page.releases.public(now).first()
        there = answers(page, now)
        past.append((page, now, there))
        for path, (status, leads_to, _) in there.items():
            is_here = public is None or path in (public.get_absolute_url(), "/advice/")
            assert (status, leads_to) == (
                (200, None) if is_here else (301, public.get_absolute_url())
            )
        if public:
            restorable[public.pk] = (public, there[public.get_absolute_url()][2])
        clock[0] += timedelta(minutes=1)
    assert done == set(DEEDS.split())
    assert len(restorable) > 10
    assert any(status == 301 for *_, there in past for status, *_ in there.values())

    for page, moment, there in past:
        assert answers(page, moment) == there
    for release, content in restorable.values():
        again = editing.revert(release)
        assert editing.same_words(again, release)
        assert read(again.get_absolute_url(), timezone.now()).content == content
    # And still, with all of that done on top.
    for page, moment, there in past[::5]:
        assert answers(page, moment) == there

    for page in pages:
        public = page.releases.public(timezone.now()).get()
        for release in page.releases.begun(timezone.now()):
            assert leads(release.get_absolute_url()) == (public.get_absolute_url(), 200)
    owners = Release.objects.standing().values_list("slug", "page").order_by().distinct()
    assert len({slug for slug, _ in owners}) == len(owners)
