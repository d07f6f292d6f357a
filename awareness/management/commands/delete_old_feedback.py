from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from awareness.feedback import KEPT_DAYS
from awareness.models import Feedback


class Command(BaseCommand):
    help = f"Deletes feedback that is older than {KEPT_DAYS} days. Run it every day."

    def handle(self, **options):
        first_kept = timezone.localdate() - timedelta(days=KEPT_DAYS)
        _, deleted = Feedback.objects.filter(day__lt=first_kept).delete()
        count = deleted.get("awareness.Feedback", 0)
        self.stdout.write(f"Deleted {count}, kept {Feedback.objects.count()}.")
