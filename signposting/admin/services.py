from functools import partial

from django import forms
from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from safety.accounts.deeds import Deed
from safety.accounts.roles import KEEPERS
from safety.accounts.waiting import why_not_agree, why_not_ask
from safety.drafts.meanwhile import SeenAdmin

from .. import headings, to_do, usage
from ..models import Organisation, ReleaseRequest, Route, Service
from ..presenters import london_day, show
from ..releases import in_force, may_agree
from . import csv_screen, screens
from .export import as_csv
from .forms import NOT_TO_USE
from .inlines import ClosedInline, DaysInline, OfRoutesFormSet, RouteInline, lines

# Of what stands below the ways to reach a service, which are asked for more often.
AFTER_ROUTES = "after-routes"

# What becomes of a working copy of the register.
FOR_READERS = (
    Deed("ask for a change", "signposting.add_releaserequest", (KEEPERS,), why_not_ask),
    Deed(
        "agree what a colleague asked for",
        "signposting.change_releaserequest",
        (KEEPERS,),
        why_not_agree,
    ),
)


@admin.register(Organisation)
class OrganisationAdmin(SeenAdmin, admin.ModelAdmin):
    deeds = (
        Deed(
            "change the working copy of an organisation",
            "signposting.change_organisation",
            (KEEPERS,),
        ),
        *FOR_READERS,
        Deed("delete one"),
    )
    list_display = ["name", "website"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    actions = None

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.name == "website":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def response_change(self, request, obj):
        messages.info(
            request,
            "Saved. Readers keep what they have until two people agree: open each service that "
            "it runs, and ask for the change.",
        )
        return super().response_change(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False


class NeedsDoing(admin.SimpleListFilter):
    title = "what needs doing"
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [("1", "Something to do")]

    def queryset(self, request, queryset):
        if self.value() != "1":
            return queryset
        day, services = london_day(timezone.now()), list(queryset)
        beside = to_do.waiting(services)
        wanted = [s.pk for s in services if to_do.sentences(s, day, beside[s.pk])]
        return queryset.filter(pk__in=wanted)


@admin.register(Service)
class ServiceAdmin(SeenAdmin, admin.ModelAdmin):
    deeds = (
        Deed("change the working copy of a service", "signposting.change_service", (KEEPERS,)),
        Deed("record a check", "signposting.add_check", (KEEPERS,)),
        Deed("take something off or say less", "signposting.withhold_service", (KEEPERS,)),
        *FOR_READERS,
        Deed("delete one"),
    )
    list_display = ["name", "todo", "disagrees", "checked", "on_pages", "status"]
    list_filter = [NeedsDoing, "status", "group", "confidence"]
    search_fields = ["name", "slug", "routes__dial", "routes__display"]
    actions = ["export"]
    inlines = [RouteInline, DaysInline, ClosedInline]
    change_form_template = "signposting/admin/change_form.html"
    fieldsets = [
        (None, {"fields": ["name", "slug", "organisation", "group", "position"]}),
        (
            "What readers are told",
            {"fields": ["what", "for_whom", "who", "caution", "access", "doubt"]},
        ),
        (
            "In data",
            {
                "fields": ["minimum_age", "maximum_age", "gender", "area"]
                + ["relationship", "languages", "first_route", "alternative"],
                "classes": [AFTER_ROUTES],
            },
        ),
        (
            "For staff",
            {"fields": ["confidence", "source", "do_not_say"], "classes": [AFTER_ROUTES]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).whole().prefetch_related("not_working")

    def get_changelist_instance(self, request):
        """Ask once for what every row shows beside itself."""
        listed = super().get_changelist_instance(request)
        services = listed.result_list = list(listed.result_list)
        beside, unsure, pages = to_do.waiting(services), to_do.conflicts(services), usage.pages()
        for service in services:
            service.beside = beside[service.pk]
            service.unsure = unsure[service.pk]
            service.on_pages = pages[service.slug]
        return listed

    @admin.display(description="last checked", ordering="last_check__day")
    def checked(self, service):
        return service.last_check and service.last_check.day

    @admin.display(description="to do")
    def todo(self, service):
        day = london_day(timezone.now())
        return lines(to_do.sentences(service, day, service.beside))

    @admin.display(description="what does not agree")
    def disagrees(self, service):
        return lines(service.unsure)

    @admin.display(description="on pages")
    def on_pages(self, service):
        return service.on_pages

    @admin.action(description="Export as CSV", permissions=["view"])
    def export(self, request, queryset):
        return as_csv(queryset)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_readonly_fields(self, request, obj=None):
        # Pages refer to it by its short name.
        return ["slug"] if obj else ["first_route"]

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        # The words of an emergency route are part of the site itself.
        return super().has_change_permission(request, obj) and not (obj and obj.emergency)

    def formfield_for_dbfield(self, field, request, **kwargs):
        """Offer the areas and the groups of the help page that there are: they are rows."""
        found = super().formfield_for_dbfield(field, request, **kwargs)
        if field.name in ("area", "group"):
            names = headings.now()
            rows = names.areas if field.name == "area" else names.needs
            kind = str if field.name == "area" else int
            choices = [(value, row.name) for value, row in rows.items()]
            blank = [] if field.has_default() else [("", "---------")]
            return forms.TypedChoiceField(
                choices=[*blank, *choices],
                coerce=kind,
                label=found.label,
                initial=found.initial,
                help_text=found.help_text,
            )
        return found

    def formfield_for_foreignkey(self, field, request, **kwargs):
        pk = request.resolver_match.kwargs.get("object_id")
        if field.name == "first_route":
            kwargs["queryset"] = Route.objects.filter(service=pk)
        if field.name == "alternative":
            kwargs["queryset"] = Service.objects.can_stand_in_for(pk)
            kwargs["error_messages"] = NOT_TO_USE
        return super().formfield_for_foreignkey(field, request, **kwargs)

    def get_inlines(self, request, obj):
        # A service has ways before they have other days; an emergency route's are a constant.
        return self.inlines if obj and not obj.emergency else [RouteInline]

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if isinstance(formset, OfRoutesFormSet):
            for route in formset.changed_routes():
                route.hours_changed()
            return
        for each in formset.forms:
            if each.cleaned_data.get("said"):
                each.store_hours()
                each.instance.hours_changed()

    def response_change(self, request, obj):
        say_who_agrees(request, obj)
        return super().response_change(request, obj)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            service = Service.objects.whole().prefetch_related("not_working").get(pk=obj.pk)
            day, beside = london_day(timezone.now()), to_do.waiting([service])
            readers = in_force().get(service.slug)
            waiting = ReleaseRequest.objects.waiting().filter(service=service).first()
            context |= {
                "shown": readers and show(readers, timezone.now()),
                "last": service.releases.first(),
                "todo": to_do.sentences(service, day, beside[service.pk]),
                "disagrees": to_do.conflicts(Service.objects.all())[service.pk],
                "on_pages": usage.named().get(service.slug, []),
                "waiting": waiting,
                "refused": waiting and may_agree(waiting, request.user),
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def get_urls(self):
        def screen(view):
            def shown(request, pk):
                return view(self, request, pk)

            return self.admin_site.admin_view(shown)

        name = "signposting_service_{}".format
        spreadsheet = self.admin_site.admin_view(partial(csv_screen.take_in, self))
        return [
            path("csv/", spreadsheet, name=name("csv")),
            path("<int:pk>/check/", screen(screens.check), name=name("check")),
            path("<int:pk>/ask/", screen(screens.ask), name=name("ask")),
            path("<int:pk>/take-off/", screen(screens.take_off), name=name("take_off")),
            path("<int:pk>/less/", screen(screens.less), name=name("less")),
            path("agree/<int:pk>/", screen(screens.agree), name=name("agree")),
            path("drop/<int:pk>/", screen(screens.drop), name=name("drop")),
            *super().get_urls(),
        ]


def say_who_agrees(request, service):
    """Tell a keeper who saved a working copy what comes next, and where."""
    if not service.emergency:
        words = "Saved. Readers keep what they have until two people agree. {}"
        link = '<a href="{}">Ask for the change of {}</a>'
        address = reverse("admin:signposting_service_ask", args=[service.pk])
        messages.info(request, format_html(words, format_html(link, address, service)))
