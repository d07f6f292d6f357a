"""What somebody typed and did not save, on the first page of the newsroom."""

from django.utils import timezone
from django.utils.formats import date_format

from publishing.desk import DeskSource, Row, Urgency, register

from .models import Draft


def waiting(request, now):
    for draft in Draft.objects.fresh().filter(user=request.user):
        at = timezone.localtime(draft.kept_at)
        when = f"{date_format(at, 'g:iA').lower()} on {date_format(at, 'l j F')}"
        words = f"You typed here at {when}. It is kept for you, and not saved."
        yield Row(Urgency.DRAFT, "Draft", str(draft), draft.address, words)


register(DeskSource("drafts", waiting=waiting))
