from django.utils.html import escape

from publishing.addresses import AddressKind, kind_of
from publishing.splice import ADDRESS_PLACE, HTML_PLACE, splice

from . import consent_html, registry, state
from .paths import is_own


def splice_state(get_response):
    """Fill the two splice places of a page that Django answers itself, as the front door would.

    A page that is being printed keeps its places: the front door fills them. A view that
    has a message of its own puts it on the response as `cookie_message`.
    """

    def middleware(request):
        response = get_response(request)
        if not request.printing and has_places(response):
            status = response.status_code
            found = reader_state(request, state.flag_of_error(request.path, status))
            message = getattr(response, "cookie_message", None) or consent_html.html(
                found, request.path if status == 200 else ""
            )
            response.content = splice(
                response.content, found.attributes, with_address(message, request).encode()
            )
            response["Content-Length"] = len(response.content)
        return response

    return middleware


def staff_cookies_only_in_the_newsroom(get_response):
    """Take the cookies of staff off every answer outside the admin.

    Django renews or deletes them wherever it sees one that it does not know. A reader who
    sends one, whoever set it, would be given a cookie that only staff are to have.
    """

    def middleware(request):
        response = get_response(request)
        if kind_of(request.path) is not AddressKind.NEWSROOM:
            for cookie in (registry.SESSION, registry.CSRF, registry.KNOWN):
                response.cookies.pop(cookie.name, None)
        return response

    return middleware


def reader_state(request, flag=""):
    """Return the `State` of whoever sent this request; the address may say the flag."""
    flag = flag or state.flag(sent(request, "QUERY_STRING"))
    return state.read(sent(request, "HTTP_COOKIE"), sent(request, "HTTP_SEC_GPC"), flag)


def sent(request, name):
    return request.META.get(name, "").encode("latin-1", "replace")


def has_places(response):
    """Return whether this is one of our pages; what an editor types cannot look like one."""
    return (
        not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
        and HTML_PLACE in response.content[:200]
    )


def with_address(message, request):
    """Return the message with its hole filled; an address that is not ours is not repeated."""
    own = is_own(request.path)
    here = state.address(request.path, sent(request, "QUERY_STRING")) if own else "/cookies/"
    return message.replace(ADDRESS_PLACE.decode(), escape(here))
