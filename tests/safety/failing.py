"""Addresses that fail in every way there is, for test_errors.py."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseGone
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from safety.accounts.views.logins import wait
from safety.same_origin import same_origin_only

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def raises(error):
    def view(request):
        raise error

    return view


def answers(response):
    return lambda request: response


FAILING = [
    path("400/", raises(SuspiciousOperation("canary"))),
    path("403/", raises(PermissionDenied("canary"))),
    path("404/", raises(Http404("canary"))),
    path("405/", csrf_exempt(require_safe(answers(HttpResponse())))),
    path("page/", answers(HttpResponse())),
    path("410/", lambda request: HttpResponseGone()),
    path("413/", csrf_exempt(raises(RequestDataTooBig("canary")))),
    path("414/", lambda request: HttpResponse(status=414)),
    path("429/", lambda request: HttpResponse(status=429)),
    path("431/", lambda request: HttpResponse(status=431)),
    path("500/", raises(RuntimeError("canary"))),
    path("503/", lambda request: HttpResponse(status=503)),
    path("log-in/", wait),
    path("same-origin/", same_origin_only(answers(HttpResponse()))),
]
urlpatterns = [*FAILING, path("api/", include(FAILING)), *urlpatterns]
