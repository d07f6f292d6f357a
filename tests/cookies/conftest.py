import pytest

from cookies import consent_html, content, registry

from .served import Visitor


@pytest.fixture
def groups_in_database(db):
    """django-cookie-consent's rows, as load_content makes them."""
    content.load()


@pytest.fixture
def post(client):
    """Post a form as a browser does from a page of ours: post(path, fields, cookie)."""

    def post(path, fields=None, cookie="", **headers):
        headers = {"sec-fetch-site": "same-origin", "cookie": cookie, **headers}
        return client.post(path, fields or {}, headers=headers)

    return post


@pytest.fixture
def save(post):
    """Post to /cookies/save/ with the digest of what is asked today."""

    def save(cookie="", **fields):
        return post("/cookies/save/", {"shown": consent_html.shown(), **fields}, cookie)

    return save


@pytest.fixture(scope="module")
def visitor(site):
    """A browser at the real server: see served.py."""
    visitor = Visitor(site)
    yield visitor
    visitor.connection.close()


def consent(*groups):
    """Return a Cookie header that says these optional groups are on."""
    return f'{registry.CONSENT.name}="{registry.consent_value(groups)}"'
