"""The admin as staff meet it: its name, its first page, and its parts in the order of their work."""

from django.apps import apps
from django.utils import timezone

from publishing import desk
from safety.accounts.site import AccountsSite
from safety.drafts.admin import DraftsSite
from safety.identity import in_force
from signposting.typed_dates import TypedDatesSite


class Newsroom(TypedDatesSite, DraftsSite, AccountsSite):
    site_title = index_title = "Newsroom"
    # The bar at the top leads to every part: screens keep their width for the work.
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        now = timezone.now()
        extra_context = {"now": now, **desk.gathered(request, now), **(extra_context or {})}
        return super().index(request, extra_context)

    @property
    def site_header(self):
        """The name of the site, as its editors have it now."""
        return in_force.look().name

    def get_app_list(self, request, app_label=None):
        """Return the parts in the order of the settings, pages first, not of the alphabet."""
        found = super().get_app_list(request, app_label)
        order = [app.label for app in apps.get_app_configs()]
        return sorted(found, key=lambda part: order.index(part["app_label"]))
