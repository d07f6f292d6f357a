"""Start next year's campaign from this one."""

import re

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import slugify

from signposting.opening_hours.typed_moments import DateField

from .. import editing
from ..desk import home_campaign
from ..models import Kind, Page

YEAR = re.compile(r"\b(20\d\d)\b")


class NextForm(forms.Form):
    title = forms.CharField(max_length=90, widget=forms.TextInput({"size": 60}))
    first_day = DateField(help_text="Such as 19 April 2027.")
    last_day = DateField(help_text="Such as 23 April 2027.")

    def head(self, page):
        """Return what is the new page's own: its words, its days, and an address from its title."""
        found = self.cleaned_data
        return {**found, "slug": address(found["title"], page), "theme": ""}


def next_title(page, today):
    """Return a title with the year in which the campaign's first day comes round next."""
    passed = (page.first_day.month, page.first_day.day) <= (today.month, today.day)
    year = max(today.year + passed, page.first_day.year + 1)
    return YEAR.sub(str(year), page.title)


def address(title, page):
    """Return the address for a title: in the manner of the page before, where that is a year."""
    year = YEAR.search(title)
    if year and YEAR.fullmatch(page.slug):
        return year[1]
    return slugify(title)[:60].strip("-")


def urls(model_admin):
    def screen(request, pk):
        return start(model_admin, request, pk)

    view = model_admin.admin_site.admin_view(screen)
    return [path("<int:pk>/next/", view, name="awareness_page_next")]


def start(model_admin, request, pk):
    if not (model_admin.has_add_permission(request) and model_admin.has_change_permission(request)):
        raise PermissionDenied
    page = get_object_or_404(Page, pk=pk, kind=Kind.CAMPAIGN)
    form = NextForm(request.POST or None, initial={"title": next_title(page, timezone.localdate())})
    if request.method == "POST" and form.is_valid():
        try:
            again = editing.copy(page, **form.head(page))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            model_admin.log_addition(request, again, f"Started from {page}.")
            said = (
                f"{again} is started from {page}: its address will be {again.get_absolute_url()}."
            )
            messages.success(request, said)
            messages.info(request, home_campaign.in_words(again, timezone.now(), is_public=False))
            return HttpResponseRedirect(reverse("admin:awareness_page_change", args=[again.pk]))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": f"Start next year’s from {page}",
        "original": page,
        "form": form,
    }
    return TemplateResponse(request, "awareness/admin/next.html", context)
