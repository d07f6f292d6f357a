"""What the newsroom tells somebody who changed what readers see."""

from django.contrib import messages

import publishing

from .printing import reports


def say_printed(request, now=True):
    """Print the edition before answering, and say what the public sees of it.

    `now` is whether the change should show at once, rather than at a time to come.
    """
    result = publishing.print_now()
    if result and result.unpinned:
        messages.warning(
            request,
            f"Edition {result.unpinned} was pinned and held a number or address that was taken off. "
            "Its pin is ended.",
        )
    if result is None:
        messages.info(request, "It is being printed. Readers see it in a moment.")
    elif result.pinned:
        messages.warning(
            request,
            f"Edition {result.pinned} is pinned. Readers keep it until somebody releases the pin.",
        )
    elif result.problems and result.number:
        messages.warning(
            request,
            "Readers see the latest changes, but not all: what is wrong stands at the top.",
        )
    elif result.problems:
        # What is wrong stands at the top of every screen from now on.
        messages.error(request, "Readers keep the last edition until that is mended.")
    elif late := reports.late():
        messages.warning(request, "Not everybody sees this yet. " + " ".join(late))
    elif now:
        messages.success(request, "The public sees this now.")


class SaysPrinted:
    """For a ModelAdmin whose rows readers see as soon as they are saved."""

    def response_add(self, request, obj, post_url_continue=None):
        say_printed(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        say_printed(request)
        return super().response_change(request, obj)
