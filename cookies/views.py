from django.db import Error as DatabaseProblem
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publishing import sources
from publishing.splice import ADDRESS_PLACE
from safety.same_origin import same_origin_only

from . import consent, consent_html, registry
from .middleware import reader_state
from .models import DailyReads
from .paths import COOKIE_PAGES, is_counted, is_own
from .preferences import BETA, COLOURS, TEXT, Preferences
from .state import ASK

STATUSES = {"": 200, "refused": 200, "open": 422, "changed": 422, "error": 503}


@require_safe
def cookies(request):
    """The notice, the table and, in the message's place, the choices."""
    return cookies_page(request)


@same_origin_only
@require_POST
def save(request):
    """Every consent form posts here: `choice=accept` or `reject`, or `yes` or `no` for each group."""
    before = reader_state(request)
    answers = consent.wanted(request.POST)
    if len(answers) < len(registry.SLUGS):
        missing = [slug for slug in registry.SLUGS if slug not in answers]
        return choices_page(request, before, "open", chosen=answers, open_groups=missing)
    groups = [slug for slug, answer in answers.items() if answer == consent.YES]
    decision = consent.decide(before, groups, request.POST.get("shown"), request.moment)
    asked_on_a_page = "choice" in request.POST
    came_from = own_next(request)
    if not decision.problem:
        page = came_from if asked_on_a_page else "/cookies/"
        response = see_other(page, "saved", came_from)
    elif decision.problem == "error" and asked_on_a_page and before.answer == ASK:
        response = see_other(came_from, "error", came_from)
    else:
        response = choices_page(request, before, decision.problem, chosen=answers)
    return consent.write(response, decision, request.COOKIES)


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """Text size, colours and the beta notice; the form is in the message's place."""
    if request.method != "POST":
        return preferences_page(request)
    before = reader_state(request)
    allowed = {"text": TEXT, "colours": COLOURS, "beta": BETA}
    chosen = {name: request.POST.get(name) for name in allowed}
    agree = request.POST.get("agree")
    if agree == consent.NO:
        return not_agreed(request, before)
    if agree != consent.YES or any(chosen[name] not in allowed[name] for name in allowed):
        return form_page(request, preferences_page, before, "open", chosen=chosen)
    decision = consent.decide(
        before, {*before.groups, "preferences"}, request.POST.get("shown"), request.moment
    )
    if decision.problem:
        return form_page(request, preferences_page, before, decision.problem, chosen=chosen)
    response = see_other("/cookies/reading/", "saved", own_next(request))
    registry.PREFERENCES_COOKIE.set(response, Preferences(**chosen).value)
    return consent.write(response, decision, request.COOKIES)


def not_agreed(request, before):
    """Keep nothing of how somebody reads. An agreement from another tab ends with it."""
    if "preferences" not in before.groups:
        response = form_page(request, preferences_page, before, "refused")
        decision = consent.Decision(False, before.groups)
    else:
        response = see_other("/cookies/reading/", "saved", own_next(request))
        groups = set(before.groups) - {"preferences"}
        decision = consent.decide(before, groups, None, request.moment)
    return consent.write(response, decision, request.COOKIES)


@same_origin_only
@require_POST
def count(request):
    """Add one reading of a page to the day's sum, for a reader who agreed to be counted."""
    if "statistics" not in reader_state(request).groups:
        return HttpResponse(status=403)
    page = request.POST.get("page", "")
    first = registry.COUNTED.name not in request.COOKIES
    try:
        if not is_counted(page) or page not in public_addresses(request.moment):
            return HttpResponse(status=400)
        day = timezone.localdate(request.moment)
        DailyReads.objects.add({"day": day, "path": page}, reads=1, visits=int(first))
    except DatabaseProblem:
        return HttpResponse(status=503)
    response = HttpResponse(status=204)
    if first:
        registry.COUNTED.set(response, "counted")
    return response


def public_addresses(moment):
    return {address.path for address in sources.addresses(moment)}


def cookies_page(request, status=200):
    context = {
        "groups": registry.GROUPS,
        "lasts": registry.CONSENT.lasts,
        "problem": status != 200,
    }
    return render(request, "cookies/cookies.html", context, status=status)


def preferences_page(request, status=200):
    return render(request, "cookies/preferences.html", {"problem": status != 200}, status=status)


def choices_page(request, before, problem, **answer):
    return form_page(request, cookies_page, before, problem, **answer)


def form_page(request, page, before, problem, **answer):
    """Answer a form with its own page: what is wrong, and what was ticked still there."""
    response = page(request, STATUSES[problem])
    path = "/cookies/" if page is cookies_page else "/cookies/reading/"
    message = consent_html.html(before, path, problem=problem, **answer)
    response.cookie_message = message.replace(ADDRESS_PLACE.decode(), escape(own_next(request)))
    return response


def own_next(request):
    """Return where the form says that the reader was, if that is a page of ours."""
    page = request.POST.get("next", "")
    return page if is_own(page) else "/"


def see_other(page, flag, came_from):
    """Send the reader to a page of ours with a flag; the cookie pages also get the way back."""
    query = f"cookies={flag}"
    if page in COOKIE_PAGES and came_from not in COOKIE_PAGES:
        query += f"&from={came_from}"
    response = HttpResponseRedirect(f"{page}?{query}#choice")
    response.status_code = 303
    return response
