"""Over https a browser ties every cookie of a choice to this host, and takes its deletion."""

from http.cookies import SimpleCookie

import pytest

from tests.config.test_settings import PRODUCTION, manage

# There is no database here: what needs none is asked, refusing and what was agreed to before.
CHOOSE = """
from django.test import Client
from cookies import registry
client = Client(headers={"host": "help.example.org", "x-forwarded-proto": "https"})
agreed = f"{registry.CONSENT.name}={registry.consent_value(registry.SLUGS)}"
ways = {"text": "2", "colours": "dark", "beta": "hidden", "agree": "yes"}
for path, fields, cookie in [
    ("/cookies/save/", {"choice": "reject"}, ""),
    ("/cookies/reading/", ways, agreed),
    ("/cookies/save/", {"choice": "reject"}, f"{agreed}; __Host-reading=1; __Host-counted=1"),
    # As they are named over http: nothing that was agreed to here.
    ("/cookies/count/", {"page": "/"}, agreed.replace("__Host-", "")),
]:
    response = client.post(path, fields, headers={"cookie": cookie, "sec-fetch-site": "same-origin"})
    print(response.status_code, *(c.OutputString() for c in response.cookies.values()), sep=" ## ")
"""


@pytest.mark.long
def test_cookies_over_https(tmp_path):
    done = manage(tmp_path, "shell", "-v0", "-c", CHOOSE, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    found = [line.split(" ## ") for line in done.stdout.splitlines()]
    assert [status for status, *_ in found] == ["303", "303", "303", "403"]
    seen = {}
    for _, *headers in found:
        for header in headers:
            for name, cookie in SimpleCookie(header).items():
                assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
                assert cookie["samesite"] == "Lax"
                seen.setdefault(name, []).append(cookie["max-age"])
    half_a_year = str(180 * 24 * 60 * 60)
    assert seen == {
        "__Host-cookie_consent": [half_a_year] * 3,
        "__Host-reading": [half_a_year, "0"],
        "__Host-counted": ["0"],
    }
