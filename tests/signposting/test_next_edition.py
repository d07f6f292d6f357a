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

OLD, NEW = "0808 802 0300", "0808 802 0399"


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
