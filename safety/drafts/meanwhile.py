"""Two people at one form: nobody saves over what a colleague saved meanwhile."""

import json
from hashlib import sha256

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from . import admin as drafts
from .whole import Whole


class SeenAdmin:
    """Mix into a ModelAdmin, before it: its form carries what was saved when it was opened.

    A form that was opened before a colleague saved is refused with what was typed still in it.
    """

    change_form_template = "admin/seen_form.html"

    def state(self, request, obj):
        """Return what tells the saved fields of an object's form from any others."""
        rows = fields(type(obj), super().get_form(request, obj)).filter(pk=obj.pk)
        found = [list(rows)]
        for inline in self.get_inline_instances(request, obj):
            formset = inline.get_formset(request, obj)
            parent = formset.fk.name if hasattr(formset, "fk") else formset.parent
            found.append(list(fields(inline.model, formset.form).filter(**{parent: obj})))
        return sha256(json.dumps(found, cls=DjangoJSONEncoder).encode()).hexdigest()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        model_admin = self

        class Seen(Whole, form):
            def clean(self):
                cleaned = super().clean()
                seen = self.data.get("seen")
                if obj and seen:
                    # Whoever comes second waits here, and then sees what the first has saved.
                    type(obj)._base_manager.select_for_update().filter(pk=obj.pk).first()
                    if seen != model_admin.state(request, obj):
                        raise ValidationError(changed(request, obj))
                    # What the form does not show is saved with it, as it is by now.
                    saved = {field.name for field in obj._meta.concrete_fields}
                    self.instance.refresh_from_db(fields=saved - set(self.fields))
                return cleaned

        return Seen

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context["seen"] = drafts.sent(request).get("seen") or self.state(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def fields(model, form):
    """Return the rows of a model as tuples of the fields that a form shows, by their keys."""
    saved = {field.name for field in model._meta.concrete_fields}
    names = sorted(saved & set(form.base_fields) - {"id"})
    return model._base_manager.order_by("pk").values_list("pk", *names)


def changed(request, obj):
    """Return what somebody is told whose form is older than what a colleague saved."""
    kind = ContentType.objects.get_for_model(obj)
    entry = LogEntry.objects.filter(content_type=kind, object_id=obj.pk).first()
    who = ""
    if entry:
        at = timezone.localtime(entry.action_time)
        when = f"{date_format(at, 'g:iA').lower()} on {date_format(at, 'l j F Y')}"
        who = f" The last to work on it was {entry.user.get_username()}, at {when}."
    return format_html(
        "This was changed after you opened it.{} So that nothing of theirs is lost, what you typed "
        'is not saved. It is still here, below. <a href="{}?{}" target="_blank">Open it as it is '
        "now</a>, put your changes in there, and save that.",
        who,
        request.path,
        drafts.AS_SAVED,
    )
