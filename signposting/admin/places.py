"""The screens of areas, and of the groups of the help page: working copies, until two agree them."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from safety.accounts.deeds import Deed
from safety.accounts.roles import KEEPERS
from safety.drafts.meanwhile import SeenAdmin

from .. import headings
from ..models import Area, Need, Service

SAVED = (
    "Readers keep what they have until a colleague agrees it. "
    '<a href="{}">Ask for a change of areas and groups</a>.'
)


class WorkingCopyAdmin(SeenAdmin, admin.ModelAdmin):
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        ask = reverse("admin:signposting_headingsrelease_add")
        messages.info(request, format_html(SAVED, ask))


@admin.register(Area)
class AreaAdmin(WorkingCopyAdmin):
    deeds = (
        Deed("add an area, and change its name and order", "signposting.change_area", (KEEPERS,)),
    )
    list_display = ["name", "position", "is_here"]

    def get_readonly_fields(self, request, obj=None):
        # Services name it by its short name.
        return ["slug"] if obj and Service.objects.filter(area=obj.slug).exists() else []


@admin.register(Need)
class NeedAdmin(WorkingCopyAdmin):
    deeds = (
        Deed(
            "add a group of the help page, and change its words and order",
            "signposting.change_need",
            (KEEPERS,),
        ),
    )
    list_display = ["name", "heading", "anchor", "position", "role"]

    def get_readonly_fields(self, request, obj=None):
        if not obj:
            return []
        # Pages lead to the place that readers have: without it, none of them could be printed.
        had = headings.now().needs.get(obj.number)
        return ["number", "anchor"] if had and had.anchor else ["number"]
