"""The admin as staff meet it: its name, and its parts in the order of their work."""

from django.apps import apps
from django.conf import settings

from safety.accounts.site import AccountsSite
from safety.drafts.admin import DraftsSite
from signposting.typed_dates import TypedDatesSite


class Newsroom(TypedDatesSite, DraftsSite, AccountsSite):
    site_header = settings.SITE_NAME
    site_title = index_title = "Newsroom"

    def get_app_list(self, request, app_label=None):
        """Return the parts in the order of the settings, pages first, not of the alphabet."""
        found = super().get_app_list(request, app_label)
        order = [app.label for app in apps.get_app_configs()]
        return sorted(found, key=lambda part: order.index(part["app_label"]))
