from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from . import sources


class Addresses(Sitemap):
    """Every listed page of the edition, on the site's own host whatever host was asked."""

    def items(self):
        moment = getattr(self, "moment", None) or timezone.now()
        return [a for a in sources.addresses(moment) if a.listed and a.kind == "page"]

    def location(self, item):
        return item.path

    def lastmod(self, item):
        # In the United Kingdom, as everything that readers are told.
        return item.changed and timezone.localdate(item.changed)

    def get_domain(self, site=None):
        return settings.SITE_URL.split("://")[1]

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.split("://")[0]
