"""What register keepers do: check, take off, change a number with a second person."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

import publishing
from publishing import sources
from publishing.printing.printer import Result
from signposting import usage
from signposting.admin.export import harmless
from signposting.models import Check, NotWorking, Route, Service
from signposting.presenters import london_day
from tests.register import agree_all

from ..reading import plain, read
from .keepers import agree, public, save, url

OLD, NEW = "0808 802 0300", "0808 802 0399"


def test_the_list_says_what_needs_doing_and_what_does_not_agree(
    alice, helpline, django_assert_max_num_queries
):
    today = london_day(timezone.now())
    Check.objects.filter(pk=helpline.last_check_id).update(
        due=today - timedelta(days=1), day="2026-01-01"
    )
    NotWorking.objects.count_one(helpline, today)
    # However many services there are: a few of them ask what stands above every screen.
    with django_assert_max_num_queries(38):
        response = alice.get(url())
    text = plain(read(response).text)
    assert "Check overdue since" in text
    assert "1 reader said that the number did not work." in text
    assert "Not settled." in text
    assert "The same number as Equation." in text
    only = read(alice.get(url() + "?todo=1")).text
    assert "National Stalking Helpline" in only
    assert "Samaritans" not in only


@pytest.mark.long
def test_other_rooms_say_on_which_pages_a_service_stands(alice, helpline, monkeypatch):
    monkeypatch.setattr(usage, "sources", [])
    usage.register(lambda: {helpline.slug: [("One", "/one/"), ("Two", "/two/")]})
    place = ("Three", "/three/")
    usage.register(lambda: {helpline.slug: [place] * 3, "other": [place]})
    assert (
        "On 5 other pages: One, Two, Three, Three, Three."
        in read(alice.get(url(helpline.pk, "change"))).text
    )


@pytest.mark.long
def test_the_form_shows_the_service_as_readers_see_it(alice, helpline):
    text = read(alice.get(url(helpline.pk, "change"))).text
    assert "As readers see it now" in text
    assert OLD in text
    assert "Wednesday, 1pm to 4pm." in text


@pytest.mark.long
def test_a_check_is_one_screen_that_is_filled_in_already(alice, helpline):
    before = london_day(timezone.now())
    page = alice.get(url(helpline.pk, "check"))
    data = {name: page.context["form"].initial[name] for name in ("how", "where", "day", "due")}
    assert before <= data["day"] <= london_day(timezone.now()), "today, also around midnight"
    response = alice.post(url(helpline.pk, "check"), {**data, "outcome": "right"})
    assert response.status_code == 302
    helpline.refresh_from_db()
    assert helpline.last_check.by.username == "alice"
    assert helpline.last_check.day == data["day"]


@pytest.mark.long
def test_a_check_that_found_a_mistake_is_a_task_and_ends_open_now(alice, bob, helpline):
    today = london_day(timezone.now())
    confirmed = {"how": "confirmed", "where": "Manager", "day": today, "due": today + timedelta(90)}
    confirmed |= {f"hours_{helpline.first_route_id}": "yes"}
    alice.post(url(helpline.pk, "check"), {**confirmed, "outcome": "right"})
    agree(bob)
    page = Client().get(f"/help/{helpline.slug}/").content
    assert b"data-opening" in page
    alice.post(url(helpline.pk, "check"), {**confirmed, "outcome": "wrong"})
    assert b"data-opening" not in Client().get(f"/help/{helpline.slug}/").content
    assert "The newest check found something wrong." in read(alice.get(url())).text


def test_a_check_of_a_day_to_come_is_refused(alice, helpline):
    data = {
        "how": "read",
        "where": "x",
        "day": "2999-01-01",
        "due": "2999-02-01",
        "outcome": "right",
    }
    response = alice.post(url(helpline.pk, "check"), data)
    assert "Day: it has not come yet." in read(response).text


@pytest.mark.long
def test_changing_the_hours_ends_what_the_owner_confirmed(alice, helpline):
    today = london_day(timezone.now())
    Check(
        service=helpline, how="confirmed", where="Manager", day=today, due=today + timedelta(90)
    ).record(helpline.routes.filter(kind="voice"))
    agree_all()
    assert b"data-opening" in Client().get(f"/help/{helpline.slug}/").content
    route = helpline.first_route
    page = alice.get(f"/admin/signposting/route/{route.pk}/change/")
    data = {}
    forms = [
        page.context["adminform"].form,
        *(f.formset for f in page.context["inline_admin_formsets"]),
    ]
    for form in [forms[0], *(x for f in forms[1:] for x in [f.management_form, *f.forms])]:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else value
    data["bank_holidays"] = "same"
    assert alice.post(f"/admin/signposting/route/{route.pk}/change/", data).status_code == 302
    assert "The same on bank holidays." not in public(f"/help/{helpline.slug}/")
    agree_all()
    page = Client().get(f"/help/{helpline.slug}/").content
    assert b"data-opening" not in page
    assert b"The same on bank holidays." in page


@pytest.mark.long
def test_hours_are_typed_on_the_screen_of_the_service_and_said_back_first(alice, helpline):
    address = url(helpline.pk, "change")

    def way(page, name):
        routes, *_ = [f.formset for f in page.context["inline_admin_formsets"]]
        form = next(f for f in routes.forms if f.instance == helpline.first_route)
        return form[name]

    said = way(alice.get(address), "said").html_name
    typed = {said: "Mon-Fri 10:15am-3pm; closed on bank holidays"}
    asked = save(alice, address, **typed)
    assert "We understand: Monday to Friday, 10:15am to 3pm." in plain(read(asked).text)
    before = list(helpline.first_route.weekly_hours.values_list("pk", flat=True))
    assert before
    shown = way(asked, "shown")
    assert save(alice, address, **typed, **{shown.html_name: shown.value()}).status_code == 302
    assert not helpline.first_route.weekly_hours.filter(pk__in=before).exists()
    assert "Monday to Friday, 10:15am to 3pm" in plain(read(alice.get(address)).text)
    assert "10:15am" not in public(f"/help/{helpline.slug}/")


@pytest.mark.long
def test_hours_that_were_not_understood_stay_and_change_nothing(alice, helpline):
    page = alice.get(url(helpline.pk, "change"))
    routes, *_ = [f.formset for f in page.context["inline_admin_formsets"]]
    name = routes.forms[0].add_prefix("said")
    answer = save(alice, url(helpline.pk, "change"), **{name: "when the moon is full"})
    assert answer.status_code == 200
    assert "when the moon is full" in answer.content.decode()


@pytest.mark.long
def test_the_ways_and_their_hours_stand_before_what_is_asked_for_less(alice, helpline):
    text = read(alice.get(url(helpline.pk, "change"))).text
    parts = ["What readers are told", "Ways to reach it, and when", "In data", "For staff"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


@pytest.mark.long
def test_a_number_cannot_be_typed_into_the_record_itself(alice, helpline):
    page = alice.get(f"/admin/signposting/route/{helpline.first_route_id}/change/")
    names = set(page.context["adminform"].form.fields)
    assert "cost" in names
    assert not names & {"dial", "display", "emergency", "address"}
    page = alice.get(url(helpline.pk, "change"))
    routes, *_ = [f.formset for f in page.context["inline_admin_formsets"]]
    assert not set(routes.empty_form.fields) & {"dial", "display", "address"}


@pytest.mark.long
def test_emergency_routes_can_be_checked_and_not_changed(alice, register):
    service = register.get(slug="999")
    assert alice.post(url(service.pk, "change"), {"name": "998"}).status_code == 403
    assert alice.get(url(service.pk, "check")).status_code == 200
    data = {"because": "x", "alternative": register.get(slug="juno").pk}
    assert "always on the help page" in read(alice.post(url(service.pk, "take-off"), data)).text


@pytest.mark.parametrize("screen", ["check", "ask", "take-off", "less"])
def test_who_is_no_keeper_gets_no_screen(register, helpline, screen):
    editor = get_user_model().objects.create_user("editor", is_staff=True)
    client = Client()
    client.force_login(editor)
    assert client.get(url(helpline.pk, screen)).status_code == 403


def test_the_register_as_csv_has_every_route_and_no_cell_that_runs(alice, register):
    Service.objects.filter(slug="juno").update(name="=HYPERLINK(1)", doubt="+1")
    data = {"action": "export", "_selected_action": [s.pk for s in register.all()]}
    response = alice.post(url(), data)
    assert response["Content-Disposition"] == 'attachment; filename="register.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == Route.objects.count()
    by_slug = {row["service"]: row for row in rows}
    assert by_slug["juno"]["name"] == "'=HYPERLINK(1)"
    assert by_slug["juno"]["what is not certain"] == "'+1"
    assert by_slug["juno"]["opening hours"] == "24/7"
    assert by_slug["999"]["number"] == "999"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless("0808 802 0300") == "0808 802 0300"


def add_route(client, service):
    data = {"service": service.pk, "key": "another", "kind": "web", "position": 10}
    data |= {"words": "Write to us.", "cost": "unstated", "trace": "unstated", "hours": "unknown"}
    data |= {"bank_holidays": "unknown", "hours_confidence": "one"}
    data |= {"holidays_of": "england-and-wales"}
    for prefix in ("weekly_hours", "exceptional_days", "closures"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return client.post("/admin/signposting/route/add/", data)


def test_a_keeper_adds_a_way_to_a_service_and_none_to_an_emergency_service(alice, register):
    assert add_route(alice, register.get(slug="juno")).status_code == 302
    refused = add_route(alice, register.get(slug="999"))
    assert refused.status_code == 200
    assert list(Route.objects.filter(key="another").values_list("service__slug")) == [("juno",)]
    route = Route(service=register.get(slug="999"), key="another", kind="web", words="Write.")
    with pytest.raises(ValidationError, match="part of the site itself"):
        route.full_clean()


def test_an_emergency_service_never_shows_another_number(register):
    for slug, last in (("999", 0), ("juno", 1)):
        Route.objects.create(
            service=register.get(slug=slug),
            key="x",
            kind="voice",
            dial=f"0115000000{last}",
            display=f"0115 000 000{last}",
        )
    agree_all()
    assert "0115 000 0001" in public()
    assert "0115 000 0000" not in public()
    known = {number.dial for number in sources.registered["signposting"].numbers()}
    assert "01150000001" in known
    assert "01150000000" not in known


@pytest.mark.long
@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "It is being printed. Readers see it in a moment."),
        (Result(number=3), "The public sees this now."),
        (Result(number=None, pinned=2), "Edition 2 is pinned."),
        (
            Result(number=None, problems=["No."]),
            "Readers keep the last edition until that is mended.",
        ),
    ],
)
def test_a_keeper_is_told_what_readers_see_of_it(alice, helpline, monkeypatch, result, words):
    monkeypatch.setattr(publishing, "print_now", lambda: result)
    check = {"how": "read", "where": "x", "outcome": "right", "day": london_day(timezone.now())}
    check["due"] = check["day"] + timedelta(days=30)
    said = read(alice.post(url(helpline.pk, "check"), check, follow=True)).text
    assert words in said
    assert "Readers see it in a minute" not in said


@pytest.mark.long
def test_what_readers_reported_stays_a_task_until_somebody_found_out(alice, helpline):
    today = london_day(timezone.now())
    NotWorking.objects.count_one(helpline, today)
    check = {"how": "read", "where": "x", "day": today, "due": today + timedelta(days=30)}
    alice.post(url(helpline.pk, "check"), {**check, "outcome": "no-answer"})
    assert "1 reader said that the number did not work." in read(alice.get(url())).text
    alice.post(url(helpline.pk, "check"), {**check, "outcome": "right"})
    assert "1 reader said that the number did not work." not in read(alice.get(url())).text


@pytest.mark.long
def test_a_confirmed_check_must_say_whether_the_hours_were_confirmed(alice, bob, helpline):
    today = london_day(timezone.now())
    data = {"how": "confirmed", "where": "Manager", "day": today, "due": today + timedelta(90)}
    data["outcome"] = "right"
    refused = alice.post(url(helpline.pk, "check"), data)
    assert "Hours: say whether the service confirmed them too." in read(refused).text
    page = f"/help/{helpline.slug}/"
    hours = f"hours_{helpline.first_route_id}"
    assert alice.post(url(helpline.pk, "check"), {**data, hours: "no"}).status_code == 302
    agree(bob)
    assert b"data-opening" not in Client().get(page).content
    alice.post(url(helpline.pk, "check"), {**data, hours: "yes"})
    assert b"data-opening" not in Client().get(page).content
    agree(bob)
    assert b"data-opening" in Client().get(page).content
    assert "hoursAvailable" in Client().get(page).content.decode()


@pytest.mark.long
def test_a_confirmed_check_must_say_whether_a_doubt_still_stands(alice, bob, register):
    line = register.get(slug="nsas-women")
    assert "This number is from April 2024." in public("/help/nsas-women/")
    today = london_day(timezone.now())
    data = {"how": "confirmed", "where": "Manager", "day": today, "due": today + timedelta(90)}
    data["outcome"] = "right"
    assert "Is this still not certain?" in read(alice.get(url(line.pk, "check"))).text
    refused = alice.post(url(line.pk, "check"), data)
    assert "What is not certain: say whether it still is." in read(refused).text
    assert not line.checks.filter(how="confirmed").exists()
    # What was only read settles nothing, whatever is chosen.
    assert (
        alice.post(url(line.pk, "check"), {**data, "how": "read", "doubt": "no"}).status_code == 302
    )
    assert register.get(pk=line.pk).doubt
    assert alice.post(url(line.pk, "check"), {**data, "doubt": "yes"}).status_code == 302
    assert register.get(pk=line.pk).doubt
    agree(bob)
    assert "This number is from April 2024." in public("/help/nsas-women/")
    assert alice.post(url(line.pk, "check"), {**data, "doubt": "no"}).status_code == 302
    assert register.get(pk=line.pk).doubt == ""
    # It claims more than before, so readers have it when a second keeper agrees.
    assert "This number is from April 2024." in public("/help/nsas-women/")
    agree(bob)
    assert "This number is from April 2024." not in public("/help/nsas-women/")


@pytest.mark.long
@pytest.mark.parametrize("confidence", ["rule", "owner", "two", "one", "open"])
def test_hours_with_any_doubt_are_never_open_now(helpline, confidence):
    today = london_day(timezone.now())
    check = Check(service=helpline, how="confirmed", where="Manager", day=today)
    check.due = today + timedelta(90)
    check.record(helpline.routes.filter(kind="voice"))
    agree_all()
    page = f"/help/{helpline.slug}/"
    assert b"data-opening" in Client().get(page).content
    helpline.routes.update(hours_confidence=confidence)
    agree_all()
    assert b"data-opening" not in Client().get(page).content
    assert b"hoursAvailable" not in Client().get(page).content


def test_nobody_types_that_the_service_told_us(alice, helpline):
    data = {"hours_confidence": "confirmed"}
    refused = alice.post(f"/admin/signposting/route/{helpline.first_route_id}/change/", data)
    assert "record a check to say that the service told us" in read(refused).text


@pytest.mark.long
def test_a_check_holds_for_as_long_as_checks_may_and_no_longer(alice, helpline):
    today = london_day(timezone.now())
    data = {"how": "read", "where": "x", "day": today, "outcome": "right"}
    for due in (today + timedelta(91), "2126-01-01"):
        refused = alice.post(url(helpline.pk, "check"), {**data, "due": due})
        assert "it must be within 90 days of the day of the check" in read(refused).text
    assert (
        alice.post(url(helpline.pk, "check"), {**data, "due": today + timedelta(90)}).status_code
        == 302
    )


def test_an_older_check_does_not_replace_a_newer_one(alice, helpline):
    newest = london_day(timezone.now())
    for day, outcome in (
        (newest, "right"),
        (newest - timedelta(40), "right"),
        (newest - timedelta(40), "wrong"),
    ):
        data = {"how": "read", "where": "x", "day": day, "due": day + timedelta(60)}
        assert (
            alice.post(url(helpline.pk, "check"), {**data, "outcome": outcome}).status_code == 302
        )
    helpline.refresh_from_db()
    assert helpline.last_check.day == newest
    assert not helpline.in_question
    assert helpline.checks.filter(day=newest - timedelta(40)).count() == 2
