"""The registry, the record and the sums, for staff to look at. Nothing here is for changing."""

# Registered first, so that its own pages can be replaced.
import cookie_consent.admin  # noqa: F401
from cookie_consent.models import Cookie, CookieGroup, LogItem
from django.contrib import admin

from safety.accounts.deeds import Deed
from safety.accounts.roles import EDITORS

from .desk import visits
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
    deeds = (
        Deed("see why cookies are set", "cookie_consent.view_cookiegroup", (EDITORS,)),
        Deed("change that here: it is part of the site"),
    )
    list_display = ["name", "varname", "is_required", "description"]
    exclude = ["created"]


@admin.register(Cookie)
class CookieAdmin(OnlyToLookAt):
    deeds = (
        Deed("see which cookies there are", "cookie_consent.view_cookie", (EDITORS,)),
        Deed("change that here: it is part of the site"),
    )
    list_display = ["name", "cookiegroup", "description"]
    list_select_related = ["cookiegroup"]
    exclude = ["created"]


@admin.register(PolicyVersion)
class PolicyVersionAdmin(OnlyToLookAt):
    deeds = (
        Deed("see what readers were asked", "cookies.view_policyversion", (EDITORS,)),
        Deed("change that here"),
    )
    list_display = ["number", "digest", "asked_from", "asked_until"]


@admin.register(DailyAnswers)
class DailyAnswersAdmin(OnlyToLookAt):
    deeds = (
        Deed("see how readers answered, as sums of a day", "cookies.view_dailyanswers", (EDITORS,)),
        Deed("change that here"),
    )
    list_display = ["day", "policy", "choice", "count"]
    date_hierarchy = "day"


@admin.register(DailyReads)
class DailyReadsAdmin(OnlyToLookAt):
    """Rounded: an exact sum of a quiet day could be one person."""

    deeds = (
        Deed(
            "see how often pages were read, as sums of a day", "cookies.view_dailyreads", (EDITORS,)
        ),
        Deed("change that here"),
    )
    list_display = fields = ["day", "path", "times_read", "visits_begun"]
    date_hierarchy = "day"
    list_filter = ["path"]

    @admin.display(description="times read")
    def times_read(self, row):
        return visits.in_words(visits.rounded(row.reads))

    @admin.display(description="visits that began here")
    def visits_begun(self, row):
        return visits.in_words(visits.rounded(row.visits))
