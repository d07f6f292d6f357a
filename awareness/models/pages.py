from content_editor.models import Region
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from .blocks import Block
from .head import HEAD, Head
from .kinds import Kind
from .releases import Release


class Page(Head):
    """The working copy of a page. Readers see its releases, never this."""

    regions = [Region(key="main", title="Blocks")]

    class Meta(Head.Meta):
        ordering = ["kind", "position", "title"]
        constraints = [
            *Head.Meta.constraints,
            models.UniqueConstraint(
                name="awareness_page_address",
                fields=["kind", "slug"],
                violation_error_message="Another page has this address already.",
            ),
            models.CheckConstraint(
                name="awareness_page_small_letters",
                condition=Q(slug=Lower("slug")),
                violation_error_message="Write the address in small letters.",
            ),
        ]
        permissions = [("publish_page", "Can publish, schedule and withdraw pages")]

    def clean(self):
        super().clean()
        settled = self.kind in Kind and Kind(self.kind).place.slugs
        if settled and self.slug not in settled:
            raise ValidationError(
                {"slug": f"A page of this kind has one of these addresses: {', '.join(settled)}."}
            )
        released = self.pk and self.releases.first()
        if released and released.kind != self.kind:
            raise ValidationError({"kind": "This page has been published, so its kind stays."})
        had = Release.objects.standing().exclude(page=self.pk)
        if had.filter(kind=self.kind, slug=self.slug).exists():
            # Two pages at one address: an old link would lead to the wrong one, or in a circle.
            raise ValidationError(
                {
                    "slug": "Another page has this address, or had it: links lead there. Choose another."
                }
            )

    def blocks(self):
        """Return the page's blocks in their order."""
        kinds = Block.kinds.values()
        found = [block for kind in kinds for block in kind.objects.filter(parent=self)]
        return sorted(found, key=lambda block: (block.ordering, block.pk))

    def freeze(self):
        """Return the working copy as an unsaved release: what readers would see."""
        return Release(
            page=self,
            **{name: getattr(self, name) for name in HEAD},
            blocks=[block.to_json() for block in self.blocks()],
        )
