import sys

from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseProblem
from django.http import HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

from publishing.addresses import AddressKind, kind_of

from .error_pages import plain, styled, words

# What is raised where a database or a disk is gone: templates lie on one.
OUT_OF_REACH = (DatabaseProblem, OSError, TemplateDoesNotExist)
# Parts of the newsroom that are open to whoever has yet to log in.
STRANGERS = ("/admin/login/", "/admin/lost/", "/admin/link/")


def error_response(request, name, status):
    """Return the page of an error (a status, "same-origin" or "csrf"); to open data, JSON."""
    if kind_of(request.path_info) is AddressKind.DATA:
        return data_error(status)
    if is_newsroom(request):
        return newsroom_error(name, status)
    return HttpResponse(styled.error(name), status=status)


def is_newsroom(request):
    """Return whether staff ask; whoever has yet to log in may be a reader who got lost."""
    path = request.path_info
    return kind_of(path) is AddressKind.NEWSROOM and not path.startswith(STRANGERS)


def newsroom_error(name, status):
    """Return what staff are told of an error, in the style of the newsroom where that works."""
    found = words.NEWSROOM.get(name)
    if found is None:
        return HttpResponse(styled.error(name), status=status)
    try:
        page = render_to_string("admin/error.html", {"found": found, "back": words.NEWSROOM_BACK})
    except Exception:
        page = plain.newsroom_error(name)
    return HttpResponse(page, status=status)


def data_error(status):
    """Return what open data answers to an error."""
    response = HttpResponse(plain.data_error(status), status=status)
    response["Content-Type"] = "application/json"
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return error_response(request, status, status)


def forbidden(request, exception=None):
    return error_response(request, 403, 403)


def not_found(request, exception=None):
    return error_response(request, 404, 404)


def server_error(request):
    """Answer what a view raised. Without its database or disk the site is being mended: 503."""
    if is_out_of_reach(sys.exception()):
        response = error_response(request, 503, 503)
        response["Retry-After"] = "60"
        return response
    return error_response(request, 500, 500)


def is_out_of_reach(error):
    """Return whether an exception, or one while which it was raised, is of a database or disk."""
    while error and not isinstance(error, OUT_OF_REACH):
        error = error.__context__
    return error is not None


def csrf_failure(request, reason=""):
    """The refusal of a form of the admin; elsewhere, of a method.

    Outside the admin no form carries a token (safety.same_origin), so whoever is refused
    there sent a form to a page that takes none.
    """
    if kind_of(request.path_info) is AddressKind.NEWSROOM:
        return error_response(request, "csrf", 403)
    response = error_response(request, 405, 405)
    response["Allow"] = "GET, HEAD"
    return response


def not_from_here(request):
    """The refusal of a reader's form that no page of ours sent."""
    return error_response(request, "same-origin", 403)
