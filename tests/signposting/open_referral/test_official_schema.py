"""The open data, held to what the published schemas of Open Referral UK ask of each record.

Read from OpenReferralUK/uk-profile, schema/compiled/service_with_definitions.json at 566ddb69 and
schema/service.json at 6eee0e49, with what HSDS 3.0 asks beside them: where two of them differ, what
either asks. Facts only: the files are another's, and nothing that can be installed holds them.
"""

import re
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.core.validators import validate_email

pytestmark = pytest.mark.long

REQUIRED = {
    "service": "id name status url",
    "organization": "id name description",
    "attribute": "id",
    "service_at_location": "id",
    "location": "id location_type",
    "phone": "id number",
    "contact": "id",
    "schedule": "id",
    "service_area": "id",
    "language": "id",
    "accessibility": "id",
    "cost_option": "id",
    "taxonomy": "id name description",
    "taxonomy_term": "id name description taxonomy",
}
ENUMS = {
    ("service", "status"): {"active", "inactive", "defunct", "temporarily closed"},
    ("schedule", "freq"): {"WEEKLY", "MONTHLY"},
    ("location", "location_type"): {"physical", "postal", "virtual"},
}
DATES = {"assured_date", "valid_from", "valid_to", "dtstart"}
MAILS = {"email", "assurer_email"}
LINKS = {"url", "website", "profile", "openapi_url", "term_uri"}
NUMBERS = {"minimum_age", "maximum_age", "interval", "amount"}
# The record that stands in a field, where that is not the field's own name without its s.
RECORDS = {"taxonomies": "taxonomy", "accessibility": "accessibility"}
BYDAY = re.compile(r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*")


def kind_of(field):
    return RECORDS.get(field, field.removesuffix("s"))


def wrong(record, kind):
    """Yield what a record, or any beneath it, has otherwise than the schemas ask, as sentences."""
    if kind not in REQUIRED:
        yield f"{kind} is no record of the standard"
        return
    yield from (f"{kind} without {name}" for name in REQUIRED[kind].split() if name not in record)
    for name, value in record.items():
        if isinstance(value, dict):
            yield from wrong(value, kind_of(name))
        elif isinstance(value, list):
            for row in value:
                yield from wrong(row, kind_of(name))
        elif not holds(kind, name, value):
            yield f"{kind}.{name} is {value!r}"


def holds(kind, name, value):
    """Return whether one value is of the type and in the format that the schemas give its field."""
    if name in NUMBERS:
        return isinstance(value, int)
    if not isinstance(value, str) or value not in ENUMS.get((kind, name), {value}):
        return False
    try:
        if name == "id" or name.endswith("_id"):
            UUID(value)
        elif name in DATES:
            date.fromisoformat(value)
        elif name == "last_modified":
            assert datetime.fromisoformat(value).tzinfo
        elif name in MAILS:
            validate_email(value)
        elif name in LINKS:
            assert urlsplit(value).scheme in ("http", "https")
            assert urlsplit(value).hostname
        elif name == "byday":
            assert BYDAY.fullmatch(value)
    except Exception:  # noqa: BLE001  # Whatever is raised, the value is not what it should be.
        return False
    return True


def test_every_record_of_every_endpoint_is_as_the_published_schemas_ask(everything):
    met = set()
    for path, body in everything.items():
        if path in ("", "openapi.json"):
            continue
        kind = {"services": "service", "service_at_locations": "service_at_location"}.get(
            path.partition("/")[0], kind_of(path.partition("/")[0])
        )
        for record in body.get("contents", [body]):
            met.add(kind)
            assert list(wrong(record, kind)) == [], path
    assert met == {"service", "service_at_location", "taxonomy", "taxonomy_term"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "open"),
        ("id", "not-a-uuid"),
        ("assured_date", "22/11/2026"),
        ("url", "example.org"),
        ("minimum_age", "16"),
        ("schedules", [{"id": "5f2b1a0e-6f0c-5d6c-9a53-3c8f6f0f6b11", "freq": "week"}]),
        ("contacts", [{"phones": []}]),
        ("regular_schedules", [{}]),
        ("name", None),
    ],
)
def test_what_is_otherwise_would_be_found(get, field, value):
    row = get("services")["contents"][0]
    assert list(wrong(row, "service")) == []
    assert list(wrong(row | {field: value}, "service"))
