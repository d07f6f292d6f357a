"""The first page of the newsroom: what the public sees, what comes, what waits, and for whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.utils import timezone

from awareness import editing
from awareness.desk import home_campaign
from awareness.models import Feedback, Quotation, Release
from publishing.models import Print
from publishing.problems import Problem
from signposting.opening_hours import uk_time

from ..conftest import uk, write
from . import many

pytestmark = pytest.mark.django_db


def opened(client):
    return client.get("/admin/")


def said(part):
    return [f"{row.tag}: {row.subject}: {row.words}" for row in part]


def test_what_today_says_of_a_campaign_is_what_the_home_page_shows(publish, text_of):
    """Before, on and after each day of three campaigns, two of which begin together."""
    assert home_campaign.today(timezone.now()) == "The home page shows no campaign."
    begins = timezone.localdate() + timedelta(days=10)
    weeks = {
        "The week": (begins, begins + timedelta(days=4)),
        "The other": (begins + timedelta(days=3), begins + timedelta(days=6)),
        "The same days": (begins + timedelta(days=3), begins + timedelta(days=5)),
    }
    for number, (title, (first, last)) in enumerate(weeks.items()):
        publish(f"week-{number}", kind="campaign", title=title, first_day=first, last_day=last)
    said = []
    for days in range(-1, 8):
        day = begins + timedelta(days=days)
        now = uk(day.year, day.month, day.day, 12)
        sentence, home = home_campaign.today(now), text_of("/", now)
        shown = [title for title in weeks if f">{title}</a></h2>" in home]
        named = sentence.removeprefix("The home page shows ").partition(":")[0]
        assert shown == ([] if "no campaign" in sentence else [named.partition(",")[0]])
        said.append(sentence)
    assert said[:2] == [
        f"The home page shows The week, which begins on {begins:%A} {begins:%-d %B %Y}.",
        "The home page shows The week: day 1 of 5.",
    ]
    assert said[4] == "The home page shows The other: day 1 of 4."
    assert said[-1] == "The home page shows no campaign."


def test_one_changed_past_the_newsroom_is_on_neither(publish, text_of):
    day = timezone.localdate()
    page = publish("week", kind="campaign", title="The week", first_day=day, last_day=day)
    assert home_campaign.today(timezone.now()) == "The home page shows The week: day 1 of 1."
    release = page.releases.get()
    table = " ON awareness_release" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER awareness_release_frozen{table}")
        cursor.execute("UPDATE awareness_release SET title = %s", ["Ring a stranger"])
    assert not Release.objects.get(pk=release.pk).is_right
    assert home_campaign.today(timezone.now()) == "The home page shows no campaign."
    assert "Ring a stranger" not in text_of("/")


def test_what_the_public_sees(editor_client, publish):
    publish("2024", kind="campaign", title="The week of 2024")
    publish("one")
    sees = opened(editor_client).context["sees"]
    assert sees[0] == "The home page shows no campaign."
    assert "Readers can open 2 pages that we wrote." in sees


def test_what_goes_up_next_and_where_its_time_is_changed(editor_client, publish):
    page = publish("one")
    assert opened(editor_client).context["coming"] == []
    soon = timezone.now() + timedelta(days=3)
    editing.publish(page, live_from=soon)
    text = opened(editor_client).content.decode()
    said = uk_time.words(soon)
    assert said[0].upper() + said[1:] in text
    assert f'href="/admin/awareness/page/{page.pk}/releases/2/time/"' in text


def test_what_waits_for_an_editor(editor_client, publish):
    assert "Nothing waits for you." in opened(editor_client).content.decode()
    page = publish("one", title="One")
    write(page, "Later.")
    Quotation.objects.create(parent=page, region="main", text="So.", name="Ann Lee")
    assert said(opened(editor_client).context["waiting"]) == [
        "Quotation: One: Nobody has confirmed that Ann Lee agrees to be quoted.",
        "Changed: One: It is saved and not published: readers do not see these changes.",
    ]


def test_what_holds_a_page_up_comes_first_with_a_link_to_mend_it(editor_client, publish):
    page = publish("one", title="One")
    write(page, "Later.")
    problem = Problem("“One” (/advice/one/)", "“07” is no number.", "Choose a service.", "Call")
    Print.objects.create(wanted=1, edition=3, problems=[problem.as_dict()])
    page_of_today = opened(editor_client)
    rows = page_of_today.context["waiting"]
    assert said(rows)[0].startswith("Held up: One: Readers have its last good print, or only")
    assert page_of_today.content.decode().count("“07” is no number.") == 1
    assert rows[0].address == f"/admin/awareness/page/{page.pk}/change/"


def test_a_writer_is_not_offered_to_move_what_they_cannot_publish(django_user_model, publish):
    from awareness import content

    content.make_groups()
    writer = django_user_model.objects.create_user("writer", is_staff=True)
    writer.groups.add(Group.objects.get(name="Writers"))
    client = Client()
    client.force_login(writer)
    page = publish("one")
    editing.publish(page, live_from=timezone.now() + timedelta(days=3))
    assert [event.move for event in opened(client).context["coming"]] == [""]
    assert client.get(f"/admin/awareness/page/{page.pk}/releases/2/time/").status_code == 403


def test_the_week_in_figures(editor_client):
    week = opened(editor_client).context["week"]
    assert "Nobody answered what they think of the site." in week
    today = timezone.localdate()
    for found, day in (("yes", today), ("no", today), ("yes", today - timedelta(days=7))):
        Feedback.objects.create(found=found, day=day)
    assert (
        "2 readers answered what they think of the site; 1 found what they were looking for."
        in opened(editor_client).context["week"]
    )


def test_of_many_a_few_are_named_and_the_rest_counted(editor_client):
    many.make(8)
    rows = opened(editor_client).context["waiting"]
    assert [row.subject for row in rows if row.tag == "Changed"][-1] == (
        "3 more pages with changes that are not published"
    )
