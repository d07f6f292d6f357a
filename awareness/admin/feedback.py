from django.contrib import admin

from safety.accounts.deeds import Deed
from safety.accounts.roles import EDITORS

from ..models import Feedback


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    """What readers answered, to read only."""

    deeds = (
        Deed("read what readers said of the site", "awareness.view_feedback", (EDITORS,)),
        Deed("change or delete it here"),
    )
    list_display = ["day", "found", "comment"]
    list_display_links = None
    list_filter = ["found", "day"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
