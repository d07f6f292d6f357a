"""The publishing screen of a page in the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from publishing.admin_messages import say_printed
from publishing.printing.dry_run import try_page
from signposting.opening_hours import uk_time

from .. import editing
from ..models import NotAllowedError, Page
from . import edit_conflicts, status
from .forms import DiscardForm, NoteForm, ScheduleForm

FORMS = {
    "publish": NoteForm,
    "schedule": ScheduleForm,
    "withdraw": NoteForm,
    "discard": DiscardForm,
    "cancel": NoteForm,
    "revert": NoteForm,
}

# These do something with the working copy, so it must be the one that was on the screen.
OF_WORKING_COPY = ("publish", "schedule", "discard")

LOOK_FIRST = "Nothing was done. Look at the preview of what is saved now, then choose again."

NOT_PUBLISHED = "Not published: readers keep what they had. Mend this, then publish again:"


def publishing_screen(model_admin, request, pk):
    """What the public sees of a page, and every button that changes it."""
    page = get_object_or_404(Page, pk=pk)
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    forms = {name: form(prefix=name) for name, form in FORMS.items()}
    action = request.POST.get("action")
    if request.method == "POST" and action in FORMS:
        form = forms[action] = FORMS[action](request.POST, prefix=action)
        if form.is_valid():
            seen = request.POST.get("seen", "") if action in OF_WORKING_COPY else None
            done = act(model_admin, request, page, action, form.cleaned_data, seen)
            if done and action != "discard":
                say_printed(request, now=action not in ("schedule", "cancel"))
            # Not done, not forgotten: what was typed is in the form again.
            request.keeps_draft = not done
            # Not to the form that was sent: what became of it stands at the top.
            return HttpResponseRedirect(f"{request.path}#top")
    now = timezone.now()
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": page,
        "title": f"Publishing: {page}",
        "sentences": status.sentences(page, now),
        "has_changes": editing.has_changes(page),
        "public": page.releases.public(now).first(),
        "last_words": editing.last_words(page),
        "waiting": page.releases.waiting(now),
        "releases": page.releases.defer("blocks"),
        "now": now,
        "seen": edit_conflicts.state(page),
        "forms": forms,
        "failed": forms.get(action) if request.method == "POST" else None,
    }
    return TemplateResponse(request, "awareness/admin/publishing.html", context)


def act(model_admin, request, page, action, words, seen=None):
    """Do what a button says and tell the editor what came of it. Return whether it was done.

    `seen` is the state of the working copy that the editor had on the screen, where it matters.
    """
    try:
        with transaction.atomic():
            if seen is not None:
                edit_conflicts.check(page, seen, LOOK_FIRST)
            said = ACTIONS[action](page, request, words)
    except HeldUpError as error:
        messages.error(request, NOT_PUBLISHED)
        for problem in error.problems:
            messages.error(request, str(problem))
        return False
    except (NotAllowedError, ValidationError) as error:
        for sentence in getattr(error, "messages", [str(error)]):
            messages.error(request, sentence)
        return False
    model_admin.log_change(request, page, said)
    messages.success(request, said)
    return True


class HeldUpError(Exception):
    """The gate would refuse the page. `problems` says why."""

    def __init__(self, problems):
        super().__init__("The gate would refuse this page.")
        self.problems = problems


def tried(release):
    """Return a release just made, if the gate lets its page through. Raises HeldUpError.

    Its page is made by the reader's own view as it will be when the release begins.
    """
    problems = try_page(release.get_absolute_url(), release.live_from)
    if problems:
        raise HeldUpError(problems)
    return release


def do_publish(page, request, words):
    release = tried(editing.publish(page, request.user.get_username(), words.get("note", "")))
    return f"Published release {release.number}."


def do_schedule(page, request, words):
    release = tried(editing.publish(page, request.user.get_username(), **words))
    until = f", until {uk_time.words(release.live_until)}" if release.live_until else ""
    return f"Release {release.number} shows from {uk_time.words(release.live_from)}{until}."


def do_withdraw(page, request, words):
    editing.withdraw(page, request.user.get_username(), words["note"])
    return "Withdrawn. The address of the page still tells readers how to get help."


def do_cancel(page, request, words):
    release = chosen(page, request)
    release.cancel()
    return f"Cancelled release {release.number}. It will not be shown."


def do_revert(page, request, words):
    release = chosen(page, request)
    again = tried(editing.revert(release, request.user.get_username(), words["note"]))
    return f"Release {release.number} is back, as release {again.number}."


def do_discard(page, request, words):
    release = editing.discard_changes(page)
    return f"The working copy is release {release.number} again."


def chosen(page, request):
    number = request.POST.get("number", "")
    if not number.isascii() or not number.isdecimal():
        raise NotAllowedError("Choose a release from the list.")
    release = page.releases.filter(number=number).first()
    if release is None:
        raise NotAllowedError("There is no such release. Choose one from the list.")
    return release


ACTIONS = {
    "publish": do_publish,
    "schedule": do_schedule,
    "withdraw": do_withdraw,
    "cancel": do_cancel,
    "revert": do_revert,
    "discard": do_discard,
}
