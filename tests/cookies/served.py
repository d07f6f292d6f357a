"""What the tests of cookies at the real server share: a browser, and a look at the sums."""

import http.client
import sqlite3
from contextlib import closing
from urllib.parse import urlencode, urlsplit

from tests.server import PATIENCE

OWN = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


class Visitor:
    """A browser with one connection, and without a memory: it keeps no cookie."""

    def __init__(self, site):
        self.connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)

    def ask(self, path, method="GET", body=None, **headers):
        """Send one request; return (status, Set-Cookie headers, body)."""
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        found = response.status, response.headers.get_all("Set-Cookie", []), response.read()
        if method not in ("GET", "HEAD"):
            # The server ends a connection whose body it did not want.
            self.connection.close()
        return found

    def post(self, path, fields, cookie="", **headers):
        """Send a form as a browser does from a page of ours; `headers` change that."""
        headers = {name: value for name, value in {**OWN, **headers}.items() if value is not None}
        body = fields if isinstance(fields, bytes) else urlencode(fields, doseq=True)
        return self.ask(path, "POST", body, Cookie=cookie, **headers)


def kept(cookies):
    """Return name -> value of Set-Cookie headers, without the quotes."""
    pairs = (header.split(";")[0].partition("=") for header in cookies)
    return {name.strip(): value.strip('"') for name, _, value in pairs}


def database(server):
    """Return a connection to the database of a site, to close with contextlib.closing."""
    return sqlite3.connect(server.data_dir / "site.sqlite3", timeout=PATIENCE, isolation_level=None)


def tally(server):
    """Return (day, choice) -> how often it was given."""
    with closing(database(server)) as found:
        rows = found.execute("SELECT day, choice, count FROM cookies_dailyanswers").fetchall()
    return {(day, choice): count for day, choice, count in rows}
