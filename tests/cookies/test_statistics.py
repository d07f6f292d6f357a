from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from cookies import registry
from cookies.desk import visits
from cookies.models import DailyReads

from .conftest import consent

pytestmark = pytest.mark.django_db

AGREED = consent("statistics")


@pytest.fixture
def launched():
    call_command("load_content", verbosity=0)


@pytest.fixture
def count(post):
    def count(page, cookie=AGREED):
        return post("/cookies/count/", {"page": page}, cookie)

    return count


def sums():
    return {row.path: (row.reads, row.visits) for row in DailyReads.objects.all()}


def test_a_visit_is_counted_once_and_every_reading(launched, count):
    first = count("/")
    assert first.status_code == 204
    cookie = first.cookies[registry.COUNTED.name]
    assert (cookie.value, cookie["max-age"], cookie["expires"]) == ("counted", "", "")
    again = f"{AGREED}; {registry.COUNTED.name}=counted"
    for page in ("/", "/signs/"):
        assert not count(page, again).cookies
    assert sums() == {"/": (2, 1), "/signs/": (1, 0)}
    assert {row.day for row in DailyReads.objects.all()} == {timezone.localdate()}


@pytest.mark.parametrize("cookie", ["", consent(), consent("preferences"), "cookie_consent=true"])
def test_nobody_is_counted_without_agreement(count, cookie):
    response = count("/", cookie)
    assert response.status_code == 403
    assert not response.cookies
    assert sums() == {}


@pytest.mark.parametrize(
    "page",
    [
        "",
        "/sheet/",
        "/leave/",
        "/help/who-to-contact/",
        "/help/national-stalking-helpline/",
        "/advice/staying-safe/",
        "/campaigns/no-such-campaign/",
        "/campaigns/" + "a" * 400 + "/",
        "//evil.example/",
        "tel:999",
        "\x00",
    ],
)
def test_no_other_page_is_counted_and_no_row_made_up(count, page):
    response = count(page)
    assert response.status_code == 400
    assert not response.cookies
    assert sums() == {}


@pytest.mark.long
def test_a_campaign_is_counted_and_staff_see_it_by_day_beside_it(launched, count, client):
    from awareness.models import Page

    campaign = Page.objects.filter(kind="campaign").first()
    path = campaign.get_absolute_url()
    assert count(path).status_code == 204
    DailyReads.objects.create(day=date(2024, 4, 22), path=path, reads=410, visits=77)
    client.force_login(User.objects.create_superuser("chief"))
    page = client.get(f"/admin/awareness/page/{campaign.pk}/change/").content.decode()
    assert "How often readers opened it" in page
    few = "<td>fewer than 10</td><td>fewer than 10</td>"
    for fact in ("22 April 2024", "<td>410</td><td>80</td>", few, "All these days"):
        assert fact in page
    advice = Page.objects.filter(kind="advice").first()
    page = client.get(f"/admin/awareness/page/{advice.pk}/change/").content.decode()
    assert "How often readers opened it" not in page


def test_a_sum_is_rounded_and_a_small_one_is_not_told():
    told = [visits.in_words(visits.rounded(n)) for n in (0, 9, 10, 14, 15, 1234)]
    assert told == ["fewer than 10", "fewer than 10", "10", "10", "20", "1,230"]


def test_no_difference_of_sums_gives_a_small_one_away():
    day = date(2027, 4, 19)
    for number, reads in enumerate([100, 3, 0]):
        DailyReads.objects.create(day=day.replace(day=17 + number), path="/", reads=reads, visits=1)
    chart = visits.chart(visits.by_day(day, 3))
    assert [reads for _, reads, _ in chart["days"]] == ["100", "fewer than 10", "fewer than 10"]
    assert (chart["reads"], chart["visits"]) == ("100", "fewer than 10")
    assert [(bar.height, bar.few) for bar in chart["bars"]] == [(60, False), (2, True), (2, True)]


def test_the_list_of_all_days_tells_no_small_sum(client):
    DailyReads.objects.create(day=date(2027, 4, 19), path="/signs/", reads=7, visits=1_234_567)
    client.force_login(User.objects.create_superuser("chief"))
    row = DailyReads.objects.get()
    for address in ("", f"{row.pk}/change/"):
        page = client.get(f"/admin/cookies/dailyreads/{address}").content.decode()
        assert "fewer than 10" in page
        assert "1,234,570" in page
        assert ">7<" not in page
        # As long as that, so that no form's token holds it by chance.
        assert "1234567" not in page.replace(",", "")
