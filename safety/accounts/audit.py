"""Writes the audit trail, and mirrors it to the log without content."""

import json
import logging

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from . import acting
from .models import Entry

log = logging.getLogger(__name__)
SELF = object()
_watched = set()


def write(action, about=None, *, user=SELF, words="", before=None, after=None):
    """Write a line of the audit trail. Return it.

    `about` is the object that something was done to; `user` who did it, by default whoever is
    at work. The log says who did what to which row, never what stands in it.
    """
    entry = Entry.objects.create(
        user=acting.user() if user is SELF else user,
        action=action,
        about=about._meta.label_lower if about else "",
        object_id=str(about.pk) if about else "",
        words=words[:300],
        before=before,
        after=after,
    )
    thing = f" {entry.about} {entry.object_id}" if about else ""
    log.info("Audit: %s %s%s", entry.user or "nobody", entry.action, thing)
    return entry


def difference(before, after):
    """Return what of two dictionaries is not the same in both: its old values, its new ones."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {n: before.get(n) for n in changed}, {n: after[n] for n in changed}


def watch(*models):
    """Write down, before and after, what staff change in these models' rows.

    For an app to call when it is ready. Never for what readers send, nor for what somebody has
    typed and not saved.
    """
    for model in models:
        _watched.add(model._meta.label_lower)
        uid = f"audit.{model._meta.label_lower}"
        pre_save.connect(_remember, sender=model, dispatch_uid=uid)
        post_save.connect(_saved, sender=model, dispatch_uid=uid)
        post_delete.connect(_deleted, sender=model, dispatch_uid=uid)


def values(instance):
    """Return the fields of a row as they can be kept: name to plain value."""
    found = {
        field.attname: field.value_from_object(instance) for field in instance._meta.concrete_fields
    }
    return json.loads(json.dumps(found, cls=DjangoJSONEncoder, default=str))


def _remember(sender, instance, **kwargs):
    if acting.user() and instance.pk:
        was = sender._base_manager.filter(pk=instance.pk).first()
        instance.audit_before = values(was) if was else {}


def _saved(sender, instance, created, **kwargs):
    if not acting.user():
        return
    before, after = difference(getattr(instance, "audit_before", {}), values(instance))
    if created:
        write(Entry.Action.ADDED, instance, words=str(instance), after=after)
    elif after:
        write(Entry.Action.CHANGED, instance, words=str(instance), before=before, after=after)


def _deleted(sender, instance, **kwargs):
    if acting.user():
        write(Entry.Action.DELETED, instance, words=str(instance), before=values(instance))


@receiver(post_save, sender=LogEntry, dispatch_uid="audit.log_entry")
def log_entry(sender, instance, created, **kwargs):
    """Mirror what the admin writes down of itself, with our own sentences.

    What it says of a form's fields is left to `watch`, which knows before and after; of rows
    that are not watched only that they were touched is kept, not what stands in them.
    """
    model = instance.content_type.model_class() if instance.content_type else None
    label = model._meta.label_lower if model else ""
    ours = bool(instance.change_message) and not instance.change_message.startswith("[")
    if label == "auth.user" or (label in _watched and not ours):
        return
    actions = {ADDITION: Entry.Action.ADDED, DELETION: Entry.Action.DELETED}
    entry = Entry.objects.create(
        user_id=instance.user_id,
        action=actions.get(
            instance.action_flag, Entry.Action.DID if ours else Entry.Action.CHANGED
        ),
        about=label,
        object_id=str(instance.object_id or "")[:64],
        words=instance.change_message[:300] if ours else "",
    )
    log.info("Audit: %s %s %s %s", entry.user, entry.action, label, entry.object_id)
