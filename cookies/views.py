from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import registry


@require_safe
def cookies(request):
    """The notice, the table and, in the message's place, the choices."""
    return render(request, "cookies/cookies.html", {"groups": registry.GROUPS})


@require_safe
def reading(request):
    """Text size, colours and the beta notice; the form is in the message's place."""
    return render(request, "cookies/reading.html")
