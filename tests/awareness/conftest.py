from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import QuerySet
from PIL import Image

from awareness import content, digest, editing, models
from awareness.models import Page, Release, Text
from awareness.views import CHOSEN
from publishing import middleware
from signposting import content as signposting

from ..content import load

LONDON = ZoneInfo("Europe/London")


def uk(*parts):
    """Return the aware moment that a clock in the United Kingdom shows as this."""
    return datetime(*parts, tzinfo=LONDON)


def write(page, words):
    """Change the working copy, as an editor who saves."""
    Text.objects.filter(parent=page).delete()
    Text.objects.create(parent=page, region="main", ordering=10, html=f"<p>{words}</p>")


def begin(release, live_from, live_until=None):
    """Put a release's times into the past, which no editor can."""
    row = Release.objects.get(pk=release.pk)
    row.live_from, row.live_until = live_from, live_until
    times = {"live_from": live_from, "live_until": live_until, "digest": digest.sign(row)}
    QuerySet(Release).filter(pk=release.pk).update(**times)


def picture(kind="JPEG", size=(2000, 1000), mode="RGB", **options):
    out = BytesIO()
    colour = (200, 30, 30, 120)[: len(mode)] if mode != "P" else 1
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def upload(content, name="holiday.jpg"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def make_page(db):
    """Make a page with one text block; a campaign gets the days of the 2024 week."""

    def make(slug="staying-safe", kind="advice", words="What to do first.", **head):
        if kind == "campaign":
            head = {"first_day": date(2024, 4, 22), "last_day": date(2024, 4, 26)} | head
        head = {"title": slug.capitalize(), "summary": f"About {slug}."} | head
        page = Page.objects.create(kind=kind, slug=slug, **head)
        Text.objects.create(parent=page, region="main", ordering=10, html=f"<p>{words}</p>")
        return page

    return make


@pytest.fixture
def publish(make_page):
    """Make a page and publish it."""

    def make_and_publish(*args, author="", live_from=None, live_until=None, **head):
        page = make_page(*args, **head)
        editing.publish(page, author, live_from=live_from, live_until=live_until)
        return page

    return make_and_publish


@pytest.fixture
def backdated(publish):
    """A page whose release 1 began at the new year of 2024."""
    page = publish("page", words="First.")
    table = " ON awareness_release" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER awareness_release_frozen{table}")
    begin(page.releases.get(), uk(2024, 1, 1))
    return page


@pytest.fixture
def every_block(make_page):
    """A page with a block of every type."""
    load(signposting)
    page = make_page("page")
    blocks = [
        models.Quotation(text="One.\n\nTwo.", name="Ann", role="Nurse", said_on="April 2024"),
        models.Callout(
            level="warning", heading="Careful", html="<p>It may be <strong>seen</strong>.</p>"
        ),
        models.Steps(
            heading="On Chrome",
            steps="<p>Open it.</p><p>Close it.</p>",
            browser="chrome-android",
            checked_on=date(2026, 11, 22),
            checked_how="on a phone",
        ),
        models.Image(
            alt="A poster", sizes=[{"file": f"{'a' * 32}.jpg", "width": 640, "height": 480}]
        ),
        models.Helplines(heading="Call", services=["national-stalking-helpline"]),
        models.Signs(heading="Online", signs="Fake profiles\nHacking"),
    ]
    for place, block in enumerate(blocks, start=2):
        block.parent, block.region, block.ordering = page, "main", place * 10
        block.save()
    return page


@pytest.fixture
def read(client):
    """Read an address as the printer would: at a moment, with a release as if it were in force."""

    def get(path, moment=None, chosen=None):
        extra = {CHOSEN: chosen} if chosen else {}
        if moment:
            extra[middleware.MOMENT] = moment
        return client.get(path, **extra)

    return get


@pytest.fixture
def text_of(read):
    """Return the text of the main part of an address."""

    def text(path, *args, **kwargs):
        return read(path, *args, **kwargs).content.decode()

    return text


@pytest.fixture
def editor(django_user_model):
    """A login in the group of comms staff, with exactly what the group may do."""
    content.make_groups()
    user = django_user_model.objects.create_user(
        "editor", password="a-long-password", is_staff=True
    )
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client
