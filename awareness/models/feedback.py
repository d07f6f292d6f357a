from django.db import models
from django.db.models import Q


class Found(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class Feedback(models.Model):
    """One reader's answer and its day: nothing else is kept."""

    COMMENT_LENGTH = 500

    found = models.CharField("found what they needed", max_length=6, choices=Found)
    comment = models.TextField(blank=True, max_length=COMMENT_LENGTH)
    day = models.DateField(db_index=True)

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(
                name="awareness_feedback_found", condition=Q(found__in=Found.values)
            )
        ]

    def __str__(self):
        return f"{self.get_found_display()}, {self.day}"
