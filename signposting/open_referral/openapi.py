"""Our own OpenAPI 3.1 description: every field that is sent is declared here.

The official file of Open Referral UK is not valid OpenAPI and knows no phones.
"""

from django.conf import settings
from django.urls import reverse

TEXT, WHOLE, YES_NO = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
NUMBER, URL = {"type": "number"}, {"type": "string", "format": "uri"}
ID = {"type": "string", "format": "uuid"}
DATE = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
EMAIL = {"type": "string", "format": "email"}
TIME = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$", "description": "UK time"}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(name):
    return {"type": "array", "items": ref(name)}


def record(required, **properties):
    return {"type": "object", "required": required.split(), "properties": {"id": ID} | properties}


def page_of(name):
    counts = dict.fromkeys(["total_items", "total_pages", "page_number", "size"], WHOLE)
    flags = dict.fromkeys(["first_page", "last_page", "empty"], YES_NO)
    properties = {**counts, **flags, "contents": list_of(name)}
    return {"type": "object", "required": list(properties), "properties": properties}


SCHEMAS = {
    "Root": {
        "type": "object",
        "required": ["version", "profile", "openapi_url"],
        "properties": {"version": TEXT, "profile": URL, "openapi_url": URL},
    },
    "Error": {
        "type": "object",
        "required": ["error"],
        "properties": {"error": TEXT, "parameter": TEXT},
    },
    "Organization": record("id name description", name=TEXT, description=TEXT, website=URL),
    "Service": record(
        "id name status",
        name=TEXT,
        status={"enum": ["active", "inactive", "defunct", "temporarily closed"]},
        description=TEXT,
        url=URL,
        email=EMAIL,
        fees=TEXT,
        minimum_age=WHOLE,
        maximum_age=WHOLE,
        eligibility_description=TEXT,
        assured_date=DATE,
        assurer_email=EMAIL,
        alert=TEXT,
        last_modified=MOMENT,
        organization_id=ID,
        organization=ref("Organization"),
        schedules=list_of("Schedule"),
        service_areas=list_of("ServiceArea"),
        service_at_locations=list_of("ServiceAtLocation"),
        languages=list_of("Language"),
        cost_options=list_of("CostOption"),
        contacts=list_of("Contact"),
        phones=list_of("Phone"),
        attributes=list_of("Attribute"),
    ),
    "Schedule": record(
        "id",
        freq={"enum": ["WEEKLY", "MONTHLY"]},
        interval=WHOLE,
        byday=TEXT,
        opens_at=TIME,
        closes_at=TIME,
        valid_from=DATE,
        valid_to=DATE,
        description=TEXT,
        notes=TEXT,
    ),
    "ServiceArea": record("id", name=TEXT),
    "Language": record("id", code=TEXT, name=TEXT),
    "CostOption": record("id", option=TEXT, amount_description=TEXT),
    "Phone": record("id number", number=TEXT, type=TEXT, description=TEXT),
    "Contact": record("id", name=TEXT, phones=list_of("Phone")),
    "Attribute": record(
        "id", link_id=ID, link_type=TEXT, taxonomy_term_id=ID, taxonomy_term=ref("TaxonomyTerm")
    ),
    "Accessibility": record("id", description=TEXT),
    "Location": record(
        "id location_type",
        location_type={"enum": ["physical", "postal", "virtual"]},
        name=TEXT,
        accessibility=list_of("Accessibility"),
    ),
    "ServiceAtLocation": record(
        "id", service_id=ID, location_id=ID, location=ref("Location"), service=ref("Service")
    ),
    "Taxonomy": record("id name description", name=TEXT, description=TEXT),
    "TaxonomyTerm": record("id name description", name=TEXT, description=TEXT, taxonomy_id=ID),
}
PAGES = {
    "services": "Service",
    "service_at_locations": "ServiceAtLocation",
    "taxonomies": "Taxonomy",
    "taxonomy_terms": "TaxonomyTerm",
}
PAGING = {"page": WHOLE, "per_page": WHOLE}
FILTERS = {
    "search": TEXT,
    "taxonomy_term_id": ID,
    "taxonomy_id": ID,
    "minimum_age": WHOLE,
    "maximum_age": WHOLE,
    "start_time": TIME,
    "end_time": TIME,
    "day": TEXT,
}
PARAMETERS = {
    "services": PAGING | FILTERS,
    "service_at_locations": PAGING | FILTERS | {"postcode": TEXT, "proximity": WHOLE},
}


def get(schema, parameters, **errors):
    def body(found):
        return {"content": {"application/json": {"schema": found}}}

    said = {"200": {"description": "Found", **body(schema)}}
    said |= {code: {"description": words, **body(ref("Error"))} for code, words in errors.items()}
    return {"get": {"parameters": parameters, "responses": said}}


def paths():
    made = {"/": get(ref("Root"), [])}
    for name, schema in PAGES.items():
        query = [
            {"name": key, "in": "query", "schema": kind}
            for key, kind in PARAMETERS.get(name, PAGING).items()
        ]
        made[f"/{name}"] = get(page_of(schema), query, **{"400": "A parameter is wrong"})
        one = [{"name": "id", "in": "path", "required": True, "schema": ID}]
        made[f"/{name}/{{id}}"] = get(ref(schema), one, **{"404": "There is no such id"})
    return made


def document():
    """Return the OpenAPI document as a dictionary."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Where to turn: open data",
            "version": "3.0",
            "description": "Open Referral UK (HSDS-UK 3.0), with phones.",
            "license": {
                "name": "Open Government Licence v3.0",
                "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            },
        },
        "servers": [{"url": settings.SITE_URL + reverse("signposting:api").rstrip("/")}],
        "paths": paths(),
        "components": {"schemas": SCHEMAS},
    }
