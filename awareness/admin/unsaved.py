"""What somebody has typed into the form of a page and not saved, as the release it would be."""

from django import forms
from django.urls import Resolver404, resolve

from safety.drafts.models import Draft

from ..models import HEAD, Kind, Page, Release

NEEDED = ("kind", "slug")
BEGINS = "The preview begins when the page has a kind and an address."
CAMPAIGN_BEGINS = "The preview begins when the campaign has a first and a last day."


def of_draft(model_admin, request, key):
    """Return (release, sentences) of a draft of this person's, or None if it is none of a page.

    The release is not saved; it is None until a page has what its address is made of. The
    sentences say what is not shown yet, because it could not be saved as it is.
    """
    draft = Draft.objects.fresh().filter(user=request.user, key=key).first()
    if not draft:
        return None
    try:
        match = resolve(draft.address)
    except Resolver404:
        return None
    if match.url_name not in ("awareness_page_add", "awareness_page_change"):
        return None
    number = match.kwargs.get("object_id", "")
    page = Page.objects.filter(pk=number).first() if number.isdecimal() else None
    return of_form(model_admin, request, page, draft.data)


def of_form(model_admin, request, page, data):
    # What a colleague saved meanwhile is asked for at a save, which waits for them.
    looked_at = {"clean": forms.ModelForm.clean}
    kind = type("Looked", (model_admin.get_form(request, page, change=bool(page)),), looked_at)
    form = kind(data, instance=page)
    form.is_valid()
    head = form.instance
    left_out = [
        f"{form[name].label}: {' '.join(form.errors[name])}"
        for name in form.errors
        if name in form.fields
    ]
    if any(name in form.errors or not getattr(head, name) for name in NEEDED):
        return None, [BEGINS, *left_out]
    if head.kind == Kind.CAMPAIGN and not (head.first_day and head.last_day):
        return None, [CAMPAIGN_BEGINS, *left_out]
    blocks = []
    for inline in model_admin.get_inline_instances(request, page):
        formset = inline.get_formset(request, page)
        found = formset(data, instance=head, prefix=formset.get_default_prefix())
        if not found.is_bound or not found.management_form.is_valid():
            continue
        found.is_valid()
        for each in found.forms:
            if found._should_delete_form(each) or not (each.instance.pk or each.has_changed()):
                continue
            if each.is_valid():
                blocks.append(each.instance)
            else:
                name = each.instance._meta.verbose_name
                why = " ".join(said for all_of in each.errors.values() for said in all_of)
                left_out.append(f"Left out, {name}: {why}")
    blocks.sort(key=lambda block: (block.ordering, block.pk or 0))
    release = Release(
        **({"page": page} if page else {}),
        **{name: getattr(head, name) for name in HEAD},
        blocks=[block.to_json() for block in blocks],
    )
    return release, left_out
