from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def help_page(request):
    return render(request, "signposting/help.html")
