"""The score that MDN's HTTP Observatory would give an answer, by its published table of points.

Its version 1.4 and, with two rows more, its algorithm 6. Source:
https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
A site begins with 100 points. What is missing costs points at once; what is better than needed adds
points only where nothing, or little, was lost: at 90 and above.
"""

import re
from html.parser import HTMLParser

BEGIN, ENOUGH = 100, 90
HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


class Scripts(HTMLParser):
    """The scripts of a page that come from an address: (address, its integrity or None)."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "script" and "src" in attributes:
            self.found.append((attributes["src"], attributes.get("integrity")))


def policy(headers):
    """Return the directives of Content-Security-Policy: name -> set of sources."""
    parts = (part.split() for part in headers.get("content-security-policy", "").split(";"))
    return {name.lower(): set(sources) for name, *sources in filter(None, parts)}


def of_csp(headers, html, redirects):
    found = policy(headers)
    if not found:
        return -25
    scripts = found.get("script-src", found.get("default-src", {"*"}))
    styles = found.get("style-src", found.get("default-src", {"*"}))
    objects = found.get("object-src", found.get("default-src", {"*"}))
    wide = {"*", "http:", "https:", "data:"}
    safe = any(source.startswith(("'sha256-", "'nonce-")) for source in scripts)
    if (scripts & wide or objects & wide) or ("'unsafe-inline'" in scripts and not safe):
        return -20
    if any(source.startswith("http://") for sources in found.values() for source in sources):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in styles or styles & wide:
        return 0
    return 10 if found.get("default-src") == {"'none'"} else 5


def of_cookies(headers, html, redirects):
    cookie = headers.get("set-cookie")
    if not cookie:
        return 0
    named = cookie.lower()
    if "secure" not in named:
        return -40 if "session" in named else -20
    return 5 if "httponly" in named and "samesite" in named else 0


def of_sharing(headers, html, redirects):
    return -50 if headers.get("access-control-allow-credentials") == "true" else 0


def of_redirection(headers, html, redirects):
    """`redirects` is (status, Location) of the same page asked by http."""
    status, location = redirects
    return 0 if status in (301, 302, 307, 308) and location.startswith("https://") else -20


def of_referrer(headers, html, redirects):
    sent = headers.get("referrer-policy")
    if not sent:
        return 0
    return 5 if sent in PRIVATE else -5


def of_transport(headers, html, redirects):
    """Without the 5 points of a preloaded domain, which is no matter of an answer."""
    age = re.search(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def of_integrity(headers, html, redirects):
    scripts = Scripts(html).found
    if any(address.startswith("http://") for address, _ in scripts):
        return -50
    elsewhere = [each for each in scripts if "//" in each[0]]
    if any(not integrity for _, integrity in elsewhere):
        return -5
    return 5 if scripts and all(integrity for _, integrity in scripts) else 0


def of_sniffing(headers, html, redirects):
    return 0 if headers.get("x-content-type-options") == "nosniff" else -5


def of_framing(headers, html, redirects):
    by_policy = policy(headers).get("frame-ancestors")
    if by_policy is not None and not by_policy & {"*", "http:", "https:"}:
        return 5
    return 0 if headers.get("x-frame-options", "").upper() in ("DENY", "SAMEORIGIN") else -20


def of_resources(headers, html, redirects):
    sent = headers.get("cross-origin-resource-policy")
    return {None: 0, "same-origin": 10, "same-site": 10, "cross-origin": 0}.get(sent, -5)


def of_opener(headers, html, redirects):
    return 10 if headers.get("cross-origin-opener-policy") == "same-origin" else 0


def of_embedder(headers, html, redirects):
    return 10 if headers.get("cross-origin-embedder-policy") == "require-corp" else 0


TESTS = {
    "content security policy": of_csp,
    "cookies": of_cookies,
    "cross-origin sharing": of_sharing,
    "redirection": of_redirection,
    "referrer policy": of_referrer,
    "strict transport security": of_transport,
    "subresource integrity": of_integrity,
    "content type options": of_sniffing,
    "framing": of_framing,
    "cross-origin resource policy": of_resources,
}
ALGORITHM_6 = {
    **TESTS,
    "cross-origin opener policy": of_opener,
    "cross-origin embedder policy": of_embedder,
}
# Without a preloaded domain, and for a first visit that sets no cookie.
MOST, MOST_OF_6 = 135, 155


def sheet(headers, html, redirects, tests=None):
    """Return name of a test -> points. `headers` have names in lower case."""
    return {name: test(headers, html, redirects) for name, test in (tests or ALGORITHM_6).items()}


def score(points):
    """Return the score of the points of a sheet."""
    base = BEGIN + sum(number for number in points.values() if number < 0)
    return base + sum(n for n in points.values() if n > 0) if base >= ENOUGH else max(base, 0)
