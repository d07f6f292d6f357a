"""Every answer of the open data, as a caller gets it."""

from functools import partial

import pytest
from django.test import Client, override_settings

from publishing.printing.snapshot import snapshot

BASE = "/api/open-referral/v3/"
LISTS = ["services", "service_at_locations", "taxonomies", "taxonomy_terms"]
SITE_URL = "https://help.example.org"


def asked(client, path="", status=200, **query):
    response = client.get(BASE + path, query)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    return response.json()


@pytest.fixture
def get(register, client, settings):
    settings.SITE_URL = SITE_URL
    return partial(asked, client)


@pytest.fixture(scope="module")
def everything(launched, django_db_blocker):
    """Every answer of the API at launch, by one view of the register: path -> body."""
    get = partial(asked, Client())
    with django_db_blocker.unblock(), override_settings(SITE_URL=SITE_URL), snapshot():
        found = {"": get(), "openapi.json": get("openapi.json")}
        for name in LISTS:
            found[name] = get(name, per_page=100)
            for row in found[name]["contents"]:
                path = f"{name}/{row['id']}"
                found[path] = get(path)
    return found


@pytest.fixture(scope="module")
def services(everything):
    """Every service at launch, whole: slug -> record."""
    whole = [everything[f"services/{row['id']}"] for row in everything["services"]["contents"]]
    return {record["url"].rstrip("/").rpartition("/")[2]: record for record in whole}
