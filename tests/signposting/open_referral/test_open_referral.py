"""The open data, by the rules of reference data-standards.md section 2 and its acceptance lines."""

import json
import re
from datetime import time, timedelta
from html import unescape
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from publishing import sources
from signposting import content
from signposting.choices import Confidence
from signposting.models import (
    Check,
    Closure,
    ExceptionalDay,
    Organisation,
    Release,
    Route,
    Service,
    WeeklyHours,
)
from signposting.open_referral.openapi import document
from signposting.open_referral.query import DAYS
from signposting.presenters import everyone, london_day, show
from signposting.views import on_help_page
from tests.register import agree_all

from ..facts import ORDER, RECORDS
from ..reading import read
from .conftest import BASE, LISTS, SITE_URL

# The one cost on which two published pages agree: facts/helplines.md section 4.2.
BSL_FREE = ("Free. It does not use up your data.", "999 BSL app. Free, 24 hours")


def test_the_root_says_which_standard_it_is(get):
    assert get() == {
        "version": "HSDS-UK-3.0",
        "profile": "https://docs.openreferraluk.org/",
        "openapi_url": "https://help.example.org/api/open-referral/v3/openapi.json",
    }


def test_nine_endpoints_answer(everything):
    shapes = {re.sub("/[0-9a-f-]{36}$", "/{id}", path) for path in everything}
    assert shapes == {"", "openapi.json", *LISTS, *(f"{name}/{{id}}" for name in LISTS)}


def test_every_record_of_the_fact_sheet_is_in_the_feed_with_its_confidence(services):
    assert set(services) == {*RECORDS, "notts-womens-aid"}
    for slug, (number, confidence, _) in RECORDS.items():
        terms = [a["taxonomy_term"]["name"] for a in services[slug]["attributes"]]
        assert Confidence(confidence).label in terms, slug
        if re.fullmatch("[0-9 ]+", number):
            assert number in services[slug]["description"], slug


def test_a_number_stands_in_contacts_in_the_service_and_once_in_the_description(services):
    helpline = services["national-stalking-helpline"]
    assert [p["number"] for p in helpline["phones"]] == ["0808 802 0300"]
    assert helpline["contacts"][0]["phones"][0]["number"] == "0808 802 0300"
    assert helpline["description"].count("0808 802 0300") == 1


def test_every_service_has_an_organisation_and_the_day_it_was_assured(services):
    for record in services.values():
        assert record["organization"]["id"] == record["organization_id"]
        assert {"id", "name", "description"} <= set(record["organization"])
        assert record["assured_date"] == "2026-11-22"


def test_a_number_that_is_not_printed_is_not_in_the_feed(everything, services):
    assert Route.objects.filter(dial="01909491330").exists()
    assert "01909" not in json.dumps(everything)
    assert "We do not print a number" in services["notts-womens-aid"]["alert"]
    assert "ask-for-ani" not in services


def test_a_list_holds_shallow_services_with_their_organisation(get):
    for record in get("services", per_page=100)["contents"]:
        assert record["organization"]["name"]
        assert not [key for key, value in record.items() if isinstance(value, list)]


def empty_values(value, path=""):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from empty_values(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from empty_values(item, f"{path}[]")
    if value is None or value == "" or value == [] or value == {}:
        yield path


def test_what_has_no_value_is_left_out(everything):
    for path, body in everything.items():
        if path != "openapi.json":
            assert list(empty_values(body)) == [], path


def undeclared(value, schema, schemas, path=""):
    """Yield what a value has that its schema does not declare, or lacks or has otherwise."""
    if name := schema.get("$ref", "").rpartition("/")[2]:
        schema = schemas[name]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    kinds["number"] = (int, float)
    if "enum" in schema:
        if value not in schema["enum"]:
            yield f"{path}: {value}"
    elif not isinstance(value, kinds[schema["type"]]):
        yield f"{path}: {value!r} is no {schema['type']}"
    elif schema["type"] == "object":
        yield from (f"{path}.{key} is missing" for key in schema["required"] if key not in value)
        for key, item in value.items():
            if key not in schema["properties"]:
                yield f"{path}.{key}"
            else:
                yield from undeclared(item, schema["properties"][key], schemas, f"{path}.{key}")
    elif schema["type"] == "array":
        for item in value:
            yield from undeclared(item, schema["items"], schemas, f"{path}[]")
    elif "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value}"
    elif schema.get("format") == "uuid":
        UUID(value)


def schema_of(spec, path, status="200"):
    shape = "/" + re.sub("/[0-9a-f-]{36}$", "/{id}", path)
    answer = spec["paths"][shape]["get"]["responses"][status]
    return answer["content"]["application/json"]["schema"]


def test_our_own_openapi_declares_every_field_that_is_sent(everything, settings):
    settings.SITE_URL = SITE_URL
    spec = everything["openapi.json"]
    assert spec == document()
    assert spec["openapi"].startswith("3.1")
    for path in everything.keys() - {"openapi.json"}:
        body = everything[path]
        found = list(undeclared(body, schema_of(spec, path), spec["components"]["schemas"]))
        assert found == [], path


def test_a_field_that_is_not_declared_would_be_found(get):
    spec = document()
    body = get("services") | {"surprise": 1}
    schemas = spec["components"]["schemas"]
    assert list(undeclared(body, schema_of(spec, "services"), schemas)) == [".surprise"]


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


@pytest.mark.parametrize("name", [*LISTS, "organizations"])
def test_an_unknown_id_is_a_404_in_json(get, name):
    assert "error" in get(f"{name}/00000000-0000-0000-0000-000000000000", status=404)
    assert "error" in get(f"{name}/not-an-id", status=404)


def without_releases():
    """Take every release away, as only an empty database does: PostgreSQL itself refuses it."""
    connection.check_constraints()  # A table with checks still to come cannot be altered.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER signposting_release_kept ON signposting_release")
        QuerySet(Release)._raw_delete("default")


@pytest.mark.long
def test_ids_are_the_same_after_the_database_is_rebuilt(everything, register, client):
    def ids(value):
        if isinstance(value, dict):
            own = {value["id"]} if isinstance(value.get("id"), str) else set()
            return own | {i for item in value.values() for i in ids(item)}
        return {i for item in value for i in ids(item)} if isinstance(value, list) else set()

    before = {path: ids(body) for path, body in everything.items()}
    Service.objects.update(status="draft", emergency=False, first_route=None, alternative=None)
    Service.objects.update(last_check=None)
    without_releases()
    Service.objects.all().delete()
    Organisation.objects.all().delete()
    content.load()
    for path in before:
        assert (
            ids(client.get(BASE + path, {"per_page": 100} if path in LISTS else {}).json())
            == before[path]
        )


def confirm_everything(register):
    """Have every service tell us its hours, so that others may print them as certain."""
    day = london_day(timezone.now())
    for service in register.filter(emergency=False):
        check = Check(service=service, how="confirmed", where="Manager", day=day)
        check.due = day + timedelta(90)
        check.record(service.routes.all())
    agree_all()


def linked_data(client, slug):
    html = client.get(f"/help/{slug}/").content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


@pytest.mark.long
def test_hours_that_nobody_confirmed_are_no_timetable_for_machines(services, register, client):
    for slug in services:
        assert "hoursAvailable" not in json.dumps(linked_data(client, slug)), slug
    (point,) = channels(linked_data(client, "juno"))
    assert point["description"] == "Day and night, every day."
    confirm_everything(register)
    assert "hoursAvailable" in json.dumps(linked_data(client, "juno"))


@pytest.mark.long
def test_what_a_number_costs_is_said_as_the_numbering_plan_has_it(services, register, client):
    standard = "Costs the same as a normal call; it may be in your free minutes."
    for slug, record in services.items():
        for route in register.get(slug=slug).routes.exclude(dial="").filter(held_because=""):
            free = route.dial.startswith(("0800", "0808", "116", "111"))
            words = "Free." if free else standard
            assert words in [row["amount_description"] for row in record["cost_options"]], slug
            assert words in read(client.get(f"/help/{slug}/")).text, slug
    # No amount: what a call that is not free costs is the phone company's to say.
    assert not [
        s for s in services.values() for row in s.get("cost_options", []) if "amount" in row
    ]


def test_what_is_not_certain_is_said_wherever_the_service_is(services, register, client):
    pages = {path: read(client.get(path)).text for path in ("/help/", "/help/who-to-contact/")}
    feed = " ".join(client.get("/feed/").content.decode().split())
    words = "This number is from April 2024. If it does not work, call"
    doubted = register.exclude(status="draft").exclude(doubt="")
    assert {service.slug for service in doubted} == {"nsas-women", "nsas-men"}
    for service in doubted:
        said = [services[service.slug]["alert"], read(client.get(f"/help/{service.slug}/")).text]
        said.append(linked_data(client, service.slug)["mainEntity"]["description"])
        for text in [*said, *pages.values(), unescape(feed)]:
            assert words in text, service


@pytest.mark.long
def test_hours_are_the_same_in_feed_json_ld_and_page(services, register, client):
    confirm_everything(register)
    checked = 0
    for slug, record in services.items():
        html = client.get(f"/help/{slug}/").content.decode()
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
        text = read(client.get(f"/help/{slug}/")).text
        feed = {
            (day, row["opens_at"], row["closes_at"])
            for row in record.get("schedules", [])
            for day in row.get("byday", "").split(",")
            if "opens_at" in row
        }
        linked = {
            (day.rpartition("/")[2][:2].upper(), row["opens"], row["closes"])
            for point in channels(data)
            for row in point.get("hoursAvailable", [])
            if isinstance(row["dayOfWeek"], list)
            for day in row["dayOfWeek"]
        }
        if slug == "ndah":  # the times of its video line are no phone's
            feed = {row for row in feed if row[1:] != ("10:00", "18:00")}
        if not register.get(slug=slug).emergency:
            assert linked == feed, slug
            checked += bool(feed)
        for _, opens, _ in feed - {(d, "00:00", "23:59") for d, _, _ in feed}:
            hour, minute = opens.split(":")
            assert f"{int(hour) % 12 or 12}{'' if minute == '00' else ':' + minute}" in text
    assert checked >= 8


def channels(data):
    return [
        channel["servicePhone"]
        for channel in data["mainEntity"]["availableChannel"]
        if "servicePhone" in channel
    ]


@pytest.mark.long
@pytest.mark.parametrize("slug", RECORDS)
def test_every_number_of_the_json_ld_is_visible_on_the_page(register, client, slug):
    response = client.get(f"/help/{slug}/")
    html = response.content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["@type"] == "WebPage"
    shown = re.sub("[^0-9]", "", read(response).text)
    for point in channels(data):
        digits = re.sub(r"^\+44", "0", point["telephone"])
        assert digits in shown
    kinds = {data["mainEntity"]["@type"]}
    assert not kinds & {"EmergencyService", "PoliceStation"}
    assert not {"telephone", "openingHours"} & set(data["mainEntity"])


def test_the_help_page_lists_its_services_in_its_order(register, client):
    page = client.get("/help/")
    html = page.content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    listed = data["mainEntity"]["itemListElement"]
    names = [words for level, words in read(page).headings if level in ("h2", "h3")]
    services = [service["name"] for service in listed]
    assert len(services) == len(ORDER)
    assert [name for name in names if name in services] == services
    links = {href for href, _ in read(page).links}
    assert {urlsplit(service["url"]).path for service in listed} <= links
    kinds = {service["name"]: service["@type"] for service in listed}
    assert kinds["Police, when it is not an emergency"] == "GovernmentService"
    assert kinds["Crimestoppers"] == "Service"
    shown = set(re.findall("[0-9]+", read(page).text))
    assert set(re.findall("[0-9]+", " ".join(kinds))) <= shown


def test_words_cannot_end_the_script_element(register, client):
    Service.objects.filter(slug="juno").update(what="</script><script>alert(1)</script>&")
    agree_all()
    html = client.get("/help/juno/").content.decode()
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1]
    said = json.loads(data)["mainEntity"]["description"]
    assert said.startswith("</script><script>alert(1)</script>& ")


def test_the_whole_of_it_is_part_of_the_edition(everything, get):
    from datetime import UTC, datetime

    addresses = {
        a.path: a
        for a in sources.registered["signposting"].addresses(datetime(2026, 12, 1, tzinfo=UTC))
    }
    assert {BASE + path for path in everything} <= set(addresses)
    assert {addresses[BASE + path].kind for path in everything} == {"data"}


@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_a_list_costs_the_same_queries_however_long(get, client, django_assert_num_queries, path):
    with django_assert_num_queries(2):
        client.get(BASE + path)


def test_the_atom_feed_names_every_service_the_last_changed_first(register, client, settings):
    from xml.etree import ElementTree

    settings.SITE_URL = "https://help.example.org"
    register.filter(slug="galop").update(what="New words.")
    agree_all()
    root = ElementTree.fromstring(client.get("/feed/").content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert len(entries) == len(on_help_page(timezone.now()))
    assert entries[0].find(f"{atom}title").text == "Galop"
    assert entries[0].find(f"{atom}id").text == "tag:help.example.org,2026:services/galop"
    assert root.find(f"{atom}updated").text == entries[0].find(f"{atom}updated").text
    assert "0800\xa0999\xa05428" in entries[0].find(f"{atom}content").text


def test_the_data_page_says_what_there_is_and_under_which_licence(register, client):
    page = read(client.get("/data/"))
    assert {"/api/open-referral/v3/", "/feed/"} <= {href for href, _ in page.links}
    assert "Open Government Licence" in page.text


def test_the_address_of_the_feed_is_on_no_page_for_one_service(register, client):
    assert 'href="/feed/"' in client.get("/data/").content.decode()
    for path in ("/help/juno/", "/sheet/", "/help/who-to-contact/"):
        assert "/feed/" not in client.get(path).content.decode()


@pytest.mark.long
def test_the_command_that_loads_it_all_can_run_twice(db):
    call_command("load_content", verbosity=0)
    call_command("load_content", verbosity=0)
    assert Service.objects.count() == len(content.services())


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["", "services", "services?page=2", "nowhere"])
def test_another_method_is_refused_in_json(register, method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(BASE + path)
    assert (response.status_code, response["Content-Type"]) == (405, "application/json")
    assert response["Allow"] == "GET, HEAD"
    assert "error" in response.json()


def test_without_a_database_the_answer_is_json(register, client, monkeypatch):
    def gone(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr("signposting.open_referral.views.shown", gone)
    response = client.get(BASE + "services?search=men")
    assert (response.status_code, response["Content-Type"]) == (503, "application/json")
    assert "error" in response.json()


def test_an_answer_to_a_query_is_kept_no_longer_than_the_edition(register, client):
    assert client.get(BASE + "services?search=men")["Cache-Control"] == "no-cache"


def test_a_number_is_what_is_dialled_or_texted_and_never_the_words_around_it(services):
    (text,) = services["emergency-sms"]["phones"]
    assert (text["number"], text["type"]) == ("999", "text")
    assert services["emergency-sms"]["description"].endswith(" Text: 999.")
    assert "Phone: 999." in services["999"]["description"]
    numbers = [
        phone["number"] for record in services.values() for phone in record.get("phones", [])
    ]
    assert len(numbers) > 20
    assert [number for number in numbers if not re.fullmatch("[0-9 ]+", number)] == []


def test_one_location_identifier_is_one_location(everything):
    found = {}
    for at in everything["service_at_locations"]["contents"]:
        if "location" in at:
            assert at["location_id"] == at["location"]["id"]
            found.setdefault(at["location_id"], []).append(at["location"])
    assert len(found) > 20
    assert [same for same in found.values() if any(each != same[0] for each in same)] == []


def test_a_withheld_service_has_no_location(everything, services):
    assert "location" in services["juno"]["service_at_locations"][0]
    (at,) = services["notts-womens-aid"]["service_at_locations"]
    assert set(at) == {"id", "service_id"}
    listed = {at["id"]: at for at in everything["service_at_locations"]["contents"]}
    assert "location" not in listed[at["id"]]


def test_a_schedule_says_which_way_in_it_is_for(services):
    rows = services["ndah"]["schedules"]
    names = {row["description"] for row in rows}
    assert len(names) > 1, "its phone and its video line"
    for slug, record in services.items():
        for row in record.get("schedules", []):
            assert row["description"], slug
            if "opens_at" in row:
                assert row["freq"] == "WEEKLY", slug
                assert re.fullmatch(
                    "(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*", row["byday"]
                )


@pytest.mark.long
def test_what_is_over_leaves_the_data(register, get, client):
    today = london_day(timezone.now())
    route = register.get(slug="juno").first_route
    for reason, day in (("over", today - timedelta(1)), ("to come", today + timedelta(1))):
        ExceptionalDay.objects.create(route=route, date=day, reason=reason)
        Closure.objects.create(route=route, first_day=day, last_day=day, reason=reason)
    confirm_everything(register)
    row = next(r for r in get("services", search="juno")["contents"])
    schedules = get(f"services/{row['id']}")["schedules"]
    said = json.dumps(schedules)
    assert said.count("to come") == 2
    assert "over" not in said
    dates = [s.get("validFrom") for s in channels(linked_data(client, "juno"))[0]["hoursAvailable"]]
    assert dates.count(f"{today + timedelta(1)}") == 2
    assert f"{today - timedelta(1)}" not in dates


@pytest.mark.long
def test_a_text_number_is_no_phone_and_no_helpline_is_customer_service(register, client):
    (channel,) = linked_data(client, "emergency-sms")["mainEntity"]["availableChannel"]
    assert channel["serviceSmsNumber"]["telephone"] == "999"
    assert "servicePhone" not in channel
    for service in register.exclude(status="draft"):
        assert "customer" not in json.dumps(linked_data(client, service.slug)), service
    assert channels(linked_data(client, "juno"))[0]["contactType"] == "A partner, an ex or family"


def test_the_atom_feed_keeps_numbers_and_hours_apart(register, client):
    text = " ".join(unescape(client.get("/feed/").content.decode()).split())
    assert re.search(r"Phone: 0808 802 0300\. Monday, Tuesday, Thursday and Friday, 9:30am", text)
    assert not re.search(r"[0-9] 24 hours", text.replace("\xa0", " "))


def test_the_pages_that_the_feed_is_about_link_it(register, client):
    link = '<link rel="alternate" type="application/atom+xml" title="Where to turn" href="/feed/">'
    assert link in client.get("/help/").content.decode()
    assert link in client.get("/data/").content.decode()
