"""What the newsroom says of a moment: the day and the time of people in the United Kingdom."""

import json
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from awareness import writing
from awareness.admin import look as look_screen
from awareness.admin import next_year, planned, went_public
from awareness.campaigns import kit, out_of_date, weeks
from awareness.desk import first_page, home_campaign
from awareness.models import Feedback
from cookies import desk as visits_desk
from publishing.models import SILENT, Serving
from publishing.printing import made_from
from publishing.sitemaps import Addresses
from safety.accounts import sessions
from safety.accounts.admin import trail
from safety.drafts import desk as drafts_desk
from safety.drafts import meanwhile, views
from safety.drafts.models import Draft
from safety.identity.models import Owner
from signposting.opening_hours import uk_time
from signposting.opening_hours.uk_time import start_of
from signposting.releases import asking

from .days import CLOCKS, on_each_day, utc

pytestmark = pytest.mark.django_db

SITE = SimpleNamespace(each_context=lambda request: {})
SEES_ALL = SimpleNamespace(
    admin_site=SITE,
    opts=None,
    has_view_permission=lambda request: True,
    has_add_permission=lambda request: True,
    has_change_permission=lambda request: True,
    has_publish_permission=lambda request: True,
)


def long(day):
    return f"{day:%-d %B %Y}"


# Campaigns


@pytest.mark.parametrize(
    ("moment", "is_told"),
    [("2027-04-30 22:30", True), ("2027-04-30 23:30", False), ("2027-12-31 23:30", False)],
)
def test_the_week_is_asked_for_to_the_last_day_of_april(moment, is_told):
    assert bool(weeks.due(utc(moment))) is is_told


@on_each_day
def test_the_home_page_counts_the_days_of_a_campaign(monkeypatch, moment, day):
    shown = SimpleNamespace(
        title="The week", first_day=day, last_day=day + timedelta(6), has_begun=lambda now: True
    )
    monkeypatch.setattr(home_campaign, "headline", lambda shown_ones, now: shown)
    assert "day 1 of 7." in home_campaign.today(moment)


@on_each_day
def test_papers_and_pictures_say_the_day_they_were_made(monkeypatch, moment, day):
    monkeypatch.setattr(kit, "line", lambda moment: None)
    week = SimpleNamespace(title="", theme="", first_day=day, last_day=day, live_from=moment)
    assert kit.paper(week, moment)["made"] == long(day)
    assert kit.said(week, moment)[-1] == f"Made on {long(day)}"


@on_each_day
def test_papers_with_an_old_number_are_named_by_their_day(monkeypatch, moment, day):
    class Releases(list):
        def public(self, moment):
            return self

        def filter(self, **which):
            return self

        def defer(self, name):
            return self

        def exists(self):
            return True

    found = Releases([SimpleNamespace(title="The week", page_id=1)])
    monkeypatch.setattr(out_of_date, "Release", SimpleNamespace(objects=found))
    monkeypatch.setattr(out_of_date, "changed", lambda moment: (moment, "an old number"))
    [sentence] = out_of_date.due(moment)
    assert f"from before {long(day)} " in sentence


@on_each_day
def test_next_years_campaign_has_the_next_year_in_which_its_day_comes(
    rf, at, monkeypatch, moment, day
):
    page = SimpleNamespace(title="The week 2025", first_day=day.replace(year=2025), pk=1)
    monkeypatch.setattr(next_year, "get_object_or_404", lambda *kind, **which: page)
    at(moment)
    screen = next_year.start(SEES_ALL, rf.get("/"), 1)
    assert screen.context_data["form"].initial["title"] == "The week 2027"


@on_each_day
def test_hints_are_of_the_readers_day(rf, at, monkeypatch, moment, day):
    asked = []
    release = SimpleNamespace(blocks=[])
    monkeypatch.setattr(writing.looking, "refused", lambda release, moment: [])
    for module in (writing.looking, look_screen):
        monkeypatch.setattr(module, "hints", lambda blocks, today: asked.append(today) or [])
    writing.look(release, moment)
    unfinished = SimpleNamespace(needs="A title.", left_out=[], blocks=[], release=release)
    monkeypatch.setattr(look_screen.unsaved, "of_form", lambda *form: unfinished)
    at(moment)
    look_screen.look(SEES_ALL, rf.post("/"))
    assert asked == [day, day]


# The first page, and what is planned and was published


@on_each_day
def test_a_week_of_feedback_and_of_visits_ends_with_the_readers_day(monkeypatch, moment, day):
    for apart in (6, 7):
        Feedback.objects.create(found="yes", day=day - timedelta(apart))
    monkeypatch.setattr(first_page, "may", lambda request, right: True)
    assert next(first_page.week(None, moment)).startswith("1 reader answered")
    monkeypatch.setattr(visits_desk.visits, "by_day", lambda last, days: last)
    monkeypatch.setattr(visits_desk.visits, "chart", lambda days: days)
    request = SimpleNamespace(user=SimpleNamespace(has_perm=lambda right: True))
    assert visits_desk.of_the_week(request, moment) == day


@on_each_day
def test_what_is_planned_is_listed_by_the_readers_month(rf, monkeypatch, moment, day):
    monkeypatch.setattr(planned.planned, "changes", lambda after: [moment])
    event = SimpleNamespace(at=moment)
    monkeypatch.setattr(planned.first_page, "event", lambda change, may_move: event)
    [(month, _)] = planned.planned_list(SEES_ALL, rf.get("/")).context_data["months"]
    assert month == f"{day:%B %Y}"


@on_each_day
def test_what_went_public_today_is_of_the_readers_day(rf, at, moment, day):
    at(moment)
    today = went_public.day_screen(SEES_ALL, rf.get("/")).context_data
    assert (today["day"], today["after"]) == (day, None)
    before = went_public.day_screen(SEES_ALL, rf.get("/", {"day": today["before"]})).context_data
    assert before["after"] == day


# Records and drafts


@on_each_day
def test_what_is_recorded_has_the_readers_day(moment, day):
    assert str(Owner(asked_at=moment, reason="x")).startswith(f"Asked on {day:%d %B %Y}")
    assert Addresses().lastmod(SimpleNamespace(changed=moment)) == day
    entry = SimpleNamespace(
        at=moment, user=None, about="", object_id="", words="", before=None, after=None
    )
    entry.get_action_display = lambda: "did"
    assert datetime.fromisoformat(trail.row(entry)[0]).date() == day


@on_each_day
def test_a_log_in_is_used_once_a_readers_day(at, monkeypatch, moment, day):
    saved = []
    session = SimpleNamespace(
        used_on=None, save=lambda update_fields: saved.append(session.used_on)
    )
    found = SimpleNamespace(filter=lambda **which: SimpleNamespace(first=lambda: session))
    monkeypatch.setattr(sessions, "of", lambda user: found)
    monkeypatch.setattr(sessions, "needs_code", lambda user: False)
    request = SimpleNamespace(session={})
    for then in (start_of(day), moment):
        at(then)
        sessions.let_in(request, SimpleNamespace(is_authenticated=True))
    assert saved == [day]


@on_each_day
def test_a_page_is_made_from_the_readers_day(monkeypatch, moment, day):
    for name in ("site", "known_as_json"):
        monkeypatch.setattr(made_from, name, lambda *known: {})
    monkeypatch.setattr(made_from.sources, "made_from", lambda moment: {})
    key = made_from.Keys(moment, None).shared
    assert key == made_from.Keys(start_of(day), None).shared
    assert key != made_from.Keys(start_of(day) - timedelta(seconds=1), None).shared


@on_each_day
def test_hours_that_run_into_the_next_are_looked_for_from_the_readers_day(
    at, monkeypatch, moment, day
):
    asked = []
    monkeypatch.setattr(asking, "runs_into_the_next", lambda timetable, day: asked.append(day))
    said = dict.fromkeys(("status", "alternative", "slug", "confidence", "doubt", "languages"), "")
    routes = [SimpleNamespace(timetable=lambda: "a timetable")]
    service = SimpleNamespace(withheld_because="", routes=SimpleNamespace(all=lambda: routes))
    at(moment)
    with pytest.raises(ValidationError):
        asking.complete({"service": said, "routes": [], "check": None}, service)
    assert asked == [day]


@pytest.mark.parametrize(("moment", "shown"), CLOCKS)
def test_a_time_is_told_by_the_clock_on_the_wall(rf, at, django_user_model, moment, shown):
    moment, (shown, _, day) = utc(moment), shown.partition(" on ")
    ann = django_user_model.objects.create_user("ann")
    assert uk_time.words(moment).startswith(shown)
    assert uk_time.words(moment).endswith(day)
    at(moment)
    Draft.objects.create(
        user=ann, key="0" * 32, address="/admin/", title="A form", fields=[], kept_at=moment
    )
    request = rf.get("/")
    request.user = ann
    [row] = drafts_desk.waiting(request, moment)
    assert f"You typed here at {shown} on " in row.words
    kind = ContentType.objects.get_for_model(ann)
    LogEntry.objects.create(
        user=ann, content_type=kind, object_id=ann.pk, action_flag=CHANGE, action_time=moment
    )
    assert f"was ann, at {shown} on " in meanwhile.changed(request, ann)
    sent = {"key": "0" * 32, "user": "ann", "address": "/admin/", "title": "", "fields": None}
    asked = rf.post(
        "/", json.dumps(sent), "application/json", headers={"sec-fetch-site": "same-origin"}
    )
    asked.user, asked.session = ann, {}
    keep = views.keep_for(SimpleNamespace(has_permission=lambda request: True))
    assert json.loads(keep(asked).content)["at"] == shown


@on_each_day
def test_a_machine_that_is_silent_was_heard_of_on_the_readers_day(at, moment, day):
    at(moment + SILENT)
    said = str(Serving(machine="one", at=moment, edition=1))
    assert f" on {day:%-d %B}. " in said
