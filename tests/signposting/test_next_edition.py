"""One changed number, in the whole of what readers get: before, while it waits, and after."""

import re

import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from publishing.printing import editions
from publishing.printing.printer import print_edition
from signposting import releases
from signposting.models import Service

from ..reading import read
from .keepers import NEW, OLD, ask, save, take_off, url


@pytest.fixture(autouse=True)
def editions_dir(settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = site_settings.BASE_DIR / "static"


def holders(number):
    """Print, and return what of the edition holds a number, however it is written."""
    result = print_edition()
    assert [str(problem) for problem in result.problems] == []
    found = editions.load(result.number)
    wanted = number.replace(" ", "").encode()
    bodies = {**found.items, **found.parts}
    return {
        name
        for name, item in bodies.items()
        if wanted in re.sub(rb"[^0-9]", b"", item.body.replace(b"+44", b"0"))
    }


@pytest.mark.slow
def test_a_number_changes_everywhere_at_the_next_edition_and_nowhere_before(db):
    call_command("load_content", verbosity=0)
    alice, bob = map(get_user_model().objects.create_user, ("alice", "bob"))
    service = Service.objects.get(slug="national-stalking-helpline")
    had = holders(OLD)
    places = {"/", "/help/", "/help/who-to-contact/", "/sheet/", "/feed/"}
    places |= {"/api/open-referral/v3/services", "/help/national-stalking-helpline/"}
    assert places <= had
    # Prose and cards of other apps have it too.
    assert [name for name in had if name.startswith(("/advice/", "/campaigns/"))]

    request = releases.ask(service, {"phone": NEW}, "Their own page.", alice)
    assert holders(NEW) == set()
    releases.agree(request, {"phone": NEW}, bob)
    assert holders(NEW) == had
    assert holders(OLD) == set()


@pytest.mark.slow
def test_no_save_of_the_register_holds_up_an_edition_or_fails(register, alice, helpline):
    """Each of these answered 500 or held everybody up when saving was publishing."""
    call_command("load_content", verbosity=0)
    assert print_edition().problems == []
    draft = register.get(slug="ask-for-ani")
    route = f"/admin/signposting/route/{register.get(slug='galop').first_route_id}/change/"
    Service.objects.filter(pk=draft.pk).update(alternative=None, last_check=None)
    saves = [
        save(alice, url(draft.pk, "change"), alternative=""),
        save(alice, url(helpline.pk, "change"), languages="en cy"),
        save(alice, url(register.get(slug="juno").pk, "change"), caution="Or ring 0800 111 2222."),
        save(alice, route, hours="weekly", **{"weekly_hours-TOTAL_FORMS": 0}),
    ]
    saves += [
        take_off(alice, draft, register.get(slug="juno")),
        ask(alice, draft),
        ask(alice, helpline),
        ask(alice, register.get(slug="juno")),
        ask(alice, register.get(slug="galop")),
        ask(alice, register.get(slug="paladin"), phone="07624 123456"),
        ask(alice, register.get(slug="samaritans"), phone="0808\u200b802 0300"),
    ]
    assert {answer.status_code for answer in saves} <= {200, 302}
    said = " ".join(read(answer).text for answer in saves if answer.status_code == 200)
    for words in (
        "Readers do not see this service, so there is nothing to take off.",
        "Checks: record a check first.",
        "Languages: we do not know cy.",
        "0800 111 2222",
        "it holds a character that cannot be seen",
    ):
        assert words in said
    # What could be asked for is agreed nowhere yet, and the press goes on.
    assert print_edition().problems == []
