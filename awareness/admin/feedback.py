from django.contrib import admin

from ..models import Feedback


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    """What readers answered, to read only."""

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
