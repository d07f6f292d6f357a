"""The security headers of every answer, from one place."""

from django.conf import settings

# Shaped as Django 6's SECURE_CSP, so that it can be replaced by it.
PAGE_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}


def policy_text(policy):
    """Return a policy dictionary as the value of Content-Security-Policy."""
    return "; ".join(" ".join([name, *sources]) for name, sources in policy.items())


def security_headers(kind="page"):
    """Return the headers, name to value, for a kind of answer: page, file, data or admin."""
    headers = {
        "Content-Security-Policy": policy_text(PAGE_POLICY),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }
    if settings.HTTPS:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains; preload"
    return headers
