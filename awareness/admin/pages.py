from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone

from publishing.admin_messages import say_printed
from safety.accounts.deeds import Deed
from safety.accounts.roles import EDITORS, WRITERS
from safety.drafts import admin as drafts

from ..models import Block, Kind, Page
from . import (
    compare,
    edit_conflicts,
    look,
    next_year,
    pictures,
    planned,
    preview_links,
    previews,
    publish_views,
    status,
    went_public,
)
from .forms import BlockFormSet, PageForm, PictureForm
from .page_list import PageList

CAMPAIGNS = "Campaigns only"


def inline(kind):
    """Return the inline of a kind of block; its button shows its icon beside its name."""
    own = {"form": kind.form} if kind.form else {}
    return ContentEditorInline.create(kind, icon=kind.icon, formset=BlockFormSet, **own)


@admin.register(Page)
class PageAdmin(PageList, ContentEditor):
    deeds = (
        Deed("write and change pages", "awareness.change_page", (WRITERS, EDITORS)),
        Deed("publish, schedule or withdraw them", "awareness.publish_page", (EDITORS,)),
        Deed("delete one that was never published", "awareness.delete_page", (EDITORS,)),
    )
    list_display = ["title", "kind", "address", "state"]
    list_filter = ["kind"]
    search_fields = ["title", "summary"]
    # Pages that were published stay; the others are deleted one by one.
    actions = None
    form = PageForm
    change_form_template = "awareness/admin/change_form.html"
    fieldsets = [
        (None, {"fields": ["kind", "title", "slug", "summary"]}),
        (CAMPAIGNS, {"fields": ["first_day", "last_day", "theme"]}),
        ("In lists", {"fields": ["menu", "position"]}),
    ]
    inlines = [inline(kind) for kind in Block.kinds.values()]

    @admin.display(description="address")
    def address(self, page):
        return page.get_absolute_url()

    def view_on_site(self, page):
        """Return where readers see a page, or None where they do not."""
        public = page.releases.public(timezone.now()).first()
        return public.get_absolute_url() if public else None

    def get_fieldsets(self, request, page=None):
        fieldsets = super().get_fieldsets(request, page)
        # What a page is stays so once it was published.
        settled = page and page.kind != Kind.CAMPAIGN and page.releases.exists()
        return [part for part in fieldsets if not (settled and part[0] == CAMPAIGNS)]

    def get_readonly_fields(self, request, page=None):
        if not (page and page.releases.exists()):
            return []
        return ["kind", "slug"] if Kind(page.kind).place.slugs else ["kind"]

    def has_delete_permission(self, request, page=None):
        allowed = super().has_delete_permission(request, page)
        return allowed and not (page and page.releases.exists())

    def has_publish_permission(self, request):
        return request.user.has_perm("awareness.publish_page")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/publishing/", view(self.publishing_view), name="awareness_page_publishing"
            ),
            path("frame/", view(self.frame_view), name="awareness_page_frame"),
            path("<int:pk>/preview/", view(self.preview_view), name="awareness_page_preview"),
            path(
                "<int:pk>/releases/<int:number>/",
                view(self.release_view),
                name="awareness_page_release",
            ),
            path("<int:pk>/links/", view(self.links_view), name="awareness_page_links"),
            path("<int:pk>/compare/", view(self.compare_view), name="awareness_page_compare"),
            path("picture/", view(self.picture_view), name="awareness_page_picture"),
            path("day/", view(self.day_view), name="awareness_page_day"),
            *planned.urls(self),
            *next_year.urls(self),
            *look.urls(self),
            *pictures.urls(self),
            *super().get_urls(),
        ]

    def publishing_view(self, request, pk):
        return publish_views.publishing_screen(self, request, pk)

    def preview_view(self, request, pk):
        return previews.screen(self, request, pk)

    def release_view(self, request, pk, number):
        return previews.screen(self, request, pk, number)

    def links_view(self, request, pk):
        return preview_links.screen(self, request, pk)

    def compare_view(self, request, pk):
        return compare.screen(self, request, pk)

    def frame_view(self, request):
        return previews.frame(self, request)

    def day_view(self, request):
        return went_public.day_screen(self, request)

    def picture_view(self, request):
        """Look at a picture when it is chosen, and keep it: its word goes into the form."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = PictureForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"error": " ".join(form.errors["picture"])}, status=422)
        return JsonResponse(form.kept())

    def render_change_form(self, request, context, obj=None, **kwargs):
        # As it is saved: a form that was refused has put its own words into `obj`.
        saved = self.model.objects.get(pk=obj.pk) if obj else Page()
        context |= {
            "sentences": status.sentences(saved, timezone.now()),
            "seen": drafts.sent(request).get("seen") or edit_conflicts.state(saved),
            "may_publish": self.has_publish_permission(request),
            "preview": previews.form_for(saved),
            "widths": previews.WIDTHS,
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def response_add(self, request, obj, *args, **kwargs):
        return self.publish_after_save(request, obj) or super().response_add(
            request, obj, *args, **kwargs
        )

    def response_change(self, request, obj):
        return self.publish_after_save(request, obj) or super().response_change(request, obj)

    def publish_after_save(self, request, page):
        """Publish if that is the button that was pressed. Return where to go next, or None."""
        if not self.has_publish_permission(request):
            return None
        if "_schedule" in request.POST:
            screen = reverse("admin:awareness_page_publishing", args=[page.pk])
            return HttpResponseRedirect(f"{screen}#schedule")
        if "_publish" not in request.POST:
            return None
        request.published = publish_views.act(self, request, page, "publish", {})
        return HttpResponseRedirect(reverse("admin:awareness_page_change", args=[page.pk]))

    def changeform_view(self, request, *args, **kwargs):
        response = super().changeform_view(request, *args, **kwargs)
        # Only now is the release committed, so that a print can see it.
        if getattr(request, "published", False):
            say_printed(request)
        return response
