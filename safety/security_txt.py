"""The file that says whom to tell about a weakness of this site: RFC 9116."""

from datetime import UTC, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

LASTS = timedelta(days=364)


def contact_line():
    """Return the Contact line, or a comment: an invented contact would be worse than none."""
    contact = settings.SITE_CONTACT
    if not contact:
        return "# Contact: to be confirmed by whoever runs this site"
    if "://" in contact or contact.startswith(("mailto:", "tel:")):
        return f"Contact: {contact}"
    return f"Contact: mailto:{contact}"


def text(moment):
    """Return security.txt as printed at an aware moment. It expires 364 days after that day."""
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return "\n".join(
        [
            contact_line(),
            f"Expires: {day + LASTS:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: en",
            f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
            f"Policy: {settings.SITE_URL}/security/",
            "",
        ]
    )


@require_safe
def security_txt(request):
    return HttpResponse(text(request.moment), content_type="text/plain; charset=utf-8")
