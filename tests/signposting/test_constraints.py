"""What the database itself refuses, and the forms before it, each with a sentence that names the field."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from signposting.models import (
    Check,
    Closure,
    ExceptionalDay,
    Route,
    WeeklyHours,
)

from ..reading import read
from .facts import ORDER
from .keepers import save, url


def refuses(row, name, sentence):
    """Assert that the database refuses to save a row, and that a form says why."""
    with pytest.raises(ValidationError) as caught:
        row.validate_constraints()
    assert any(sentence in message for message in caught.value.messages), caught.value.messages
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


@pytest.fixture
def service(register):
    return register.get(slug="paladin")


@pytest.fixture
def route(service):
    return service.first_route


@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        ({"first_route": None}, "published_service_has_a_route", "First route: "),
        ({"last_check": None}, "published_service_was_checked", "Checks: "),
        ({"alternative": None}, "public_service_has_an_alternative", "Another way to get help: "),
        ({"status": "withheld"}, "withheld_service_says_why", "Why it is withheld: "),
        ({"emergency": True, "status": "draft"}, "emergency_service_is_published", "Status: "),
        ({"slug": "who-to-contact"}, "service_slug_is_not_reserved", "Short name: "),
        (
            {"confidence": "owner", "doubt": "This number is old."},
            "certain_service_has_no_doubt",
            "What is not certain: ",
        ),
        ({"minimum_age": 18, "maximum_age": 16}, "service_ages_in_order", "Oldest age: "),
    ],
)
def test_a_service_that_must_not_be_public_is_refused(service, fields, name, sentence):
    for field, value in fields.items():
        setattr(service, field, value)
    refuses(service, name, sentence)


def test_a_service_is_not_its_own_alternative(service):
    service.alternative = service
    refuses(service, "service_is_not_its_own_alternative", "Another way to get help: ")


def test_the_route_of_a_published_service_cannot_be_deleted(route):
    with pytest.raises(IntegrityError), transaction.atomic():
        route.delete()


NUMBERS = [
    ("02038664107", "020 3866 4108", "route_display_matches_dial", "not the same digits"),
    ("0203866410Z", "0203866410Z", "route_dial_is_digits", "use the digits 0 to 9"),
    ("٠٢٠٣٨٦٦٤١٠٧", "٠٢٠٣٨٦٦٤١٠٧", "route_dial_is_digits", "use the digits 0 to 9"),
    ("020​38664107", "020​38664107", "route_dial_is_digits", "use the digits 0 to 9"),
    ("02038664107", "020\N{NO-BREAK SPACE}38664107", "route_display_matches_dial", "same digits"),
    ("02038664107\n", "02038664107\n", "route_dial_is_digits", "use the digits 0 to 9"),
    ("12", "12", "route_dial_is_digits", "use the digits 0 to 9"),
    *[
        (number, number, "route_is_not_a_premium_number", "can cost a lot")
        for number in ("08431234567", "08711234567", "09061234567", "118118", "07012345678")
    ],
]


@pytest.mark.parametrize(("dial", "display", "name", "sentence"), NUMBERS)
def test_a_number_that_must_not_be_published_is_refused(route, dial, display, name, sentence):
    route.dial, route.display = dial, display
    refuses(route, name, sentence)


def test_an_emergency_route_has_no_number_of_its_own(register):
    route = register.get(slug="999").first_route
    route.dial = route.display = "998"
    refuses(route, "emergency_route_has_no_number_of_its_own", "Number: ")


def hours(*times):
    names = ("opens", "closes", "opens_again", "closes_again", "opens_third", "closes_third")
    return {
        name: time.fromisoformat(text) for name, text in zip(names, times, strict=False) if text
    }


@pytest.mark.parametrize(
    "times",
    [
        ("09:00", "17:00"),
        ("00:00", "00:00"),
        ("18:00", "00:00"),
        ("18:00", "02:00"),
        ("09:00", "12:00", "14:00", "16:30"),
        ("09:00", "12:00", "14:00", "00:00"),
        ("09:00", "12:00", "22:00", "03:00"),
        ("09:00", "12:00", "14:00", "16:30", "18:00", "20:00"),
        ("09:00", "12:00", "14:00", "16:30", "18:00", "01:00"),
    ],
)
def test_hours_of_one_day_are_kept(route, times):
    row = WeeklyHours(route=route, day=0, **hours(*times))
    row.full_clean()
    row.save()


BAD_HOURS = [
    (("09:00", "09:00"), "first_session", "Closes: "),
    (("09:00", ""), "first_session", "Closes: "),
    (("16:00", "09:00", "10:00", "12:00"), "first_session", "Closes: "),
    (("09:00", "00:00", "01:00", "02:00"), "first_session", "Closes: "),
    (("09:00", "12:00", "12:00", "16:00"), "second_session", "Opens again: "),
    (("09:00", "12:00", "11:00", "16:00"), "second_session", "Opens again: "),
    (("09:00", "12:00", "14:00", "14:00"), "second_session", "Opens again: "),
    (("09:00", "12:00", "14:00", ""), "second_session", "Opens again: "),
    (("09:00", "12:00", "", "16:00"), "second_session", "Opens again: "),
    (("09:00", "12:00", "14:00", "02:00", "16:00", "17:00"), "second_session", "Opens again: "),
    (("09:00", "12:00", "14:00", "16:00", "15:00", "17:00"), "third_session", "Opens a third"),
    (("09:00", "12:00", "", "", "15:00", "17:00"), "third_session", "Opens a third"),
]


@pytest.mark.parametrize(("times", "name", "sentence"), BAD_HOURS)
def test_sessions_that_overlap_or_touch_are_refused(route, times, name, sentence):
    row = WeeklyHours(route=route, day=0, **hours(*times))
    refuses(row, f"weekly_hours_{name}", sentence)
    row = ExceptionalDay(route=route, date=date(2026, 12, 24), reason="x", **hours(*times))
    refuses(row, f"exceptional_day_{name}", sentence)


@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        ({"weeks": "other"}, "weekly_hours_every_other_week_from", "First day: "),
        ({"last_day": date(2027, 1, 1)}, "weekly_hours_days_in_order", "Last day: "),
        (
            {"first_day": date(2027, 1, 2), "last_day": date(2027, 1, 1)},
            "weekly_hours_days_in_order",
            "Last day: ",
        ),
        ({"day": 7, "weeks": "first"}, "weekly_hours_of_every_bank_holiday", "Bank holidays: "),
        ({"day": 8}, "weekly_hours_name_a_time", "Opens: "),
    ],
)
def test_a_row_of_hours_that_could_not_be_read_is_refused(route, fields, name, sentence):
    row = WeeklyHours(**{"route": route, "day": 0, **hours("09:00", "17:00"), **fields})
    refuses(row, name, sentence)


def test_a_day_can_have_other_hours_in_some_weeks_and_from_a_date(route):
    for fields in ({}, {"weeks": "first"}, {"first_day": date(2027, 1, 4)}):
        row = WeeklyHours(route=route, day=0, **hours("09:00", "17:00"), **fields)
        row.full_clean()
        row.save()
    again = WeeklyHours(route=route, day=0, first_day=date(2027, 1, 4), **hours("09:00", "12:00"))
    refuses(again, "UNIQUE|unique", "Day: this day is in the table already.")


def test_a_day_has_one_row_so_its_hours_cannot_overlap(route):
    WeeklyHours.objects.create(route=route, day=0, **hours("09:00", "17:00"))
    again = WeeklyHours(route=route, day=0, **hours("18:00", "19:00"))
    refuses(again, "UNIQUE|unique", "Day: this day is in the table already.")


def test_a_closed_day_is_left_out_of_the_week(route):
    refuses(WeeklyHours(route=route, day=0), "weekly_hours_name_a_time", "Opens: ")


def test_an_exception_may_be_closed_all_day(route):
    row = ExceptionalDay(route=route, date=date(2026, 12, 25), reason="Christmas")
    row.full_clean()
    row.save()


@pytest.mark.parametrize("text", ["25:00", "9.61", "nine", "24:00"])
def test_a_time_that_is_none_is_refused_by_the_field(route, text):
    with pytest.raises(ValidationError) as caught:
        WeeklyHours(route=route, day=0, opens=text, closes="17:00").full_clean()
    assert "opens" in caught.value.message_dict


def test_a_closure_ends_after_it_begins(route):
    row = Closure(route=route, first_day=date(2026, 1, 2), last_day=date(2026, 1, 1), reason="x")
    refuses(row, "closure_days_in_order", "Last day closed: ")


def test_a_check_is_due_after_its_day_and_says_where(service):
    fields = {"service": service, "how": "read", "day": date(2026, 1, 1)}
    refuses(
        Check(**fields, where="x", due=date(2026, 1, 1)), "check_is_due_later", "Check again by: "
    )
    refuses(Check(**fields, where="", due=date(2026, 2, 1)), "check_says_where", "Page or person: ")


def test_a_route_has_its_short_name_once_a_service(service):
    refuses(Route(service=service, key="phone", kind="voice"), "UNIQUE|unique", "Short name: ")


def test_time_alone_never_takes_a_route_away(register, rf):
    from datetime import UTC, datetime

    from signposting import views

    request = rf.get("/help/")
    request.moment = datetime(2090, 1, 1, tzinfo=UTC)
    html = views.help_page(request).content.decode()
    assert html.count("Not checked since") == len(ORDER)
    assert "We last checked" not in html
    assert 'href="tel:08088020300"' in html
    assert "data-opening" not in html


def said(answer):
    """Return what a screen says is wrong, with its heading; "" if it was saved."""
    return "" if answer.status_code == 302 else " ".join(read(answer).text.split())


def rows(prefix, row, start=0):
    """Return what a browser sends of two rows that were added to a table, and are the same."""
    sent = {f"{prefix}-TOTAL_FORMS": start + 2, f"{prefix}-INITIAL_FORMS": start}
    for place in (start, start + 1):
        sent |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return sent


WEEK = {"day": "0", "weeks": "every", "opens": "10:00", "closes": "12:00"}
DAY = {"date": "24 December 2026", "opens": "10:00", "closes": "12:00", "reason": "Christmas Eve"}
TWICE = "Day: this day is in the table already."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_route": ""}, "First route: a published service needs one way to reach it."),
        ({"alternative": ""}, "Another way to get help: choose one."),
        (
            rows("routes", {"key": "office", "kind": "voice", "position": "9"}, start=2),
            "Short name: this service has a route of that name.",
        ),
    ],
)
def test_the_form_of_a_service_says_what_the_database_would_refuse(
    alice, service, changes, sentence
):
    """Django leaves out what names a field that the form does not show, such as the status."""
    before = service.routes.count()
    assert sentence in said(save(alice, url(service.pk, "change"), **changes))
    service.refresh_from_db()
    assert None not in (service.first_route, service.alternative)
    assert service.routes.count() == before


@pytest.mark.parametrize(
    ("prefix", "row", "sentence"),
    [
        ("weekly_hours", WEEK, TWICE),
        ("weekly_hours", {**WEEK, "first_day": "2026-12-01"}, TWICE),
        ("exceptional_days", DAY, "Date: this date is in the list already."),
    ],
)
def test_two_rows_of_one_day_are_refused_in_the_form_of_a_route(
    alice, route, prefix, row, sentence
):
    address = reverse("admin:signposting_route_change", args=[route.pk])
    assert said(save(alice, address, **rows(prefix, row))).count(sentence) == 1
    # One of them is the way to mend it.
    assert said(save(alice, address, **rows(prefix, row), **{f"{prefix}-1-DELETE": "on"})) == ""
    assert getattr(route, prefix).count() == 1


def test_two_rows_of_one_day_are_refused_in_the_form_of_a_service(alice, service, route):
    other = service.routes.exclude(pk=route.pk).first()
    sent = rows("exceptionalday", {**DAY, "route": route.pk})
    sentence = "Date: this date is in the list already."
    address = url(service.pk, "change")
    assert said(save(alice, address, **sent)).count(sentence) == 1
    assert said(save(alice, address, **sent | {"exceptionalday-1-route": other.pk})) == ""
