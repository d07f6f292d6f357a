import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.core.management.base import BaseCommand
from django.utils import timezone

from publishing import alerts
from safety.accounts import roles

SUBJECT = "Newsroom: what there is to do"


class Command(BaseCommand):
    help = (
        "Says what is wrong or due, for a timer to run each day: checks, numbers that did not work, "
        "what is held up, an old backup, a broken signature. By mail to the managers where EMAIL_URL "
        "is set; else, or where that fails, on standard output with exit status 1."
    )

    def handle(self, **options):
        sentences = alerts.sentences(timezone.now())
        if not sentences:
            self.stdout.write("Nothing to do.")
            return
        text = "\n".join(sentences)
        if self.mail(text):
            return
        self.stdout.write(text)
        sys.exit(1)

    def mail(self, text):
        """Return whether it was mailed to anybody."""
        managers = get_user_model().objects.filter(is_active=True, groups__name=roles.MANAGERS)
        to = list(managers.exclude(email="").values_list("email", flat=True))
        if not (settings.EMAIL_URL and to):
            return False
        body = f"{text}\n\nLook at {settings.SITE_URL}/admin/\n"
        try:
            # Nobody is told the addresses of the others.
            for address in to:
                send_mail(SUBJECT, body, None, [address])
        except OSError as error:
            # smtplib's errors are of this kind; what the server said may quote an address.
            self.stderr.write(f"The mail could not be sent: {type(error).__name__}.")
            return False
        return True
