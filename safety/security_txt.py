"""The file that says whom to tell about a weakness of this site: RFC 9116."""

import re
from contextlib import suppress
from datetime import UTC, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from .identity import in_force

LASTS = timedelta(days=364)


def contact():
    """Return the contact of who runs the site as an address to write to, or "" if it is none.

    RFC 9116 asks for a URI; without one there is no file. An invented contact, or words such
    as "Our team", would be worse.
    """
    said = in_force.owner().contact
    with suppress(ValidationError):
        validate_email(said.removeprefix("mailto:"))
        return f"mailto:{said.removeprefix('mailto:')}"
    with suppress(ValidationError):
        URLValidator(schemes=["https"])(said)
        return said
    return said if re.fullmatch(r"tel:\+[0-9]{7,15}", said) else ""


def text(moment):
    """Return security.txt as printed at an aware moment. It expires 364 days after that day."""
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return "\n".join(
        [
            f"Contact: {contact()}",
            f"Expires: {day + LASTS:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: en",
            f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
            f"Policy: {settings.SITE_URL}/security/",
            "",
        ]
    )


@require_safe
def security_txt(request):
    if not contact():
        raise Http404
    return HttpResponse(text(request.moment), content_type="text/plain; charset=utf-8")
