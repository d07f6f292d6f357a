"""What two keepers agreed of the areas and the groups of the help page, all of it in one row."""

from datetime import UTC

from django.db import models

from safety.identity.two_people import AgreedChange


class HeadingsRelease(AgreedChange):
    """All areas and groups as readers have them.

    What a group is called, what stands first and whom an area takes decide which number a reader
    tries.
    """

    content = models.JSONField(editable=False)

    class Meta(AgreedChange.Meta):
        verbose_name = "change of areas and groups"
        verbose_name_plural = "changes of areas and groups"

    @property
    def words(self):
        """What the digest is made of."""
        return words(self)


def words(release):
    """Return what the digest of a release is made of."""
    return {
        "release": "headings",
        "content": release.content,
        "reason": release.reason,
        "asked by": release.asked_by_id,
        "agreed by": release.agreed_by_id,
        "agreed": release.agreed_at and release.agreed_at.astimezone(UTC).isoformat(),
    }
