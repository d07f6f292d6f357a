"""The security headers of every answer, from one place.

Both the front door and Django's middleware send them, so that no kind of answer lacks one.
The values are those of Django's own settings where there is one.
Source: reference/security-and-reliability.md section 6.
"""

from functools import cache

from django.conf import settings

from publishing.addresses import AddressKind, kind_of

from . import admin_inline

# Nothing on this site needs any of these, so no page of it may use them.
PERMISSIONS = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)

NOTHING = {"default-src": ["'none'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"]}
# What somebody uploaded may be shown, and do nothing else, whatever it claims to be.
UPLOAD = {**NOTHING, "sandbox": []}

KINDS = ("page", "file", "upload", "data", "admin", "preview")


def policy_text(policy):
    """Return a policy dictionary as the value of Content-Security-Policy."""
    return "; ".join(" ".join([name, *sources]) for name, sources in policy.items())


def admin_policy():
    """Return the admin's policy: the pages' own, and the hashes of its few inline parts."""
    return {
        **settings.SECURE_CSP,
        "font-src": ["'self'"],  # the editors' icons
        "frame-src": ["'self'"],  # a preview, which alone allows it
        "script-src": ["'self'", *admin_inline.script_hashes()],
        "style-src": ["'self'", *admin_inline.style_hashes()],
    }


def policy(kind):
    """Return the content security policy of a kind of answer, as a dictionary."""
    if kind == "page":
        return settings.SECURE_CSP
    if kind == "admin":
        return admin_policy()
    if kind == "preview":
        return {**settings.SECURE_CSP, "frame-ancestors": ["'self'"]}
    return UPLOAD if kind == "upload" else NOTHING


def transport_security():
    """Return the value of Strict-Transport-Security; after 0 seconds a browser forgets it."""
    seconds = settings.SECURE_HSTS_SECONDS
    value = f"max-age={seconds}"
    if seconds and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        value += "; includeSubDomains"
    if seconds and settings.SECURE_HSTS_PRELOAD:
        value += "; preload"
    return value


@cache
def _headers(kind):
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of answer: use one of {', '.join(KINDS)}.")
    headers = {
        "Content-Security-Policy": policy_text(policy(kind)),
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS),
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Frame-Options": "SAMEORIGIN" if kind == "preview" else settings.X_FRAME_OPTIONS,
    }
    if settings.SECURE_CONTENT_TYPE_NOSNIFF:
        headers["X-Content-Type-Options"] = "nosniff"
    if kind in ("page", "admin", "preview"):
        # Nothing of the page stays on the device, and Back asks us again.
        headers["Cache-Control"] = "no-store"
    if kind == "data":
        # Open data is for other sites to read.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        headers["Access-Control-Allow-Origin"] = "*"
    if settings.HTTPS:
        headers["Strict-Transport-Security"] = transport_security()
    return headers


def security_headers(kind="page"):
    """Return the headers, name to value, that every answer of a kind carries.

    `kind` is "page" (HTML for readers, redirects and errors), "file" (static files and
    text), "upload", "data" (open data), "admin" or "preview" (a page for readers in a frame of
    the newsroom, the only answer that may be framed). Raises ValueError for any other.
    """
    return dict(_headers(kind))


def kind_of_answer(path, content_type=""):
    """Return the kind of an answer of Django's, from its address and its content type."""
    address = kind_of(path)
    if address is AddressKind.NEWSROOM:
        return "admin"
    if address is AddressKind.DATA:
        return "data"
    if content_type.startswith("text/html") or not content_type:
        return "page"
    pictures = (AddressKind.UPLOAD, AddressKind.PREVIEW)
    return "upload" if address in pictures else "file"
