from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Kind
from ..views import find, listed, public
from . import kit


@require_safe
def partners(request):
    """Everything of the campaigns that partners can take. No reader has to pass it."""
    campaigns = [
        {"campaign": each, "pictures": kit.pictures(each, request.moment)}
        for each in listed(public(request), Kind.CAMPAIGN)
    ]
    letters = kit.where()[1]
    context = {"campaigns": campaigns, "papers": kit.PAPERS, "letters": letters}
    return render(request, "awareness/campaigns/partners.html", context)


@require_safe
def paper(request, slug, kind):
    """A poster or a sheet of strips: what a printer makes of it is the paper alone."""
    campaign = find(request, Kind.CAMPAIGN, slug)
    if campaign.withdraws:
        raise Http404
    title, how = kit.PAPERS[kind]
    context = {"kind": kind, "title": title, "how": how, **kit.paper(campaign, request.moment)}
    return render(request, "awareness/campaigns/paper.html", context)


@require_safe
def embed(request):
    """The HTML for a partner's own page, as a file to copy from."""
    return HttpResponse(kit.embed(request.moment), content_type="text/plain; charset=utf-8")
