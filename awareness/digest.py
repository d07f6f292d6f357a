"""A keyed digest of a page's release: who can write to the database alone cannot make one."""

from datetime import UTC, datetime

from publishing import signatures

NOT_SIGNED = ("id", "digest")


def words(release):
    """Return everything that a release says, and of which page.

    What is as it is by default is left out, so that a field that comes later changes no digest
    of the releases that were made without it.
    """
    found = {"release": "page"}
    for field in release._meta.concrete_fields:
        value = field.to_python(getattr(release, field.attname))
        if field.name in NOT_SIGNED or value == field.get_default():
            continue
        if isinstance(value, datetime):
            value = value.astimezone(UTC).isoformat()
        found[field.name] = value
    return found


def sign(release):
    """Return the digest of a release, made with the site's SECRET_KEY."""
    return signatures.sign(words(release))


def is_right(release):
    """Return whether a release is as it was made, by SECRET_KEY or one of its fallbacks."""
    return signatures.is_signed(words(release), release.digest)
