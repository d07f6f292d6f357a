"""Every list of the newsroom, and its front page, asks the database as often for 300 rows as for 3."""

from datetime import date, timedelta
from math import inf

import pytest
from cookie_consent.models import Cookie, CookieGroup
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awareness import edition_source
from awareness.models import Feedback, Image, Page
from cookies.models import DailyAnswers, DailyReads, PolicyVersion
from safety.accounts.models import Entry
from safety.identity.models import Look, Owner, UrgentNotice
from signposting.models import HeadingsRelease, LinkHost, NotWorking, Organisation, Route, Service
from signposting.models.places import Area, Need
from tests.awareness.admin import many

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 1)


def pages(numbers):
    made = many.make(len(numbers))
    sizes = [[{"file": f"{n:032x}.jpg", "width": 640, "height": 480}] for n in numbers]
    Image.objects.bulk_create(
        Image(parent=page, region="main", alt="A poster", sizes=size)
        for page, size in zip(made, sizes, strict=True)
    )


def services(numbers):
    """Make services with a way to reach them, which readers said did not work."""
    organisations = Organisation.objects.bulk_create(
        Organisation(slug=f"o-{n}", name=f"Organisation {n}", description="It helps.")
        for n in numbers
    )
    made = Service.objects.bulk_create(
        Service(
            slug=f"s-{each.pk}",
            name=f"Service {each.pk}",
            group=5,
            what="W.",
            who="W.",
            organisation=each,
        )
        for each in organisations
    )
    Route.objects.bulk_create(
        Route(service=each, key="web", kind="web", words="Write.") for each in made
    )
    NotWorking.objects.bulk_create(NotWorking(service=each, day=DAY, times=1) for each in made)


def people(numbers):
    get_user_model().objects.bulk_create(
        get_user_model()(username=f"person-{n}", is_staff=True) for n in numbers
    )


def entries(numbers):
    user = get_user_model().objects.order_by("pk").first()
    for _ in numbers:
        Entry.objects.create(user=user, action="change")


def cookies(numbers):
    group, _ = CookieGroup.objects.get_or_create(varname="group", name="Group")
    rows_of(Cookie, name=lambda n: f"cookie-{n}", cookiegroup=group)(numbers)


def rows_of(model, **values):
    """Return a function that makes so many rows; a value that is a function gets the number."""

    def make(numbers):
        model.objects.bulk_create(
            model(**{k: v(n) if callable(v) else v for k, v in values.items()}) for n in numbers
        )

    return make


def later(number):
    return DAY + timedelta(days=number)


MAKERS = {
    Page: pages,
    Feedback: rows_of(Feedback, found="yes", day=later),
    Organisation: services,
    Service: services,
    Route: services,
    Area: rows_of(Area, slug=lambda n: f"area-{n}", name=lambda n: f"Area {n}"),
    Need: rows_of(Need, number=lambda n: 100 + n, name=lambda n: f"Need {n}"),
    HeadingsRelease: rows_of(HeadingsRelease, content={}, reason="R.", dropped_at=timezone.now()),
    Owner: rows_of(Owner, organisation="The owner", reason="R.", dropped_at=timezone.now()),
    Look: rows_of(Look, name="A name"),
    UrgentNotice: rows_of(UrgentNotice, words="Words.", ends_at=timezone.now() + timedelta(1)),
    LinkHost: rows_of(LinkHost, address=lambda n: f"site-{n}.example"),
    CookieGroup: rows_of(CookieGroup, varname=lambda n: f"group-{n}", name="Group"),
    Cookie: cookies,
    PolicyVersion: rows_of(PolicyVersion, number=lambda n: n, asked={}, asked_from=timezone.now()),
    DailyAnswers: rows_of(DailyAnswers, day=later, policy=1, choice="none", count=20),
    DailyReads: rows_of(DailyReads, day=later, path="/", reads=20, visits=10),
    get_user_model(): people,
    Entry: entries,
}
SCREENS = {
    "admin:index": (pages, services, people),
    "admin:awareness_page_planned": (pages,),
    "admin:awareness_page_pictures": (pages,),
    "admin:awareness_page_day": (pages, services),
}


@pytest.fixture
def chief(monkeypatch):
    # How long a screen takes is no question to the database: pages are looked at once.
    monkeypatch.setattr(edition_source, "LOOK_AGAIN", inf)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chief"))
    return client


def queries(client, address):
    client.get(address)  # what is looked up once after something new
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def assert_constant(client, address, makers):
    for make in makers:
        make(range(1, 4))
    few = queries(client, address)
    for make in makers:
        make(range(4, 301))
    assert queries(client, address) == few


def test_every_list_is_tried():
    assert set(MAKERS) == set(admin.site._registry)


@pytest.mark.long
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)
def test_a_list_asks_as_often_for_300_rows_as_for_3(chief, model):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert_constant(chief, address, [MAKERS[model]])


@pytest.mark.long
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_asks_as_often_for_300_rows_as_for_3(chief, name):
    assert_constant(chief, reverse(name), SCREENS[name])
