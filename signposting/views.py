from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error as DatabaseProblem
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from safety.same_origin import same_origin_only

from . import contact as table
from . import headings, json_ld
from .languages import LANGUAGES
from .models import NotWorking, Service
from .presenters import checked_once, everyone, london_day
from .presenters.help_page import QUESTIONS, first_and_sections, is_unlisted
from .releases import in_force
from .sheet import FIELDS, card


@require_safe
def help_page(request):
    """Every way to get help, in the order of need, one row a service."""
    shown = list(everyone(request.moment).values())
    first, sections = first_and_sections(shown, headings.now())
    listed = [first] if first else []
    listed += [shown for section in sections for shown in section.services]
    context = {
        "first": first,
        "sections": sections,
        "questions": QUESTIONS,
        "checked": checked(listed, request.moment),
        "json_ld": json_ld.script(json_ld.list_page(listed)),
        "has_opening": has_opening(listed),
    }
    return render(request, "signposting/help.html", context)


def on_help_page(moment):
    """Return what stands on the help page; own behaviour has a page of its own, in no menu."""
    return [shown for shown in everyone(moment).values() if not is_unlisted(shown.service)]


@require_safe
def service(request, slug):
    """One service, with everything we know of it."""
    services = everyone(request.moment)
    if slug not in services:
        raise Http404
    shown = services[slug]
    alternative = services[shown.service.another_way.slug]
    context = {
        "shown": shown,
        "alternative": alternative,
        "json_ld": json_ld.script(json_ld.page(shown)),
        "has_opening": has_opening([shown, alternative]),
    }
    return render(request, "signposting/service.html", context)


@require_safe
def contact(request):
    """Three questions and every answer to them, on one page. Nothing is sent."""
    services, names = everyone(request.moment), headings.now()
    context = {
        "questions": [(name, *question) for name, question in table.questions(names).items()],
        "answers": table.answers(services, names),
        "extras": table.extras(services),
        "here": names.here,
        "online": services.get("police-online"),
        "checked": checked(services.values(), request.moment),
        "has_opening": has_opening(services.values()),
    }
    return render(request, "signposting/contact.html", context)


@require_safe
def sheet(request):
    """A sheet to fill in by hand, and a wallet card of the numbers."""
    numbers, checked = card()
    context = {"fields": FIELDS, "card": numbers, "checked": checked}
    return render(request, "signposting/sheet.html", context)


@require_safe
def little_english(request):
    """What to say to police in few words of English, and how to get an interpreter."""
    return render(
        request,
        "signposting/little_english.html",
        {"languages": LANGUAGES, "ndah": "ndah" in in_force()},
    )


@require_safe
def data(request):
    """What other sites may use, and where it is."""
    return render(request, "signposting/data.html")


@require_safe
def feed(request):
    """The services, the one that changed last first, as Atom 1.0."""
    shown = on_help_page(request.moment)
    context = {
        "entries": sorted(shown, key=lambda each: each.service.changed, reverse=True),
        "site": settings.SITE_URL,
        "host": urlsplit(settings.SITE_URL).hostname,
    }
    kind = "application/atom+xml; charset=utf-8"
    return render(request, "signposting/feed.xml", context, content_type=kind)


@same_origin_only
@require_POST
def report(request, slug):
    """Count that a number did not work: one tap, nothing of the reader.

    With the database gone it says so, and leads to another way: those pages are printed.
    """
    try:
        found = get_object_or_404(Service.objects.released(), slug=slug)
        NotWorking.objects.count_one(found, london_day(request.moment))
    except DatabaseProblem:
        return render(request, "signposting/not_counted.html", {"slug": slug}, status=503)
    return HttpResponse(status=303, headers={"Location": f"{found.get_absolute_url()}#reported"})


def checked(services, moment):
    """Return when the numbers of a page were last checked, in one sentence."""
    return checked_once([shown.service.last_check for shown in services], london_day(moment))


def has_opening(services):
    """Return whether any hours are confirmed, so that a page needs the script."""
    return any(route.opening for shown in services for route in shown.routes)
