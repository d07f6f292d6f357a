"""Two releases of a page, or its working copy and the public page, compared."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from publishing.problems import CannotPrint
from signposting.opening_hours import uk_time

from .. import editing
from ..models import Page
from . import comparing

WORKING_COPY = "working copy"


class CompareForm(forms.Form):
    before = forms.ChoiceField(label="Before")
    after = forms.ChoiceField(label="After")

    def __init__(self, choices, *args, **kwargs):
        super().__init__(*args, **kwargs, auto_id="compare-%s")
        for field in self.fields.values():
            field.choices = choices


def screen(model_admin, request, pk):
    page = get_object_or_404(Page, pk=pk)
    if not model_admin.has_view_permission(request, page):
        raise PermissionDenied
    now = timezone.now()
    releases = page.releases.filter(withdraws=False)
    names = [(WORKING_COPY, "the working copy"), *((str(r.number), named(r)) for r in releases)]
    begins = first_choice(page, list(releases))
    form = CompareForm(names, {**begins, **request.GET.dict()})
    rows, refused = [], ""
    if form.is_valid():
        try:
            rows = comparing.compare(
                *(comparing.shown(found(page, form.cleaned_data[name]), now) for name in begins)
            )
        except CannotPrint as error:
            refused = f"{error.words} {error.mend}"
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": page,
        "title": "Compare",
        "subtitle": str(page),
        "form": form,
        "rows": rows,
        "refused": refused,
        "differs": any(row.kind != comparing.SAME for row in rows),
    }
    return TemplateResponse(request, "awareness/admin/compare.html", context)


def first_choice(page, releases):
    """Return what is compared at first: what is not published, or else what was published last."""
    last = editing.last_words(page)
    if last and not editing.has_changes(page):
        earlier = [each for each in releases if each.number < last.number and not each.cancelled_at]
        before = earlier[0] if earlier else last
        return {"before": str(before.number), "after": str(last.number)}
    return {"before": str(last.number) if last else WORKING_COPY, "after": WORKING_COPY}


def named(release):
    return f"release {release.number}, from {uk_time.words(release.live_from)}"


def found(page, name):
    return page.freeze() if name == WORKING_COPY else page.releases.get(number=name)
