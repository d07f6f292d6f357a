from django.core.management.base import BaseCommand

from awareness.feedback import KEPT_DAYS, delete_old
from awareness.models import Feedback


class Command(BaseCommand):
    help = f"Deletes feedback that is older than {KEPT_DAYS} days. The site does it once a day."

    def handle(self, **options):
        self.stdout.write(f"Deleted {delete_old()}, kept {Feedback.objects.count()}.")
