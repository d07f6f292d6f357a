"""What register keepers do: check, take off, change a number with a second person."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

import publishing
from publishing import sources
from publishing.printing.printer import Result
from signposting import usage
from signposting.admin.export import harmless
from signposting.models import Check, NotWorking, NumberChange, Route, Service
from signposting.presenters import london_day
from signposting.references import fill
from tests.register import agree_all

from .reading import plain, read

OLD, NEW = "0808 802 0300", "0808 802 0399"


@pytest.fixture
def keepers(register):
    """Two register keepers, each signed in: Alice and Bob."""

    def sign_in(name):
        user = get_user_model().objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name="Register keepers"))
        client = Client()
        client.force_login(user)
        return client

    return sign_in("alice"), sign_in("bob")


@pytest.fixture
def alice(keepers):
    return keepers[0]


@pytest.fixture
def bob(keepers):
    return keepers[1]


@pytest.fixture
def helpline(register):
    return register.get(slug="national-stalking-helpline")


def url(*parts):
    return "/admin/signposting/service/" + "".join(f"{part}/" for part in parts)


def public(path="/help/"):
    return read(Client().get(path)).text


def ask(client, helpline, number=NEW):
    return client.post(
        url("number", helpline.first_route_id), {"display": number, "reason": "Their own page."}
    )


def test_the_list_says_what_needs_doing_and_what_does_not_agree(
    alice, helpline, django_assert_max_num_queries
):
    today = london_day(timezone.now())
    Check.objects.filter(pk=helpline.last_check_id).update(
        due=today - timedelta(days=1), day="2026-01-01"
    )
    NotWorking.objects.count_one(helpline, today)
    with django_assert_max_num_queries(25):
        response = alice.get(url())
    text = plain(read(response).text)
    assert "Check overdue since" in text
    assert "1 reader said that the number did not work." in text
    assert "Published pages disagree." in text
    assert "The same number as Equation." in text
    only = read(alice.get(url() + "?todo=1")).text
    assert "National Stalking Helpline" in only
    assert "Samaritans" not in only


def test_other_rooms_say_on_how_many_pages_a_service_stands(alice, helpline, monkeypatch):
    monkeypatch.setattr(usage, "counters", [])
    usage.register(lambda: {helpline.slug: 2})
    usage.register(lambda: {helpline.slug: 3, "other": 1})
    assert "On 5 other pages." in read(alice.get(url(helpline.pk, "change"))).text


def test_the_form_shows_the_service_as_readers_see_it(alice, helpline):
    text = read(alice.get(url(helpline.pk, "change"))).text
    assert "As readers see it now" in text
    assert OLD in text
    assert "Hours not confirmed. Check with the service." in text


def test_a_check_is_one_screen_that_is_filled_in_already(alice, helpline):
    page = alice.get(url(helpline.pk, "check"))
    data = {name: page.context["form"].initial[name] for name in ("how", "where", "day", "due")}
    response = alice.post(url(helpline.pk, "check"), {**data, "outcome": "right"})
    assert response.status_code == 302
    helpline.refresh_from_db()
    assert helpline.last_check.by.username == "alice"
    assert helpline.last_check.day == london_day(timezone.now())


def test_a_check_that_found_a_mistake_is_a_task_and_ends_open_now(alice, helpline):
    today = london_day(timezone.now())
    confirmed = {"how": "confirmed", "where": "Manager", "day": today, "due": today + timedelta(90)}
    confirmed |= {f"hours_{helpline.first_route_id}": "yes"}
    alice.post(url(helpline.pk, "check"), {**confirmed, "outcome": "right"})
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
    page = Client().get(f"/help/{helpline.slug}/").content
    assert b"data-opening" not in page
    assert b"The same on bank holidays." in page


def test_a_changed_number_waits_for_a_second_person(alice, bob, helpline):
    assert ask(alice, helpline).status_code == 302
    assert OLD in public()
    assert NEW not in public()
    change = NumberChange.objects.waiting().get()
    assert NEW not in bob.get(url("agree", change.pk)).content.decode()  # Bob must find it himself

    refused = alice.post(url("agree", change.pk), {"display": NEW})
    assert "You cannot agree your own change." in read(refused).text
    refused = bob.post(url("agree", change.pk), {"display": "0808 802 0398"})
    assert "this is not the number that your colleague typed" in read(refused).text
    assert NEW not in public()

    assert bob.post(url("agree", change.pk), {"display": "08088020399"}).status_code == 302
    for path in ("/help/", f"/help/{helpline.slug}/", "/help/who-to-contact/", "/sheet/"):
        assert NEW in public(path)
        assert OLD not in public(path)
    said = LogEntry.objects.filter(user__username="bob").latest("pk").change_message
    assert f"has the number {NEW}" in said


def digits_everywhere():
    """Return the digits of every public answer of the register, and of prose that refers to it."""
    bodies = [fill("[[national-stalking-helpline]]")]
    for address in sources.registered["signposting"].addresses(timezone.now()):
        bodies.append(Client().get(address.path).content.decode())
    return [re.sub(r"[^0-9]", "", body.replace("+44", "0")) for body in bodies]


def test_an_agreed_number_is_changed_in_every_answer_and_in_none_before(alice, bob, helpline):
    old, new = OLD.replace(" ", ""), NEW.replace(" ", "")
    had = [old in digits for digits in digits_everywhere()]
    assert sum(had) > 10  # pages, cards, sheet, open data, feed, prose
    ask(alice, helpline)
    assert not any(new in digits for digits in digits_everywhere())
    bob.post(url("agree", NumberChange.objects.waiting().get().pk), {"display": NEW})
    after = digits_everywhere()
    assert not any(old in digits for digits in after)
    assert [new in digits for digits in after] == had


def test_the_database_itself_refuses_one_person_who_does_both(alice, helpline):
    ask(alice, helpline)
    change = NumberChange.objects.waiting().get()
    with (
        pytest.raises(IntegrityError, match="number_agreed_by_a_second_person"),
        transaction.atomic(),
    ):
        NumberChange.objects.filter(pk=change.pk).update(
            agreed_by=change.asked_by, agreed_at=timezone.now()
        )


def test_a_change_may_be_dropped_and_then_agreed_no_more(alice, bob, helpline):
    ask(alice, helpline)
    change = NumberChange.objects.waiting().get()
    assert alice.post(url("drop", change.pk)).status_code == 302
    assert bob.post(url("agree", change.pk), {"display": NEW}).status_code == 404
    assert OLD in public()


def test_one_person_takes_a_number_off_at_once_with_a_reason(alice, helpline, register):
    data = {"withheld_because": "", "alternative": register.get(slug="victim-care").pk}
    assert "This field is required." in read(alice.post(url(helpline.pk, "take-off"), data)).text
    assert OLD in public()
    data["withheld_because"] = "It rang out three times."
    assert alice.post(url(helpline.pk, "take-off"), data).status_code == 302
    for path in ("/help/", f"/help/{helpline.slug}/", "/help/who-to-contact/", "/sheet/"):
        assert OLD not in public(path)
    assert "Nottinghamshire Victim CARE in its place" in public(f"/help/{helpline.slug}/")
    assert "rang out" in LogEntry.objects.latest("pk").change_message


def test_a_number_comes_back_only_when_two_people_typed_it(alice, bob, helpline, register):
    data = {"withheld_because": "It rang out.", "alternative": register.get(slug="juno").pk}
    alice.post(url(helpline.pk, "take-off"), data)
    response = alice.post(url(helpline.pk, "show"))
    assert "A number comes back only when two people have typed it." in read(response).text
    ask(alice, helpline, OLD)
    assert OLD not in public()
    bob.post(url("agree", NumberChange.objects.waiting().get().pk), {"display": OLD})
    assert OLD in public()


def test_a_service_without_a_number_may_be_shown_again(alice, register):
    service = register.get(slug="police-online")
    service.status, service.withheld_because = Service.Status.WITHHELD, "The page is gone."
    service.save()
    agree_all()
    assert "nottinghamshire.police.uk" not in public()
    assert alice.post(url(service.pk, "show")).status_code == 302
    assert "nottinghamshire.police.uk" in public()


def screens(helpline):
    """Where a keeper chooses what stands beside a service, or in its place."""
    return [url(helpline.pk, "take-off"), url(helpline.pk, "change")]


@pytest.mark.parametrize("wrong", ["ask-for-ani", "notts-womens-aid", "national-stalking-helpline"])
def test_what_readers_cannot_use_stands_in_no_place(alice, helpline, register, wrong):
    other = register.get(slug=wrong)
    assert other == helpline or not other.is_published
    words = "choose a service that readers can use now. A draft, one that was taken off, or this"
    for screen in screens(helpline):
        data = {"withheld_because": "It rang out.", "alternative": other.pk}
        assert words in read(alice.post(screen, data)).text
        context = alice.get(screen).context
        form = context["adminform"].form if "adminform" in context else context["form"]
        offered = form.fields["alternative"].queryset.values_list("slug", flat=True)
        assert "paladin" in offered
        assert wrong not in offered
    helpline.refresh_from_db()
    assert helpline.is_published
    assert helpline.alternative.slug == "victim-support"


def test_there_is_another_way_beside_every_service_whatever_was_taken_off(alice, register):
    def other_way(slug):
        page = read(Client().get(f"/help/{slug}/"))
        return page.part("Another way to get help", "In danger")

    def take_off(slug, instead):
        data = {"withheld_because": "It rang out.", "alternative": register.get(slug=instead).pk}
        assert alice.post(url(register.get(slug=slug).pk, "take-off"), data).status_code == 302

    assert "Victim Support 0808 16 89 111" in other_way("rape-crisis")
    take_off("victim-support", "national-stalking-helpline")
    # What stands in its place stands here too; what would lead back to itself, does not.
    assert "National Stalking Helpline 0808 802 0300" in other_way("rape-crisis")
    assert "Police, when it is not an emergency Phone: 101" in other_way(
        "national-stalking-helpline"
    )
    take_off("police-online", "police-101")
    assert "Police, in an emergency 999" in other_way("police-101")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "This field is required."),
        ("0808 80Z 0300", "Number: use digits, not letters."),
        ("٠٨٠٨ ٨٠٢ ٠٣٠٠", "Number: type it with the digits 0 to 9"),
        ("0808​802 0300", "Number: it holds a character that cannot be seen."),
        ("0808  802 0300", "Number: leave one space between groups"),
        ("(0808) 802-0300", "Number: use digits and spaces only"),
        ("+44 808 802 0300", "Number: use digits and spaces only"),
        ("12", "Number: it must have 3 to 15 digits."),
        ("0843 123 4567", "Number: numbers that start 084, 087, 09, 118 or 070"),
        ("0871 123 4567", "Number: numbers that start 084, 087, 09, 118 or 070"),
        ("0906 123 4567", "Number: numbers that start 084, 087, 09, 118 or 070"),
        ("118 118", "Number: numbers that start 084, 087, 09, 118 or 070"),
        ("070 1234 5678", "Number: numbers that start 084, 087, 09, 118 or 070"),
    ],
)
def test_a_number_that_must_not_be_published_is_refused_in_a_sentence(
    alice, helpline, number, words
):
    assert words in read(ask(alice, helpline, number)).text
    assert not NumberChange.objects.exists()


def test_a_number_cannot_be_typed_into_the_record_itself(alice, helpline):
    page = alice.get(f"/admin/signposting/route/{helpline.first_route_id}/change/")
    names = set(page.context["adminform"].form.fields)
    assert "cost" in names
    assert not names & {"dial", "display", "emergency", "address"}
    page = alice.get(url(helpline.pk, "change"))
    (routes,) = [f.formset for f in page.context["inline_admin_formsets"]]
    assert not set(routes.empty_form.fields) & {"dial", "display", "address"}


@pytest.fixture
def form_to_fill_in(register):
    """A route that is nothing but a web address."""
    return Route.objects.get(service__slug="crimestoppers", key="web")


def test_a_changed_web_address_waits_for_a_second_person_too(alice, bob, form_to_fill_in):
    old, new = form_to_fill_in.address, "https://example.org/form"
    page = "/help/crimestoppers/"
    data = {"display": new, "reason": "Their own page."}
    assert alice.post(url("number", form_to_fill_in.pk), data).status_code == 302
    change = NumberChange.objects.waiting().get()
    assert "A new web address waits for a second person." in read(alice.get(url())).text
    refused = alice.post(url("agree", change.pk), {"display": new})
    assert "You cannot agree your own change." in read(refused).text
    refused = bob.post(url("agree", change.pk), {"display": "https://example.org/from"})
    assert "this is not the web address that your colleague typed" in read(refused).text
    html = Client().get(page).content.decode()
    assert f'href="{old}"' in html
    assert "example.org" not in html
    assert bob.post(url("agree", change.pk), {"display": new}).status_code == 302
    html = Client().get(page).content.decode()
    assert f'href="{new}"' in html
    assert f'href="{old}"' not in html
    assert "0800 555 111" in public(page)
    said = LogEntry.objects.filter(user__username="bob").latest("pk").change_message
    assert f"has the web address {new}" in said


@pytest.mark.parametrize(
    "address",
    [
        *["http://example.org", "example.org", "https://", "javascript:alert(1)"],
        *["https://ex\N{CYRILLIC SMALL LETTER A}mple.org", "https://exam\u200bple.org"],
        *["https://example.org/ a", "0800 555 111", "https://example.org/" + "a" * 300],
    ],
)
def test_an_address_that_must_not_be_published_is_refused(alice, form_to_fill_in, address):
    data = {"display": address, "reason": "x"}
    refused = alice.post(url("number", form_to_fill_in.pk), data)
    assert refused.status_code == 200
    assert re.search("(Web address|Address): |at most 200 characters", read(refused).text)
    assert not NumberChange.objects.exists()


def test_an_email_address_is_one_and_a_place_has_none(alice, register):
    email = Route.objects.get(service__slug="galop", key="email")
    refused = alice.post(url("number", email.pk), {"display": "help.example.org", "reason": "x"})
    assert "Email address: type it whole, as in help@example.org." in read(refused).text
    data = {"display": "help@example.org", "reason": "x"}
    assert alice.post(url("number", email.pk), data).status_code == 302
    station = Route.objects.get(service__slug="police-online", key="station")
    assert alice.get(url("number", station.pk)).status_code == 404
    offered = read(alice.get(url(station.service_id, "change"))).links
    assert ("Change the web address: Website") in [words for _, words in offered]
    assert not [words for _, words in offered if "Police station" in words]


@pytest.mark.parametrize(("slug", "key"), [("notts-womens-aid", "phone"), ("crimestoppers", "web")])
def test_what_is_held_back_cannot_be_let_go_by_one_person(alice, register, slug, key):
    route = Route.objects.get(service__slug=slug, key=key)
    Route.objects.filter(pk=route.pk).update(held_because="It is wrong.")
    page = alice.get(f"/admin/signposting/route/{route.pk}/change/")
    form = page.context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"held_because": ""}
    for prefix in ("weekly_hours", "exceptional_days", "closures"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    response = alice.post(f"/admin/signposting/route/{route.pk}/change/", data)
    assert "two people have typed it" in read(response).text


def test_emergency_routes_can_be_checked_and_not_changed(alice, register):
    service = register.get(slug="999")
    assert alice.post(url(service.pk, "change"), {"name": "998"}).status_code == 403
    assert alice.get(url(service.pk, "check")).status_code == 200
    data = {"withheld_because": "x", "alternative": register.get(slug="juno").pk}
    assert "always on the help page" in read(alice.post(url(service.pk, "take-off"), data)).text


@pytest.mark.parametrize("screen", ["check", "take-off", "show"])
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
    data |= {"bank_holidays": "unknown", "hours_confidence": "unconfirmed"}
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


def test_one_agreed_number_does_not_bring_another_back(alice, bob, register):
    ndah = register.get(slug="ndah")
    other = Route.objects.create(
        service=ndah, key="two", kind="voice", dial="01150000002", display="0115 000 0002"
    )
    page = f"/help/{ndah.slug}/"
    agree_all()
    assert "0115 000 0002" in public(page)
    data = {"withheld_because": "It rang out.", "alternative": register.get(slug="paladin").pk}
    alice.post(url(ndah.pk, "take-off"), data)
    alice.post(url("number", other.pk), {"display": "0115 000 0003", "reason": "Their page."})
    bob.post(url("agree", NumberChange.objects.waiting().get().pk), {"display": "0115 000 0003"})
    assert "0115 000 0003" in public(page)
    assert "0808 2000 247" not in public(page)
    assert "0115\xa0000\xa00003" in fill("[[ndah]]")


def test_taking_a_number_off_drops_what_was_waiting(alice, bob, helpline, register):
    ask(alice, helpline)
    change = NumberChange.objects.waiting().get()
    data = {"withheld_because": "It rang out.", "alternative": register.get(slug="paladin").pk}
    alice.post(url(helpline.pk, "take-off"), data)
    assert bob.post(url("agree", change.pk), {"display": NEW}).status_code == 404
    assert not Service.objects.get(pk=helpline.pk).is_published
    ask(alice, helpline)  # Somebody may ask again.
    bob.post(url("agree", NumberChange.objects.waiting().get().pk), {"display": NEW})
    assert Service.objects.get(pk=helpline.pk).is_published


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


def test_a_number_that_waits_is_not_said_to_be_seen(alice, helpline, monkeypatch):
    monkeypatch.setattr(publishing, "print_now", lambda: Result(number=3))
    address = url("number", helpline.first_route_id)
    said = alice.post(address, {"display": NEW, "reason": "Their page."}, follow=True)
    assert "waits for a second person" in read(said).text
    assert "The public sees this now." not in read(said).text


def test_what_readers_reported_stays_a_task_until_somebody_found_out(alice, helpline):
    today = london_day(timezone.now())
    NotWorking.objects.count_one(helpline, today)
    check = {"how": "read", "where": "x", "day": today, "due": today + timedelta(days=30)}
    alice.post(url(helpline.pk, "check"), {**check, "outcome": "no-answer"})
    assert "1 reader said that the number did not work." in read(alice.get(url())).text
    alice.post(url(helpline.pk, "check"), {**check, "outcome": "right"})
    assert "1 reader said that the number did not work." not in read(alice.get(url())).text


def test_a_confirmed_check_must_say_whether_the_hours_were_confirmed(alice, helpline):
    today = london_day(timezone.now())
    data = {"how": "confirmed", "where": "Manager", "day": today, "due": today + timedelta(90)}
    data["outcome"] = "right"
    refused = alice.post(url(helpline.pk, "check"), data)
    assert "Hours: say whether the service confirmed them too." in read(refused).text
    page = f"/help/{helpline.slug}/"
    hours = f"hours_{helpline.first_route_id}"
    assert alice.post(url(helpline.pk, "check"), {**data, hours: "no"}).status_code == 302
    assert b"data-opening" not in Client().get(page).content
    assert "Hours not confirmed. Check with the service." in public(page)
    alice.post(url(helpline.pk, "check"), {**data, hours: "yes"})
    assert b"data-opening" in Client().get(page).content
    assert "hoursAvailable" in Client().get(page).content.decode()


@pytest.mark.parametrize("confidence", ["two", "one", "conflict", "unconfirmed"])
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


def test_what_stands_in_for_another_is_not_taken_off_before_that_has_a_new_one(alice, register):
    juno = register.get(slug="juno")
    assert register.get(slug="notts-womens-aid").alternative == juno  # withheld from the start
    data = {"withheld_because": "It rang out.", "alternative": register.get(slug="ndah").pk}
    refused = alice.post(url(juno.pk, "take-off"), data)
    assert "Juno Women’s Aid helpline stands in the place of" in read(refused).text
    register.filter(slug="notts-womens-aid").update(alternative=register.get(slug="ndah"))
    assert alice.post(url(juno.pk, "take-off"), data).status_code == 302
