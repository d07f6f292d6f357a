"""Whatever the newsroom does: an edition that takes over pages is the one printed from nothing."""

import random
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from awareness import editing
from awareness.models import Kind, Page
from publishing.printing import editions
from publishing.printing.printer import print_edition
from signposting.models import Service
from signposting.releases.alone import DOUBTS, claim_less

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEED = 17
STEPS = 7


class Newsroom:
    """Does one random thing of those that change what readers see. `moment` is what time it is."""

    def __init__(self, rng):
        self.rng = rng
        self.moment = timezone.now() + timedelta(seconds=1)
        self.keeper = get_user_model().objects.create_user("keeper", is_staff=True)
        self.pages = 0

    def page(self):
        return self.rng.choice(Page.objects.exclude(slug="home").order_by("slug"))

    def retitle(self):
        page = self.page()
        page.title = f"A page with {self.rng.choice(['other', 'new', 'plain'])} words"
        page.save()
        editing.publish(page, live_from=self.moment)

    def withdraw(self):
        editing.withdraw(self.page(), live_from=self.moment)

    def add(self):
        self.pages += 1
        name = "abcdefgh"[self.pages]
        page = Page.objects.create(
            kind=Kind.ADVICE, slug=f"page-{name}", title=f"Page {name}", summary="One more."
        )
        editing.publish(page, live_from=self.moment)

    def plan(self):
        editing.publish(
            self.page(), live_from=self.moment + timedelta(minutes=self.rng.choice([2, 90]))
        )

    def doubt(self):
        published = Service.objects.filter(status="published").order_by("slug")
        service = self.rng.choice([one for one in published if not one.emergency])
        claim_less(service, self.keeper, "Somebody told us.", doubt=self.rng.choice(DOUBTS))

    def wait(self):
        self.moment += timedelta(hours=self.rng.choice([1, 30]))

    def nothing(self):
        pass

    def act(self):
        self.moment += timedelta(minutes=1)
        ways = [
            self.retitle,
            self.withdraw,
            self.add,
            self.plan,
            self.doubt,
            self.wait,
            self.nothing,
        ]
        self.rng.choice(ways)()


def said(number):
    """Return everything that an edition says, as bytes, but for what stands as it was before."""
    found, aside = editions.load(number), editions.summary(number)["set_aside"]
    every = {**found.items, **found.parts}
    return {name: None if name in aside else item.body for name, item in every.items()}


def test_an_edition_that_takes_over_pages_is_the_one_printed_from_nothing(settings, tmp_path):
    call_command("load_content", verbosity=0)
    room, taken_over, usual = Newsroom(random.Random(SEED)), 0, settings.EDITIONS_DIR
    before = {}
    for step in range(STEPS):
        if step:
            room.act()
        number = print_edition(at=room.moment).number
        keys = {
            path: entry["made_from"]
            for path, entry in editions.summary(number)["items"].items()
            if entry["made_from"]
        }
        taken_over += len(keys.items() & before.items())
        before = keys
        found = said(number)
        settings.EDITIONS_DIR = tmp_path / f"from-nothing-{step}"
        assert found == said(print_edition(at=room.moment).number), step
        settings.EDITIONS_DIR = usual
    # It did take over pages, so that it could have been wrong.
    assert taken_over > STEPS * 10
