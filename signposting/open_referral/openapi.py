"""Our own OpenAPI 3.1 description: every field that is sent is declared here.

The official file of Open Referral UK is not valid OpenAPI and knows no phones.
"""

from django.conf import settings
from django.urls import reverse

from .query import DAYS, MOST, OLDEST, PER_PAGE, TIME_OF_DAY

TEXT, WHOLE, YES_NO = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
NUMBER, URL = {"type": "number"}, {"type": "string", "format": "uri"}
ID = {"type": "string", "format": "uuid"}
DATE = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
EMAIL = {"type": "string", "format": "email"}
CLOCK = {"type": "string", "pattern": f"^({TIME_OF_DAY})$"}
TIME = CLOCK | {"description": "UK time. A close before the opening is on the next day."}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(name):
    return {"type": "array", "items": ref(name)}


def record(required, **properties):
    return {
        "type": "object",
        "required": required.split(),
        "properties": {"id": ID} | properties,
        "additionalProperties": False,
    }


def page_of(name):
    counts = dict.fromkeys(["total_items", "total_pages", "page_number", "size"], WHOLE)
    flags = dict.fromkeys(["first_page", "last_page", "empty"], YES_NO)
    properties = {**counts, **flags, "contents": list_of(name)}
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


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
        dtstart=DATE,
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
    "TaxonomyTerm": record(
        "id name description taxonomy", name=TEXT, description=TEXT, taxonomy=TEXT, taxonomy_id=ID
    ),
}
PAGES = {
    "services": "Service",
    "service_at_locations": "ServiceAtLocation",
    "taxonomies": "Taxonomy",
    "taxonomy_terms": "TaxonomyTerm",
}
LARGEST = 10**9
AGE = {"type": "integer", "minimum": 0, "maximum": OLDEST}
PAGING = {
    "page": (
        {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": 1},
        "The number of the page. One past the last is empty.",
    ),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": PER_PAGE},
        "How many results a page has.",
    ),
}
# What a parameter means, and where that is not what the text of Open Referral UK says.
FILTERS = {
    "search": (
        TEXT,
        "Words with spaces between. Each stands in a name, in what a service does or for whom, "
        "or in a number.",
    ),
    "taxonomy_term_id": (ID, "Services with this term."),
    "taxonomy_id": (ID, "Services with any term of this taxonomy. Each has one of every taxonomy."),
    "minimum_age": (
        AGE,
        "Services that take a person of this age, in years. Open Referral UK compares with the "
        "service's own minimum age instead.",
    ),
    "maximum_age": (
        AGE,
        "Services that take a person of this age, in years. Open Referral UK compares with the "
        "service's own maximum age instead.",
    ),
    "start_time": (
        CLOCK,
        "With end_time: services that are open from the one to the other, throughout, in a usual "
        "week of the table that holds today; bank holidays and other dates do not count. Hours of "
        "some weeks, such as the first Monday of the month, do. Alone: at that minute. Open "
        "Referral UK asks instead that a session lies between the two. UK time.",
    ),
    "end_time": (
        CLOCK,
        "An end at or before the start is on the next morning, so 00:00 is midnight at the end "
        "of the day. UK time.",
    ),
    "day": (
        {"type": "string", "pattern": f"^({'|'.join(DAYS)})(,({'|'.join(DAYS)}))*$"},
        "One or more of MO, TU, WE, TH, FR, SA and SU, with commas between: open on any of these, "
        "in every week or in some.",
    ),
}
NEARNESS = {
    "postcode": (
        TEXT,
        "Changes nothing: every service is by telephone or online. What area a service is for "
        "stands in its service_areas. Open Referral UK would leave out what is not for this place.",
    ),
    "proximity": (
        {"type": "integer", "minimum": 0, "maximum": LARGEST},
        "In metres. Changes nothing, for the same reason.",
    ),
}
PARAMETERS = {
    "services": PAGING | FILTERS,
    "service_at_locations": PAGING | FILTERS | NEARNESS,
}


# What a caller can meet whatever is asked for.
ANY_TIME = {"503": "The site is too busy, or its data cannot be reached. Ask again later."}


def get(schema, parameters, **errors):
    def body(found):
        return {"content": {"application/json": {"schema": found}}}

    said = {"200": {"description": "Found", **body(schema)}}
    said |= {
        code: {"description": words, **body(ref("Error"))}
        for code, words in (errors | ANY_TIME).items()
    }
    return {"get": {"parameters": parameters, "responses": said}}


def paths():
    made = {"/": get(ref("Root"), [])}
    for name, schema in PAGES.items():
        query = [
            {"name": key, "in": "query", "description": words, "schema": kind}
            for key, (kind, words) in PARAMETERS.get(name, PAGING).items()
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
