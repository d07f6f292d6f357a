from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse

from publishing.addresses import AddressKind, kind_of

from .error_pages import plain, styled


def error_response(request, name, status):
    """Return the page of an error (a status, "same-origin" or "csrf"); to open data, JSON."""
    if kind_of(request.path_info) is AddressKind.DATA:
        return data_error(status)
    return HttpResponse(styled.error(name), status=status)


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
    return error_response(request, 500, 500)


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
