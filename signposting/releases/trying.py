"""A release is tried against the gate and the data before it exists."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from publishing.printing.dry_run import try_page, undone
from publishing.printing.snapshot import snapshot
from publishing.problems import CannotPrint, Problem

from ..models import HeadingsRelease
from ..open_referral.records import id_of


def tried(make, keep=True):
    """Make a release with `make()` and return it, if all that it shows on can be printed.

    Without `keep` it is tried, and None is returned.

    Raises ValidationError with a sentence for each thing that cannot; then nothing was made.
    """
    if problems := undone(make, problems_of):
        raise ValidationError(sorted({str(problem) for problem in problems}))
    return make() if keep else None


def tried_headings(release):
    """Refuse areas and groups with which pages cannot be printed. Raises ValidationError."""

    def make():
        made = HeadingsRelease(content=release.content, reason="A trial.")
        made.agree()
        return made

    if problems := undone(make, problems_with):
        raise ValidationError(sorted({str(problem) for problem in problems}))


def problems_with(release):
    """Return what would hold up an edition, of areas and groups that were just agreed."""
    names = ("help", "contact", "feed", "api-services", "api-terms")
    pages = [reverse(f"signposting:{name}") for name in names]
    with snapshot():
        return [problem for path in pages for problem in try_page(path, release.agreed_at)]


def problems_of(release):
    """Return what would hold up an edition, of a release that was just made."""
    slug, moment = release.content["service"]["slug"], release.made_at
    pages = [reverse(f"signposting:{name}") for name in ("help", "contact", "sheet")]
    own = reverse("signposting:service", args=[slug])
    pages.append(own)
    data = [reverse(f"signposting:{name}") for name in ("feed", "api-services", "api-locations")]
    for name, kind in (("api-service", "service"), ("api-location", "service_at_location")):
        data.append(reverse(f"signposting:{name}", args=[id_of(kind, slug)]))
    with snapshot():
        try:
            return [
                problem for path in [*pages, *data] for problem in try_page(path, moment, but=own)
            ]
        except CannotPrint as error:
            return [Problem("The register", error.words, error.mend)]
