"""What readers think of the site: an answer, a comment if they like, and the day."""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from .models import Feedback
from .models.feedback import Found

# Bots are slowed by the database alone: no captcha, no cookie, nothing kept of who asks.
# Past this many answers a day the form says so, until the next day.
A_DAY = 300
# The form promises it; delete_old keeps it, once a day.
KEPT_DAYS = 90
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")


class Comment(forms.CharField):
    """Text that a person typed: a line break counts as one, as it does in the browser."""

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n"))

    def run_validators(self, value):
        if UNREADABLE.search(value):
            raise ValidationError("Some characters could not be read. Type your comment again.")
        if len(value) > Feedback.COMMENT_LENGTH:
            over = len(value) - Feedback.COMMENT_LENGTH
            raise ValidationError(
                f"Your comment must be {Feedback.COMMENT_LENGTH} characters or fewer. "
                f"It is {over} too long."
            )


class FeedbackForm(forms.Form):
    found = forms.ChoiceField(
        label="Did you find what you were looking for?",
        choices=Found,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose yes, partly or no.",
            "invalid_choice": "Choose yes, partly or no.",
        },
    )
    comment = Comment(
        label="How could we make this site better?", required=False, widget=forms.Textarea
    )
    # A person cannot see it. What is filled in here was filled in by a machine.
    website = forms.CharField(label="Leave this empty", required=False)

    @property
    def from_a_machine(self):
        return bool(self.data.get("website"))

    def save(self, moment):
        """Keep the answer and the day of an aware moment in the United Kingdom."""
        return Feedback.objects.create(
            found=self.cleaned_data["found"],
            comment=self.cleaned_data["comment"],
            day=timezone.localdate(moment),
        )


def delete_old():
    """Delete what is older than KEPT_DAYS, and return how many answers that were."""
    first_kept = timezone.localdate() - timedelta(days=KEPT_DAYS)
    _, deleted = Feedback.objects.filter(day__lt=first_kept).delete()
    return deleted.get("awareness.Feedback", 0)


def too_many(moment):
    """Return whether the day of an aware moment has had as many answers as we take."""
    return Feedback.objects.filter(day=timezone.localdate(moment)).count() >= A_DAY
