"""One answer of the site, to be given again by what it is compared with."""

from http.client import HTTPConnection

from .tools import BROWSER


def fetched(url):
    """Return the messages of the answer that a browser gets at an address, once."""
    host, _, path = url.removeprefix("http://").partition("/")
    connection = HTTPConnection(host)
    connection.request("GET", f"/{path}", headers=dict(line.split(": ", 1) for line in BROWSER))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    headers = [
        (name.lower().encode(), value.encode("latin-1"))
        for name, value in answer.getheaders()
        if name.lower() not in ("date", "connection")
    ]
    opening = {"type": "http.response.start", "status": answer.status, "headers": headers}
    return opening, {"type": "http.response.body", "body": body}
