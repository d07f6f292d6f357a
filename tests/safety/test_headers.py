"""Every kind of answer carries every security header, from one place."""

import pytest
from django.test import Client

from safety import headers
from safety.headers import KINDS, _headers, kind_of_answer, security_headers

EVERYWHERE = {
    "Content-Security-Policy",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_whole_set_and_a_strict_policy(kind):
    headers = security_headers(kind)
    assert set(headers) >= EVERYWHERE
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    framed_by = "'self'" if kind == "preview" else "'none'"
    assert f"frame-ancestors {framed_by}" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == ("SAMEORIGIN" if kind == "preview" else "DENY")
    assert headers["Referrer-Policy"] == "same-origin"


def test_only_open_data_may_be_read_by_other_sites():
    for kind in KINDS:
        headers = security_headers(kind)
        theirs = kind == "data"
        assert (headers["Cross-Origin-Resource-Policy"] == "cross-origin") is theirs
        assert ("Access-Control-Allow-Origin" in headers) is theirs


def test_pages_and_the_admin_are_kept_nowhere():
    assert security_headers("page")["Cache-Control"] == "no-store"
    assert security_headers("admin")["Cache-Control"] == "no-store"


def test_an_upload_may_do_nothing():
    assert "; sandbox" in security_headers("upload")["Content-Security-Policy"]


def test_an_unknown_kind_is_a_mistake():
    with pytest.raises(ValueError, match="no kind of answer"):
        security_headers("pages")


def test_the_values_are_those_of_djangos_settings(settings):
    settings.SECURE_REFERRER_POLICY = "no-referrer"
    settings.SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"
    settings.X_FRAME_OPTIONS = "SAMEORIGIN"
    settings.SECURE_CONTENT_TYPE_NOSNIFF = False
    _headers.cache_clear()
    try:
        headers = security_headers("page")
    finally:
        _headers.cache_clear()
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "X-Content-Type-Options" not in headers


def test_nobody_can_change_the_next_answer():
    security_headers("page")["X-Frame-Options"] = "changed"
    assert security_headers("page")["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "content_type", "kind"),
    [
        ("/", "text/html; charset=utf-8", "page"),
        ("/admin/", "text/html", "admin"),
        ("/api/open-referral/v3/services", "application/json", "data"),
        ("/api/nothing", "text/html", "data"),
        ("/static/css/site.css", "text/css", "file"),
        ("/uploads/a.jpg", "image/jpeg", "upload"),
        ("/preview/token/", "text/html", "page"),
        ("/preview/token/pictures/a.jpg", "image/jpeg", "upload"),
        ("/sitemap.xml", "application/xml", "file"),
        ("/help", "", "page"),
    ],
)
def test_the_kind_of_an_answer(path, content_type, kind):
    assert kind_of_answer(path, content_type) == kind


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/help/", 200),
        ("/help", 301),
        ("/no-such-page/", 404),
        ("/leave/", 303),
        ("/robots.txt", 200),
        ("/.well-known/security.txt", 404),
        ("/-/live", 200),
        ("/admin/", 302),
        ("/admin/login/", 200),
    ],
)
def test_every_answer_of_djangos_carries_them(path, status):
    response = Client().get(path)
    assert response.status_code == status
    assert set(response.headers) >= EVERYWHERE


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_refused_methods_carry_them_too(method):
    response = getattr(Client(), method)("/help/")
    assert response.status_code == 405
    assert set(response.headers) >= EVERYWHERE


def test_a_host_that_is_not_ours_gets_them_too():
    response = Client(headers={"Host": "elsewhere.example"}).get("/help")
    assert response.status_code == 400
    assert set(response.headers) >= EVERYWHERE


# What a page could otherwise do to, or learn of, the device in a reader's hand.
POWERS = [
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
]


def test_no_page_may_use_any_power_of_the_device():
    refused = headers.security_headers("page")["Permissions-Policy"].split(", ")
    assert set(refused) == {f"{power}=()" for power in POWERS}


def test_https_is_kept_to_for_as_long_as_is_set(settings):
    settings.SECURE_HSTS_SECONDS = 300
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = False
    assert headers.transport_security() == "max-age=300"
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    assert headers.transport_security() == "max-age=300; includeSubDomains; preload"
    settings.SECURE_HSTS_SECONDS = 0
    assert headers.transport_security() == "max-age=0"


def test_a_preview_alone_may_stand_in_a_frame_of_ours():
    assert headers.security_headers("preview")["X-Frame-Options"] == "SAMEORIGIN"
    assert headers.security_headers("page")["X-Frame-Options"] == "DENY"
