from uuid import uuid4

from django import template

from ..models import key_of

register = template.Library()


@register.inclusion_tag("admin/_draft.html", takes_context=True)
def draft(context):
    """What the script needs to keep this page's forms, and a word on what it was filled with."""
    request = context["request"]
    found = None if "cl" in context else getattr(request, "draft", None)  # a list has no form
    return {
        "request": request,
        "user": request.user,
        "draft": found or None,
        "key": found.key if found else key_of(request.POST) or uuid4(),
        # A form that the server could not fill in is filled in by the script.
        "fields": found.fields if found and not context.get("draft_taken_up") else None,
    }
