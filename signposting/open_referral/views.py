"""The open data at /api/open-referral/v3/: Open Referral UK 3.0, read only, for anyone."""

from functools import wraps

from django.db import Error as DatabaseProblem
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from safety.views import data_error

from ..presenters import everyone, london_day, show
from ..releases import in_force, printed
from . import records as feed
from .openapi import document
from .query import BadParameter, Query


def answer(content, status=200):
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache" if status == 200 else "no-store"
    return response


def as_json(view):
    """Make a view's dictionary a JSON answer, and a wrong parameter a 400 that names it."""

    # Nothing here changes anything, so what refuses a method is this, in JSON.
    @csrf_exempt
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.method not in ("GET", "HEAD"):
            refused = data_error(405)
            refused["Allow"] = "GET, HEAD"
            return refused
        try:
            found = view(request, *args, **kwargs)
        except BadParameter as error:
            return answer({"parameter": error.parameter, "error": str(error)}, 400)
        except DatabaseProblem:
            return data_error(503)
        if found is None:
            return data_error(404)
        return answer(found)

    return wrapped


def shown(request, slugs):
    """Return these services as readers see them. A print needs them all: it asks once."""
    if request.printing:
        found = everyone(request.moment)
        return [found[slug] for slug in slugs]
    services = printed()
    return [show(services[slug], request.moment) for slug in slugs]


def register(request):
    """Return what is being printed; or, for what Django answers, what was printed."""
    return in_force() if request.printing else printed()


def shown_with(request, kind, wanted):
    """Return the one service whose id of this kind is wanted, or None."""
    ids = {feed.id_of(kind, slug): slug for slug in register(request)}
    slug = ids.get(str(wanted))
    return next(iter(shown(request, [slug])), None) if slug else None


@as_json
def root(request):
    return feed.root()


@as_json
def openapi(request):
    return document()


@as_json
def services(request):
    query = Query(request.GET)
    return query.page(
        query.services(register(request), london_day(request.moment)),
        lambda here: [feed.service(s) for s in shown(request, here)],
    )


@as_json
def service(request, pk):
    found = shown_with(request, "service", pk)
    return found and feed.service(found, whole=True)


@as_json
def service_at_locations(request):
    def make(here):
        return [feed.at_location(s, with_service=True) for s in shown(request, here)]

    query = Query(request.GET)
    return query.page(query.services(register(request), london_day(request.moment)), make)


@as_json
def service_at_location(request, pk):
    found = shown_with(request, "service_at_location", pk)
    return found and feed.at_location(found, with_service=True)


@as_json
def taxonomies(request):
    return Query(request.GET).page(feed.taxonomies())


@as_json
def taxonomy_terms(request):
    return Query(request.GET).page(feed.terms())


@as_json
def taxonomy(request, pk):
    return next((row for row in feed.taxonomies() if row["id"] == str(pk)), None)


@as_json
def taxonomy_term(request, pk):
    return next((row for row in feed.terms() if row["id"] == str(pk)), None)


@as_json
def nothing(request, rest=""):
    """Any other address beneath the API, in JSON too."""
    return
