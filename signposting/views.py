from itertools import groupby

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .models import Service
from .showing import show


@require_safe
def help_page(request):
    """Every route in the order of need: facts/helplines.md section 5."""
    shown = [show(s, request.moment) for s in Service.objects.on_help_page().whole()]
    groups = [
        (Service.Group(number), list(services))
        for number, services in groupby(shown, key=lambda s: s.service.group)
    ]
    return render(request, "signposting/help.html", {"groups": groups, "Group": Service.Group})


@require_safe
def service(request, slug):
    """One service, with everything we know of it."""
    found = get_object_or_404(Service.objects.public().whole(), slug=slug)
    alternative = Service.objects.whole().get(pk=found.alternative_id)
    context = {
        "shown": show(found, request.moment),
        "alternative": show(alternative, request.moment),
    }
    return render(request, "signposting/service.html", context)
