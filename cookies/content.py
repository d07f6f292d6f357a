from cookie_consent.models import Cookie, CookieGroup
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone

from safety.accounts import roles

from . import consent_html, registry
from .models import PolicyVersion

SEEN_BY_EDITORS = ("policyversion", "dailyanswers", "dailyreads")


@transaction.atomic
def load():
    """Make the database say what the registry says. Return how many rows were added, and kept.

    Here the registry decides: a group or cookie that it does not know is removed.
    """
    added = 0
    for order, group in enumerate(registry.GROUPS):
        optional = group in registry.OPTIONAL
        row, new = CookieGroup.objects.update_or_create(
            varname=group.slug,
            defaults={
                "name": group.name,
                "description": group.purpose,
                "is_required": not optional,
                "is_deletable": optional,
                "ordering": order,
            },
        )
        added += new
        for cookie in group.cookies:
            _, new = Cookie.objects.update_or_create(
                cookiegroup=row,
                name=cookie.name,
                domain="",
                defaults={"description": cookie.purpose, "path": "/"},
            )
            added += new
        row.cookie_set.exclude(name__in=[cookie.name for cookie in group.cookies]).delete()
    CookieGroup.objects.exclude(varname__in=[group.slug for group in registry.GROUPS]).delete()
    # The package takes a group's version from this date, which must not be each machine's own.
    Cookie.objects.update(created=registry.SINCE)
    added += record_what_is_asked()
    let_editors_look()
    total = len(registry.GROUPS) + sum(len(group.cookies) for group in registry.GROUPS) + 1
    return added, total - added


def record_what_is_asked():
    """Keep what readers are asked from now on. Return whether it is new."""
    now = timezone.now()
    cookies = {
        group.slug: [
            {"name": c.name, "purpose": c.purpose, "setter": c.setter, "lasts": c.lasts}
            for c in group.cookies
        ]
        for group in registry.GROUPS
    }
    current, new = PolicyVersion.objects.update_or_create(
        number=registry.POLICY,
        digest=consent_html.shown(),
        defaults={"asked_until": None},
        create_defaults={
            "asked": {"words": consent_html.what_is_asked(), "cookies": cookies},
            "asked_from": now,
        },
    )
    earlier = PolicyVersion.objects.filter(asked_until=None).exclude(pk=current.pk)
    earlier.update(asked_until=now)
    return new


def let_editors_look():
    editors, _ = Group.objects.get_or_create(name=roles.EDITORS)
    codenames = [f"view_{model}" for model in SEEN_BY_EDITORS]
    codenames += ["view_cookiegroup", "view_cookie"]
    editors.permissions.add(
        *Permission.objects.filter(
            codename__in=codenames, content_type__app_label__in=["cookies", "cookie_consent"]
        )
    )
