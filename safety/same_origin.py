"""The check that a form was sent from a page of ours, without a token or a cookie."""

from functools import wraps

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.views.decorators.csrf import csrf_exempt

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def own_origins(request):
    """Return the origins that are this site: SITE_URL's, and the one that was asked."""
    try:
        asked = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return {settings.SITE_URL}
    return {settings.SITE_URL, asked}


def is_same_origin(request):
    """Return whether the browser says that a page of ours sent this request.

    `Sec-Fetch-Site` decides where there is one: no page can forge it. Older browsers say
    `Origin` with every form. A request with neither header is not believed.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") in own_origins(request)


def same_origin_only(view):
    """Decorate a view whose form carries no token: a form from elsewhere gets a kind refusal.

    Pages for readers are the same bytes for everyone, so they hold no CSRF token, and this
    check takes its place. GET, HEAD and OPTIONS pass.
    """

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.method in SAFE_METHODS or is_same_origin(request):
            return view(request, *args, **kwargs)
        from .views import not_from_here

        return not_from_here(request)

    # Outermost, or Django would ask for the token after all.
    return csrf_exempt(checked)
