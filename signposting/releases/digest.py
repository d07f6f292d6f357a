"""A keyed digest of a release: who can write to the database alone cannot make one."""

from datetime import UTC

from publishing import signatures


def words(release):
    """Return everything that a release says, and of what it is one."""
    return {
        "release": "service",
        "service": release.service_id,
        "number": release.number,
        "kind": release.kind,
        "made": release.made_at.astimezone(UTC).isoformat(),
        "reason": release.reason,
        "asked by": release.asked_by_id,
        "agreed by": release.agreed_by_id,
        "content": release.content,
    }


def sign(release):
    """Return the digest of a release, made with the site's SECRET_KEY."""
    return signatures.sign(words(release))


def is_right(release):
    """Return whether a release is as it was made, by SECRET_KEY or one of its fallbacks."""
    return signatures.is_signed(words(release), release.digest)
