"""What readers think of the site: an answer, a comment if they like, and the day."""

import re
import secrets
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from .models import Feedback
from .models.feedback import Found

# No captcha, no cookie, nothing kept of who asks: so the form is never closed, or one machine
# could close it to everybody. So many answers of a day are kept; the first of them stay, and
# past that number a new one takes the place of a later one (make_room).
A_DAY = 300
FIRST = 200
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
        said = {name: self.cleaned_data[name] for name in ("found", "comment")}
        of_the_day = Feedback.objects.filter(day=timezone.localdate(moment))
        with transaction.atomic():
            if of_the_day.count() >= A_DAY:
                if of_the_day.filter(**said).exists():
                    # What was said already needs no other's place.
                    return
                make_room(of_the_day)
            Feedback.objects.create(**said, day=timezone.localdate(moment))


def delete_old():
    """Delete what is older than KEPT_DAYS, and return how many answers that were."""
    first_kept = timezone.localdate() - timedelta(days=KEPT_DAYS)
    _, deleted = Feedback.objects.filter(day__lt=first_kept).delete()
    return deleted.get("awareness.Feedback", 0)


def make_room(of_the_day):
    """Delete one answer of a day that is full: one that was given twice, else one by lot.

    A machine that repeats itself takes no place from people; one that does not has the same
    chance as they have. `of_the_day` are all the answers of that day.
    """
    later = of_the_day.order_by("pk").values_list("pk", flat=True)[FIRST:]
    twice = (
        of_the_day.order_by()
        .values("found", "comment")
        .annotate(times=Count("pk"), last=Max("pk"))
        .filter(times__gt=1)
        .order_by("-times")
        .first()
    )
    gone = twice["last"] if twice else secrets.choice(list(later))
    Feedback.objects.filter(pk=gone).delete()
