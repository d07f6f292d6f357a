"""An urgent notice stands above every page from its start to its end, and then gives way."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from publishing import sources
from publishing.printing import editions
from publishing.printing.printer import print_edition
from safety.identity import in_force
from safety.identity.models import UrgentNotice

ADD = "/admin/identity/urgentnotice/add/"
WORDS = "Our phones are down. In danger, call 999."


def midday(days):
    """Return midday so many days from today, on the clock on the wall."""
    return timezone.localtime().replace(hour=12, minute=0) + timedelta(days)


def typed(words=WORDS, begins=-1, ends=1):
    """Return a form that says from which midday to which, in days from today.

    Not from which hour: one that comes twice when summer time ends cannot be typed.
    """
    found = {"words": words}
    for name, days in (("starts_at", begins), ("ends_at", ends)):
        found |= {f"{name}_0": f"{midday(days):%Y-%m-%d}", f"{name}_1": "12:00"}
    return found


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.mark.long
def test_it_stands_on_every_page_in_place_of_the_beta_notice_until_it_ends(editor, now):
    assert 'class="beta"' in Client().get("/").text
    assert editor.post(ADD, typed()).status_code == 302
    for path in ("/", "/help/", "/about/"):
        html = Client().get(path).text
        assert html.count(WORDS) == 1
        assert 'class="beta"' not in html
        assert html.index("tel:999") < html.index(WORDS)
    assert sources.next_moment(now) <= midday(1)
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


def test_it_is_taken_off_by_hand(editor):
    editor.post(ADD, typed())
    row = UrgentNotice.objects.get()
    assert WORDS in Client().get("/").text
    editor.post(f"/admin/identity/urgentnotice/{row.pk}/change/", {"stop": "on"})
    assert WORDS not in Client().get("/").text


@pytest.mark.long
def test_a_number_that_nobody_agreed_is_refused(editor):
    print_edition()
    said = editor.post(ADD, typed("Call 0800 555 0199 now.")).text
    assert "0800 555 0199" in said
    assert not UrgentNotice.objects.exists()


def test_it_ends_after_it_starts_and_not_in_the_past(editor):
    assert "after the start" in editor.post(ADD, typed(begins=2, ends=1)).text
    assert "is over" in editor.post(ADD, typed(begins=-2, ends=-1)).text
    assert not UrgentNotice.objects.exists()


@pytest.mark.parametrize("moment", ["2027-07-01 00:30", "2027-10-31 00:30", "2027-10-31 01:30"])
def test_who_leaves_the_start_as_it_is_puts_it_up_at_once(site, rf, monkeypatch, moment):
    """Also in the hour that comes twice when summer time ends."""
    moment = datetime.fromisoformat(f"{moment}Z")
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    monkeypatch.setattr(UrgentNotice._meta.get_field("starts_at"), "default", lambda: moment)
    request = rf.get(ADD)
    request.user = User.objects.create_superuser("chief")
    form = admin.site._registry[UrgentNotice].get_form(request)
    as_it_is = dict(
        re.findall(r'name="(starts\w+)"(?: value="([^"]*)")?', str(form()["starts_at"]))
    )
    assert set(as_it_is) == {"starts_at_0", "starts_at_1"}
    sent = form({"words": WORDS, "ends_at_0": "1 May 2035", "ends_at_1": "9am"} | as_it_is)
    assert sent.errors == {}
    assert sent.save() == UrgentNotice.objects.on(moment)


def test_it_adds_little_to_a_page(editor):
    before = len(Client().get("/").content)
    longest = "Our phones are down. " * 11
    editor.post(ADD, typed(longest.strip()))
    assert len(Client().get("/").content) < before + 250


@pytest.mark.long
def test_what_django_answers_itself_has_it_as_the_edition_has_it(editor):
    """Refused forms and error pages; not the cover, which says nothing of the site."""
    editor.post(ADD, typed())
    result = print_edition()
    assert result.problems == []
    _, _, parts = editions.read(result.number, lambda name, entry, read: read(entry))
    errors = {name for name in parts if name.startswith("error/")}
    assert len(errors) > 8
    assert {name for name, item in parts.items() if WORDS in item.body.decode()} == errors
    for answer in answers_of_django():
        assert answer.text.count(WORDS) == 1
        assert 'class="beta"' not in answer.text
    UrgentNotice.objects.get().stop()
    assert print_edition().problems == []
    for answer in answers_of_django():
        assert WORDS not in answer.text
        assert 'class="beta"' in answer.text


def answers_of_django():
    """Yield what no edition can hold: an address that is not there, and forms that are refused."""
    reader = Client(headers={"sec-fetch-site": "same-origin"})
    stranger = Client(headers={"sec-fetch-site": "cross-site"})
    wanted = {
        404: reader.get("/no-such-page/"),
        405: reader.post("/help/"),
        422: reader.post("/feedback/"),
        403: stranger.post("/feedback/"),
    }
    yield from check(wanted)
    yield from check({422: reader.post("/cookies/save/")})
    yield from check({422: reader.post("/cookies/reading/", {"agree": "yes"})})
    yield from check({403: stranger.post("/cookies/save/", {"choice": "accept"})})


def check(wanted):
    assert {status: answer.status_code for status, answer in wanted.items()} == {
        status: status for status in wanted
    }
    return wanted.values()


def test_a_notice_that_was_changed_in_an_edition_counts_for_nothing(site, now):
    UrgentNotice.objects.create(words=WORDS, starts_at=now, ends_at=now + timedelta(hours=1))
    kept = {"identity": in_force.kept(now)}
    assert in_force.of_kept(kept).notice.words == WORDS
    kept["identity"]["notice"]["words"] = "Call 0800 555 0199 now."
    assert in_force.of_kept(kept).notice is None


@pytest.mark.parametrize("kept", [None, "words", {}, {"words": WORDS}, {"words": 1, "digest": 1}])
def test_without_a_notice_in_an_edition_there_is_none(kept):
    assert in_force.of_kept({"identity": {"notice": kept}}).notice is None


def test_each_field_of_the_screen_says_what_it_is_for_and_one_button_what_it_does(editor):
    page = editor.get(ADD).text
    for name, which in (("starts_at", "Starts"), ("ends_at", "Ends")):
        for part, words in (("0", "day, such as"), ("1", "time, such as")):
            (field,) = re.findall(rf'<input[^>]*name="{name}_{part}"[^>]*>', page)
            assert f'aria-label="{which}: {words}' in field
    assert "<h1>Put up an urgent notice</h1>" in page
    assert re.findall(r'<input type="submit"[^>]*value="([^"]*)"', page) == [
        "Put it above every page"
    ]


def test_days_and_times_are_taken_as_people_write_them(editor):
    typed = {"words": WORDS, "starts_at_0": "1 May 2035", "starts_at_1": "9am"}
    typed |= {"ends_at_0": "2 May 2035", "ends_at_1": "5.30pm"}
    assert editor.post(ADD, typed).status_code == 302
    ends = timezone.localtime(UrgentNotice.objects.get().ends_at)
    assert f"{ends:%Y-%m-%d %H:%M}" == "2035-05-02 17:30"


@pytest.mark.long
@pytest.mark.parametrize(
    "words",
    # Known today: with them on every page, none could be printed once they were taken off.
    ["More on www.nationalarchives.gov.uk.", "See www.suzylamplugh.org today.", "Text 85258."],
)
def test_what_can_be_taken_off_stands_in_no_words_of_every_page(editor, words):
    refused = editor.post(ADD, typed(words))
    assert "what is taken off must not stay there" in refused.text
    look = "/admin/identity/look/add/"
    for field in ("name", "beta_words"):
        form = {"name": "Stalking help", "beta": "on", "beta_words": "New."} | {field: words}
        assert "what is taken off must not stay there" in editor.post(look, form).text
    assert not UrgentNotice.objects.exists()
