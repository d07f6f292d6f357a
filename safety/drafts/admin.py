"""Drafts in the admin: a site whose forms all take up what their author left in them."""

from django.contrib.admin import ModelAdmin
from django.forms.utils import ErrorDict, ErrorList
from django.urls import path
from django.utils.functional import SimpleLazyObject

from . import views
from .models import Draft, key_of
from .whole import WholeAdmin

# In the query of a form's address: show it as it is saved, whatever was typed before.
AS_SAVED = "as-saved"


class DraftsSite:
    """Mix into an AdminSite: every form of it keeps drafts."""

    def register(self, model_or_iterable, admin_class=None, **options):
        admin_class = admin_class or ModelAdmin
        with_drafts = type(admin_class.__name__, (DraftAdmin, admin_class), {})
        super().register(model_or_iterable, with_drafts, **options)

    def get_urls(self):
        own = [
            path("drafts/", self.admin_view(views.come_back), name="drafts"),
            path("drafts/keep/", views.keep_for(self), name="drafts_keep"),
            path("drafts/discard/", self.admin_view(views.discard), name="drafts_discard"),
        ]
        return [*own, *super().get_urls()]

    def admin_view(self, view, cacheable=False):
        """Give each view its draft, and forget the draft of what it has taken in."""
        inner = super().admin_view(view, cacheable)

        def with_draft(request, *args, **kwargs):
            request.draft = None
            if request.method == "GET" and request.user.is_authenticated:
                if AS_SAVED not in request.GET:
                    # Asked for only by a page that has a form.
                    request.draft = SimpleLazyObject(
                        lambda: Draft.objects.of(request.user, request.path)
                    )
                return inner(request, *args, **kwargs)
            response = inner(request, *args, **kwargs)
            taken_in = response.status_code == 302 and not getattr(request, "keeps_draft", False)
            if taken_in and request.user.is_authenticated:
                forget(request)
            return response

        with_draft.csrf_exempt = getattr(inner, "csrf_exempt", False)
        return with_draft


def forget(request):
    """Delete the draft that a form which was taken in says it has."""
    key = key_of(request.POST)
    if key:
        views.forget(request, key)


def sent(request):
    """Return what a form is filled in with: what was sent, or its author's draft."""
    draft = getattr(request, "draft", None)
    return draft.data if draft else request.POST


class DraftAdmin(WholeAdmin):
    """Mix into a ModelAdmin, before it: its form comes filled in with its author's draft."""

    def takes_up_draft(self, request, obj):
        if not getattr(request, "draft", None):
            return False
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if not self.takes_up_draft(request, obj):
            return form

        class TakenUp(form):
            def __init__(self, *args, **kwargs):
                kwargs.setdefault("data", request.draft.data)
                super().__init__(*args, **kwargs)

        return TakenUp

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if self.takes_up_draft(request, obj if obj and obj.pk else None):
            data = request.draft.data
            # A draft that is older than the inline knows nothing of it.
            if f"{prefix}-TOTAL_FORMS" in data:
                kwargs["data"] = data
        return kwargs

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if self.takes_up_draft(request, obj):
            # Nobody has asked to save it, so nothing is wrong with it yet.
            without_errors(context)
            context["draft_taken_up"] = True
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def without_errors(context):
    form = context["adminform"].form
    form._errors = ErrorDict()
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    for formset in formsets:
        formset._errors = [{} for _ in formset.forms]
        formset._non_form_errors = formset.error_class()
        for each in formset.forms:
            each._errors = ErrorDict()
    context["errors"] = ErrorList()
