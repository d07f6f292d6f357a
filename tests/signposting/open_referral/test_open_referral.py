"""The open data, by the rules of reference data-standards.md section 2 and its acceptance lines."""

import json
import re
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client

from publishing import sources
from signposting import content
from signposting.choices import Confidence
from signposting.models import (
    Organisation,
    Release,
    Route,
    Service,
)
from signposting.open_referral.openapi import document

from ...reading import read
from ..facts import RECORDS
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


def test_the_whole_of_it_is_part_of_the_edition(everything, get):
    from datetime import UTC, datetime

    addresses = {
        a.path: a
        for a in sources.registered["signposting"].addresses(datetime(2026, 12, 1, tzinfo=UTC))
    }
    assert {BASE + path for path in everything} <= set(addresses)
    assert {addresses[BASE + path].kind for path in everything} == {"data"}


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
