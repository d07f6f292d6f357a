"""The registry, the record and the sums, for staff to look at. Nothing here is for changing."""

# Registered first, so that its own pages can be replaced.
import cookie_consent.admin  # noqa: F401
from cookie_consent.models import Cookie, CookieGroup, LogItem
from django.contrib import admin

from .models import DailyAnswers, DailyReads, PolicyVersion

for model in (CookieGroup, Cookie, LogItem):
    admin.site.unregister(model)


class OnlyToLookAt(admin.ModelAdmin):
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(CookieGroup)
class CookieGroupAdmin(OnlyToLookAt):
    list_display = ["name", "varname", "is_required", "description"]
    exclude = ["created"]


@admin.register(Cookie)
class CookieAdmin(OnlyToLookAt):
    list_display = ["name", "cookiegroup", "description"]
    list_select_related = ["cookiegroup"]
    exclude = ["created"]


@admin.register(PolicyVersion)
class PolicyVersionAdmin(OnlyToLookAt):
    list_display = ["number", "digest", "asked_from", "asked_until"]


@admin.register(DailyAnswers)
class DailyAnswersAdmin(OnlyToLookAt):
    list_display = ["day", "policy", "choice", "count"]
    date_hierarchy = "day"


@admin.register(DailyReads)
class DailyReadsAdmin(OnlyToLookAt):
    list_display = ["day", "path", "reads", "visits"]
    date_hierarchy = "day"
    list_filter = ["path"]
