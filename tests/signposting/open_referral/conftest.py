"""Every answer of the open data, as a caller gets it."""

import pytest

BASE = "/api/open-referral/v3/"
LISTS = ["services", "service_at_locations", "taxonomies", "taxonomy_terms"]


@pytest.fixture
def get(register, client, settings):
    settings.SITE_URL = "https://help.example.org"

    def get(path="", status=200, **query):
        response = client.get(BASE + path, query)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        return response.json()

    return get


@pytest.fixture
def everything(get):
    """Every answer of the API: path -> body."""
    found = {"": get(), "openapi.json": get("openapi.json")}
    for name in LISTS:
        found[name] = get(name, per_page=100)
        for row in found[name]["contents"]:
            path = f"{name}/{row['id']}"
            found[path] = get(path)
    return found


@pytest.fixture
def services(get):
    """Every service, whole: slug -> record."""
    rows = get("services", per_page=100)["contents"]
    whole = [get(f"services/{row['id']}") for row in rows]
    return {record["url"].rstrip("/").rpartition("/")[2]: record for record in whole}
