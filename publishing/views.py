from django.conf import settings
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from .sitemaps import Addresses


@require_safe
def sitemap(request):
    class AtThisMoment(Addresses):
        moment = request.moment

    return sitemaps.sitemap(
        request, {"pages": AtThisMoment}, template_name="publishing/sitemap.xml"
    )


@require_safe
def robots(request):
    """Everything may be found: somebody may be looking for it tonight."""
    lines = ["User-agent: *", "Disallow:", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def live(request):
    """Say that this process answers. It asks nothing of the database."""
    return HttpResponse("live\n", content_type="text/plain; charset=utf-8")
