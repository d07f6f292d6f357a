"""What a caller may ask of the lists of open data: pages, words, terms, ages, days and times."""

from datetime import time

import pytest
from django.utils import timezone

from signposting.models import (
    Route,
    WeeklyHours,
)
from signposting.open_referral.openapi import document
from signposting.open_referral.query import DAYS
from signposting.presenters import everyone, london_day, show
from tests.register import agree_all

from .conftest import BASE, LISTS


def test_pages_are_full_but_the_last(get):
    first, second = get("services", per_page=5), get("services", per_page=5, page=2)
    assert (first["size"], first["page_number"], first["first_page"]) == (5, 1, True)
    assert (first["last_page"], first["empty"]) == (False, False)
    assert first["total_pages"] == -(-first["total_items"] // 5)
    last = get("services", per_page=5, page=first["total_pages"])
    assert last["last_page"]
    assert last["size"] == first["total_items"] % 5 or last["size"] == 5
    assert first["contents"][0]["id"] != second["contents"][0]["id"]


@pytest.mark.long
@pytest.mark.parametrize("name", LISTS)
def test_a_page_past_the_end_is_empty(get, name):
    last = get(name, per_page=5)["total_pages"]
    assert get(name, per_page=5, page=last)["contents"]
    for page in (last + 1, 1_000_000):
        found = get(name, per_page=5, page=page)
        assert found["contents"] == []
        assert (found["page_number"], found["size"], found["empty"]) == (page, 0, True)
        assert (found["first_page"], found["last_page"]) == (False, False)


def test_nothing_found_is_one_empty_page(get):
    found = get("services", search="xyzzy")
    assert (found["total_items"], found["total_pages"], found["size"]) == (0, 1, 0)
    assert found["empty"]
    assert found["first_page"]
    assert found["last_page"]
    assert found["contents"] == []


def slugs(found):
    return {row["url"].rstrip("/").rpartition("/")[2] for row in found["contents"]}


def test_search_finds_names_words_and_numbers(get):
    assert "galop" in slugs(get("services", search="GALOP"))
    assert "juno" in slugs(get("services", search="women nottinghamshire"))
    assert slugs(get("services", search="08088020300")) == {"national-stalking-helpline"}


def test_ages_are_those_that_a_service_takes(get):
    young = slugs(get("services", minimum_age=14, maximum_age=15, per_page=100))
    assert {"childline", "cyber-helpline"} <= young
    assert not {"nsas-women", "revenge-porn-helpline"} & young


def test_terms_of_the_taxonomy_select(get):
    terms = {t["name"]: t["id"] for t in get("taxonomy_terms", per_page=100)["contents"]}
    local = get("services", taxonomy_term_id=terms["In Nottinghamshire"])
    assert slugs(local) == {"nsas-women", "nsas-men", "victim-care"}


def test_days_and_times_are_those_of_the_published_week(get):
    night = slugs(get("services", day="MO", start_time="23:00", end_time="23:30", per_page=100))
    assert {"999", "999-bsl", "juno"} <= night  # as the emergency table says
    assert "police-101" in night
    assert "emergency-sms" not in night  # nobody knows its hours
    evening = slugs(get("services", day="MO", start_time="18:00", end_time="19:00", per_page=100))
    assert "national-stalking-helpline" not in evening
    assert "juno" in evening
    assert "mens-advice-line" not in evening
    assert "paladin" not in evening  # its hours are not known
    morning = slugs(get("services", day="MO", start_time="10:00", end_time="11:00", per_page=100))
    assert "national-stalking-helpline" in morning
    sunday = slugs(get("services", day="SU", per_page=100))
    assert "national-stalking-helpline" not in sunday


def test_a_search_finds_emergency_numbers_too(get):
    assert "999" in slugs(get("services", search="999"))
    assert "police-101" in slugs(get("services", search="101"))


@pytest.mark.long
def test_an_end_at_or_before_the_start_is_the_next_morning(register, get):
    def found(start, end, day="FR"):
        return "paladin" in slugs(
            get("services", day=day, start_time=start, end_time=end, per_page=100)
        )

    route = register.get(slug="paladin").first_route
    route.hours = "weekly"
    route.save()
    WeeklyHours.objects.create(route=route, day=4, opens=time(18), closes=time(0))
    agree_all()
    assert found("18:00", "00:00")
    assert found("23:00", "23:59")
    assert not found("23:00", "01:00")
    assert not found("00:00", "00:00")
    WeeklyHours.objects.create(route=route, day=5, opens=time(0), closes=time(2))
    agree_all()
    assert found("23:00", "02:00"), "two that meet at midnight are one"
    assert not found("23:00", "02:01")
    assert found("00:30", "01:30", day="SA")
    assert "juno" in slugs(get("services", day="SU", start_time="18:00", end_time="18:00"))


@pytest.mark.long
def test_times_know_the_hours_of_some_weeks_and_the_table_that_holds_today(register, get):
    def found(**asked):
        return "paladin" in slugs(get("services", per_page=100, **asked))

    today = london_day(timezone.now())
    route = register.get(slug="paladin").first_route
    route.hours = "weekly"
    route.save()
    hours = WeeklyHours.objects
    hours.create(route=route, day=0, opens=time(9), closes=time(12))
    hours.create(route=route, day=2, weeks="first", opens=time(18), closes=time(20))
    agree_all()
    assert found(day="MO", start_time="09:00", end_time="12:00")
    assert found(day="WE"), "the first of the month"
    assert found(day="WE", start_time="18:00", end_time="20:00")
    assert not found(day="WE", start_time="09:00", end_time="10:00")
    assert not found(day="TH")
    hours.create(route=route, day=3, first_day=today, opens=time(9), closes=time(10))
    agree_all()
    assert found(day="TH"), "another table holds from today"
    assert not found(day="MO")
    assert not found(day="WE")
    described = document()["paths"]["/services"]["get"]["parameters"]
    said = {row["name"]: row["description"] for row in described}
    assert "the table that holds today" in said["start_time"]
    assert "in every week or in some" in said["day"]


def is_asked_for(shown, start=None, end=None, days=range(7), age=None, search=""):
    """Read one service as a person would, and say whether it is what somebody asks for."""
    service = shown.service
    words = f"{service.name} {service.organisation.name} {service.what} {service.who} "
    words += " ".join(route.route.dial for route in shown.routes)
    found = all(word.casefold() in words.casefold() for word in search.split())
    if age is not None:
        youngest, oldest = service.minimum_age or 0, service.maximum_age or 150
        found = found and youngest <= age <= oldest
    if start is None:
        return found
    weeks = [route.route.timetable() for route in shown.routes]
    spans = [span for week in weeks if week for day in days for span in week.on_a_weekday(day)]
    last = [(opens, closes if closes != time(0) else time.max) for opens, closes in spans]
    if end <= start:  # until the next morning: only who never closes
        return found and any(span == (time(0), time(0)) for span in spans)
    return found and any(opens <= start and end <= closes for opens, closes in last)


@pytest.mark.long
def test_the_database_finds_what_reading_every_record_finds(register, get):
    opens, closes = time(9), time(12)
    route = register.get(slug="paladin").first_route
    route.hours = "weekly"
    route.save()
    WeeklyHours.objects.create(
        route=route, day=5, opens=opens, closes=closes, opens_again=time(18), closes_again=time(0)
    )
    Route.objects.create(service=route.service, key="held", kind="voice", held_because="Wrong.")
    agree_all()
    everybody = everyone(timezone.now()).values()
    times = [(time(10), time(11)), (time(9), time(12)), (time(11), time(13)), (time(8), time(9))]
    times += [(time(19), time(23, 30)), (time(22), time(23, 59)), (time(0), time(0))]
    asked = [
        *[{"start": start, "end": end} for start, end in times],
        *[{"start": start, "end": end, "days": [5]} for start, end in times],
        *[{"age": age} for age in (0, 12, 13, 15, 16, 17, 18, 19, 150)],
        *[{"search": words} for words in ("women", "MEN police", "ſtalking", "0115", "5556 Men’s")],
        {"search": "help", "age": 17, "start": time(18), "end": time(19), "days": [0, 5]},
    ]
    sizes = set()
    for one in asked:
        query = {"search": one.get("search", ""), "per_page": 100}
        query |= {"minimum_age": one["age"]} if "age" in one else {}
        if "start" in one:
            query |= {f"{n}_time": f"{one[n]:%H:%M}" for n in ("start", "end")}
            query["day"] = ",".join(DAYS[day] for day in one.get("days", range(7)))
        expected = {shown.service.slug for shown in everybody if is_asked_for(shown, **one)}
        assert slugs(get("services", **query)) == expected, one
        sizes.add(len(expected))
    assert len(sizes) > 5  # they are not all or nothing


def test_only_the_page_that_is_asked_for_is_built(get, monkeypatch):
    built = []

    def counted(service, moment):
        built.append(service.slug)
        return show(service, moment)

    monkeypatch.setattr("signposting.open_referral.views.show", counted)
    found = get("services", search="women", per_page=2)
    assert found["total_items"] > 2
    assert len(built) == 2


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        *[("page", "one"), ("page", "1.5"), ("page", "٣"), ("page", "9" * 30), ("per_page", "x")],
        *[("page", "0"), ("page", "-3"), ("page", ""), ("page", "01"), ("per_page", "101")],
        *[("minimum_age", "151"), ("start_time", "9:30"), ("end_time", "24:00"), ("day", "mo")],
        *[("taxonomy_id", ""), ("taxonomy_term_id", ""), ("start_time", ""), ("minimum_age", "")],
        *[("day", ""), ("day", "MO,"), ("taxonomy_id", "{00000000-0000-0000-0000-000000000000}")],
        *[("minimum_age", "young"), ("maximum_age", "\x00"), ("proximity", "near")],
        *[("taxonomy_term_id", "1"), ("taxonomy_id", "'; drop table"), ("day", "Monday")],
        *[("start_time", "25:00"), ("end_time", "9"), ("start_time", "noon")],
    ],
)
@pytest.mark.parametrize("name", ["services", "service_at_locations"])
def test_a_parameter_of_the_wrong_kind_is_named_in_json(get, name, parameter, value):
    found = get(name, status=400, **{parameter: value})
    assert found["parameter"] == parameter
    assert found["error"].startswith(f"{parameter}: ")


@pytest.mark.long
@pytest.mark.parametrize("value", ["", "%", "\\", "<script>", "ÿ" * 500, "a " * 2000])
def test_odd_words_are_only_searched_for(get, value):
    get("services", search=value)


@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_a_list_costs_the_same_queries_however_long(get, client, django_assert_num_queries, path):
    with django_assert_num_queries(2):
        client.get(BASE + path)


def test_an_answer_to_a_query_is_kept_no_longer_than_the_edition(register, client):
    assert client.get(BASE + "services?search=men")["Cache-Control"] == "no-cache"
