from datetime import timedelta
from secrets import token_urlsafe

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from .head import HEAD, Head
from .releases import Release

LASTS = timedelta(days=7)
# How long an address still says that it has ended, before it is as if it had never been.
REMEMBERED = timedelta(days=30)


class PreviewLinkQuerySet(models.QuerySet):
    def open(self, now):
        """Return the links that show their page at an aware moment."""
        return self.filter(revoked_at=None, ends_at__gt=now)

    def delete_old(self):
        """Delete what ended long ago, and return how many that were."""
        return self.filter(ends_at__lte=timezone.now() - REMEMBERED).delete()[0]


class PreviewLink(Head):
    """A page as it was when somebody made a link to it, for a colleague without an account.

    The link shows what was frozen with it, never what is written later.
    """

    page = models.ForeignKey(
        "awareness.Page", on_delete=models.CASCADE, related_name="preview_links"
    )
    blocks = models.JSONField(default=list)
    token = models.CharField(max_length=43, unique=True, default=token_urlsafe)
    # In words: the login may be gone one day.
    author = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta(Head.Meta):
        ordering = ["-made_at"]
        constraints = [
            *Head.Meta.constraints,
            models.CheckConstraint(
                name="awareness_previewlink_lasts",
                condition=Q(ends_at__gt=F("made_at")),
                violation_error_message="A link must end after it was made.",
            ),
        ]
        default_permissions = []

    @classmethod
    def to(cls, page, author, now):
        """Return an unsaved link to a page's working copy as it is at an aware moment."""
        frozen = page.freeze()
        return cls(
            page=page,
            blocks=frozen.blocks,
            author=author,
            made_at=now,
            ends_at=now + LASTS,
            **{name: getattr(frozen, name) for name in HEAD},
        )

    def release(self):
        """Return what it shows, as a release that is not saved."""
        words = {name: getattr(self, name) for name in HEAD}
        return Release(page=self.page, blocks=self.blocks, **words)

    def is_open(self, now):
        return self.revoked_at is None and now < self.ends_at

    def revoke(self, now):
        """End it for good; one that has ended stays as it is."""
        PreviewLink.objects.open(now).filter(pk=self.pk).update(revoked_at=now)

    def get_absolute_url(self):
        return reverse("awareness:draft", args=[self.token])
