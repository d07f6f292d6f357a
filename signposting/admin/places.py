"""The screens of areas, and of the groups of the help page: their words show when they are saved."""

from django.contrib import admin

from publishing.admin_messages import SaysPrinted
from safety.accounts.deeds import Deed
from safety.accounts.roles import KEEPERS

from ..models import Area, Need, Service


class ShownAdmin(SaysPrinted, admin.ModelAdmin):
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Area)
class AreaAdmin(ShownAdmin):
    deeds = (
        Deed("add an area, and change its name and order", "signposting.change_area", (KEEPERS,)),
    )
    list_display = ["name", "position", "is_here"]

    def get_readonly_fields(self, request, obj=None):
        # Services name it by its short name.
        return ["slug"] if obj and Service.objects.filter(area=obj.slug).exists() else []


@admin.register(Need)
class NeedAdmin(ShownAdmin):
    deeds = (
        Deed(
            "add a group of the help page, and change its words and order",
            "signposting.change_need",
            (KEEPERS,),
        ),
    )
    list_display = ["name", "heading", "anchor", "position", "role"]

    def get_readonly_fields(self, request, obj=None):
        return ["number"] if obj else []
