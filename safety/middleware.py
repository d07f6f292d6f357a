"""What the front door does for readers, done again for the answers that Django gives."""

import time

from django.http import HttpResponse

from publishing.addresses import AddressKind, kind_of

from . import leaving
from .error_pages import words
from .headers import kind_of_answer
from .headers import security_headers as headers_for
from .identity.in_force import printed
from .views import error_response


def security_headers(get_response):
    """Put the security headers on every answer of Django's."""

    def middleware(request):
        response = get_response(request)
        kind = kind_of_answer(request.path_info, response.get("Content-Type", ""))
        if getattr(response, "is_preview", False):
            kind = "preview"
        for name, value in headers_for(kind).items():
            response[name] = value
        return response

    return middleware


def as_response(answer):
    """Return a guard's plain answer as Django's."""
    response = HttpResponse(answer.body, status=answer.status)
    for name, value in answer.headers:
        if name == "Set-Cookie":
            response.cookies.load(value)
        else:
            response[name] = value
    return response


def leave_and_cover(get_response):
    """Answer /leave/, and cover every page while the guard lasts."""

    def middleware(request):
        cookies = request.META.get("HTTP_COOKIE", "").encode("latin-1", "replace")
        path, now = request.path_info, time.time()
        if kind_of(path) is AddressKind.LEAVE:
            return as_response(
                leaving.leave(request.method, cookies, now, printed().owner.exit_url)
            )
        left = leaving.is_leaving(cookies, now)
        if left and leaving.covers(path):
            return as_response(leaving.cover())
        response = get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if left and is_page and kind_of(path) is not AddressKind.NEWSROOM:
            # Files are not covered; the page that says there is no such file would be seen.
            return as_response(leaving.cover())
        return response

    return middleware


def help_on_every_error(get_response):
    """Give an answer that refuses without a word the page of its status.

    Django's own 405 and 410 are empty.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code in words.ERRORS and not response.streaming and not response.content:
            said = error_response(request, response.status_code, response.status_code)
            response.content = said.content
            for name, value in said.items():
                response[name] = value
        return response

    return middleware
