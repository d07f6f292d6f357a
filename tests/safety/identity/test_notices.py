"""An urgent notice stands above every page from its start to its end, and then gives way."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from publishing import sources
from publishing.printing.printer import print_edition
from safety.identity.models import UrgentNotice

ADD = "/admin/identity/urgentnotice/add/"
WORDS = "Our phones are down. In danger, call 999."


def typed(begins, ends, words=WORDS):
    found = {"words": words}
    for name, moment in (("starts_at", begins), ("ends_at", ends)):
        local = timezone.localtime(moment)
        found |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}
    return found


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


def test_it_stands_on_every_page_in_place_of_the_beta_notice_until_it_ends(editor, now):
    assert 'class="beta"' in Client().get("/").text
    hour = timedelta(hours=1)
    assert editor.post(ADD, typed(now - hour, now + hour)).status_code == 302
    for path in ("/", "/help/", "/about/"):
        html = Client().get(path).text
        assert html.count(WORDS) == 1
        assert 'class="beta"' not in html
        assert html.index("tel:999") < html.index(WORDS)
    assert sources.next_moment(now) <= now + hour
    UrgentNotice.objects.update(ends_at=now)
    html = Client().get("/").text
    assert WORDS not in html
    assert 'class="beta"' in html


def test_the_one_that_began_last_stands_and_the_one_before_comes_back(site, now):
    hour = timedelta(hours=1)
    first = UrgentNotice.objects.create(words="First", starts_at=now, ends_at=now + 4 * hour)
    second = UrgentNotice.objects.create(
        words="Second", starts_at=now + hour, ends_at=now + 2 * hour
    )
    on = UrgentNotice.objects.on
    found = [on(now + step * hour) for step in (-1, 0, 1, 2, 4)]
    assert found == [None, first, second, first, None]
    moments, after = [], now - hour
    while after := UrgentNotice.objects.next_moment(after):
        moments.append((after - now) / hour)
    assert moments == [0, 1, 2, 4]


def test_it_is_taken_off_by_hand(editor, now):
    editor.post(ADD, typed(now, now + timedelta(hours=1)))
    row = UrgentNotice.objects.get()
    assert WORDS in Client().get("/").text
    editor.post(f"/admin/identity/urgentnotice/{row.pk}/change/", {"stop": "on"})
    assert WORDS not in Client().get("/").text


def test_a_number_that_nobody_agreed_is_refused(editor, now):
    print_edition()
    words = "Call 0800 555 0199 now."
    said = editor.post(ADD, typed(now, now + timedelta(hours=1), words)).text
    assert "0800 555 0199" in said
    assert not UrgentNotice.objects.exists()


def test_it_ends_after_it_starts_and_not_in_the_past(editor, now):
    hour = timedelta(hours=1)
    assert "after the start" in editor.post(ADD, typed(now + 2 * hour, now + hour)).text
    assert "is over" in editor.post(ADD, typed(now - 2 * hour, now - hour)).text
    assert not UrgentNotice.objects.exists()


def test_it_adds_little_to_a_page(editor, now):
    before = len(Client().get("/").content)
    longest = "Our phones are down. " * 11
    editor.post(ADD, typed(now, now + timedelta(hours=1), longest.strip()))
    assert len(Client().get("/").content) < before + 250
