"""Two editors at one page: nobody saves or publishes over words they have not seen."""

import json
from hashlib import sha256

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder

from signposting.opening_hours import uk_time

from ..models import HEAD, NotAllowedError, Page


def state(page):
    """Return what tells the working copy from any other, as it is saved; "" for a new page.

    The screens of the newsroom carry it, so that they can tell what an editor had seen.
    """
    if page.pk is None:
        return ""
    head = [getattr(page, name) for name in HEAD]
    blocks = [(block.pk, block.to_json()) for block in page.blocks()]
    return sha256(json.dumps([head, blocks], cls=DjangoJSONEncoder).encode()).hexdigest()


def check(page, seen, then=""):
    """Raise NotAllowedError if the working copy is not in the state that was seen.

    It says so, who was last, and `then`: what to do. Ask inside a transaction: until its end
    nobody else changes the page.
    """
    saved = Page.objects.select_for_update().get(pk=page.pk)
    if state(saved) != seen:
        said = ["This page was changed after you opened it.", *last(saved), then]
        raise NotAllowedError(" ".join(filter(None, said)))


def last(page):
    """Yield a sentence on who worked on a page last, if that is known."""
    kind = ContentType.objects.get_for_model(Page)
    entry = LogEntry.objects.filter(content_type=kind, object_id=page.pk).first()
    if entry:
        who, when = entry.user.get_username(), uk_time.words(entry.action_time)
        yield f"The last to work on it was {who}, at {when}."
