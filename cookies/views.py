from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def cookies(request):
    return render(request, "cookies/cookies.html")
