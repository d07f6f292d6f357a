"""What somebody has typed into the form of a page and not saved, as the release it would be."""

from dataclasses import dataclass, field

from django import forms
from django.urls import Resolver404, resolve

from safety.drafts.models import Draft

from ..models import HEAD, Kind, Page, Release

NEEDED = ("kind", "slug")
BEGINS = "The preview begins when the page has a kind and an address."
CAMPAIGN_BEGINS = "The preview begins when the campaign has a first and a last day."


@dataclass
class Unsaved:
    """What stands in a form: `blocks` in their order, each with its place in the form.

    `left_out` is (place, name, why) of what could not be saved as it is, "" the page itself.
    `needs` says what the page needs before it can be shown at all, "" for nothing.
    """

    page: Page | None
    head: Page
    needs: str
    blocks: list = field(default_factory=list)
    left_out: list = field(default_factory=list)

    @property
    def release(self):
        """The release that it would be, which is not saved."""
        return Release(
            **({"page": self.page} if self.page else {}),
            **{name: getattr(self.head, name) for name in HEAD},
            blocks=[block.to_json() for _, block in self.blocks],
        )

    def sentences(self):
        for place, name, why in self.left_out:
            yield f"Left out, {name}: {why}" if place else f"{name}: {why}"


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
    found = of_form(model_admin, request, page, draft.data)
    if found.needs:
        return None, [found.needs, *found.sentences()]
    return found.release, list(found.sentences())


def of_form(model_admin, request, page, data):
    """Return the Unsaved of what was sent of the form of a page, None for a new one."""
    # What a colleague saved meanwhile is asked for at a save, which waits for them.
    looked_at = {"clean": forms.ModelForm.clean}
    kind = type("Looked", (model_admin.get_form(request, page, change=bool(page)),), looked_at)
    form = kind(data, instance=page)
    form.is_valid()
    head = form.instance
    found = Unsaved(page, head, needs(form))
    found.left_out = [
        ("", form[name].label, " ".join(form.errors[name]))
        for name in form.errors
        if name in form.fields
    ]
    for inline in model_admin.get_inline_instances(request, page):
        formset = inline.get_formset(request, page)
        sent = formset(data, instance=head, prefix=formset.get_default_prefix())
        if not sent.is_bound or not sent.management_form.is_valid():
            continue
        sent.is_valid()
        for each in sent.forms:
            if sent._should_delete_form(each) or not (each.instance.pk or each.has_changed()):
                continue
            if each.is_valid():
                found.blocks.append((each.prefix, each.instance))
            else:
                name = each.instance._meta.verbose_name
                why = " ".join(said for all_of in each.errors.values() for said in all_of)
                found.left_out.append((each.prefix, name, why))
    found.blocks.sort(key=lambda placed: (placed[1].ordering, placed[1].pk or 0))
    return found


def needs(form):
    """Return what a page needs before it has an address and can be shown, "" for nothing."""
    head = form.instance
    if any(name in form.errors or not getattr(head, name) for name in NEEDED):
        return BEGINS
    if head.kind == Kind.CAMPAIGN and not (head.first_day and head.last_day):
        return CAMPAIGN_BEGINS
    return ""
