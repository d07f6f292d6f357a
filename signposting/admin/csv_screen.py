"""The screen on which a spreadsheet of the register is taken in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from safety.accounts.waiting import why_not_ask

from .. import releases
from . import csv_import


def take_in(admin, request):
    """First the differences; then, of exactly these, the words and the requests."""
    if not request.user.has_perms(["signposting.change_service", "signposting.add_releaserequest"]):
        raise PermissionDenied
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": "Take in a spreadsheet",
        "refused": why_not_ask(request.user),
    }
    is_confirmed = "text" in request.POST
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = (csv_import.ConfirmForm if is_confirmed else csv_import.FileForm)(*sent)
    if request.method == "POST" and not context["refused"]:
        answer = look(admin, request, form, is_confirmed, context)
        if answer:
            return answer
    context.setdefault("form", form)
    return TemplateResponse(request, "signposting/admin/csv.html", context)


def look(admin, request, form, is_confirmed, context):
    """Fill in the context with the differences; return where to go once they are taken in."""
    is_valid = form.is_valid()
    text = form.data.get("text", "") if is_confirmed else form.cleaned_data.get("file")
    if text is None:
        return None
    try:
        differences, left = csv_import.compare(csv_import.read(text))
    except ValidationError as error:
        form.add_error(None, error)
        return None
    before = csv_import.saved_before(differences)
    now = releases.seen([*differences, *before])
    if is_confirmed and is_valid and form.cleaned_data["shown"] == now:
        asked, refused = csv_import.take_in(differences, form.cleaned_data["reason"], request.user)
        for service in asked:
            admin.log_change(request, service, f"Asked, from a file: {form.cleaned_data['reason']}")
        for sentence in refused:
            messages.error(request, sentence)
        if asked:
            names = ", ".join(map(str, asked))
            messages.success(
                request, f"Asked for a change of {names}. A second person types each new number."
            )
        return HttpResponseRedirect(reverse("admin:signposting_service_changelist"))
    confirm = csv_import.ConfirmForm(initial={"text": text, "shown": now})
    if is_confirmed and not is_valid:
        confirm = form
    elif is_confirmed:
        messages.warning(
            request, "The register was changed meanwhile. Look at the differences again."
        )
    context |= {
        "form": confirm,
        "difference": [tuple(each) for each in differences],
        "left": left,
        "before": before,
        "is_read": True,
    }
    return None
