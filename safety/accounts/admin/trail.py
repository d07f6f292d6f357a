"""The audit trail, to read, to filter and to take away as a table; for nobody to change."""

import csv
import json

from django.contrib import admin
from django.http import StreamingHttpResponse
from django.utils import timezone

from .. import audit
from ..deeds import Deed
from ..models import Entry
from ..roles import MANAGERS

COLUMNS = ("when", "who", "did", "to what", "its number", "in words", "before", "after")
# A spreadsheet would take these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """What csv writes to: it hands each line back."""

    def write(self, line):
        return line


def harmless(text):
    return f"'{text}" if text.startswith(FORMULA) else text


def row(entry):
    values = (entry.about, entry.object_id, entry.words)
    changed = (json.dumps(v, ensure_ascii=False) if v else "" for v in (entry.before, entry.after))
    who = str(entry.user or "nobody")
    at = timezone.localtime(entry.at).isoformat(timespec="seconds")
    return [harmless(text) for text in (at, who, entry.get_action_display(), *values, *changed)]


@admin.action(description="Export as CSV", permissions=["view"])
def export(model_admin, request, queryset):
    audit.write(Entry.Action.DID, words=f"exported {queryset.count()} lines of the audit trail")
    writer = csv.writer(Echo())
    lines = (writer.writerow(line) for line in (COLUMNS, *map(row, queryset.iterator())))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
    return response


class AboutFilter(admin.AllValuesFieldListFilter):
    """What was about nothing that has a name has one in the filter: a link of no words is none."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "nothing of these"}


class TrailAdmin(admin.ModelAdmin):
    deeds = (
        Deed("read the audit trail and export it", "accounts.view_entry", (MANAGERS,)),
        Deed("change or delete a line of it"),
    )
    list_display = ("at", "user", "action", "what", "words")
    list_display_links = ("at",)
    list_filter = (
        "action",
        "at",
        ("user", admin.RelatedOnlyFieldListFilter),
        ("about", AboutFilter),
    )
    list_select_related = ("user",)
    search_fields = ("words", "user__username")
    search_help_text = "Who, or words of what was done."
    date_hierarchy = "at"
    show_full_result_count = False
    actions = (export,)
    fields = ("at", "user", "action", "about", "object_id", "words", "before", "after")

    @admin.display(description="to what", ordering="about")
    def what(self, entry):
        return f"{entry.about} {entry.object_id}".strip()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
