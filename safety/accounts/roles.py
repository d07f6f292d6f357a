"""The four jobs of the newsroom, as Django's groups.

What a group may do, each app says of its own models, where it loads its content.
"""

from django.contrib.auth.models import Group, Permission

WRITERS = "Writers"
EDITORS = "Editors"
KEEPERS = "Register keepers"
MANAGERS = "Managers"

DOES = {
    WRITERS: "writes and changes the working copies of pages; readers see none of it",
    EDITORS: "writes pages, and publishes them",
    KEEPERS: "looks after the register of help: asks for a change, and agrees a colleague's",
    MANAGERS: "looks after people's accounts; neither asks for a change of the register nor agrees",
}
MAY_MANAGE = "auth.change_user"


def load():
    """Make the four groups, and give managers what they need. Run as often as you like."""
    for name in DOES:
        Group.objects.get_or_create(name=name)
    Group.objects.get(name=MANAGERS).permissions.add(
        *Permission.objects.filter(
            content_type__app_label="auth",
            codename__in=["add_user", "change_user", "view_user"],
        ),
        *Permission.objects.filter(content_type__app_label="accounts", codename="view_entry"),
    )


def manages(user):
    """Return whether somebody looks after other people's accounts."""
    return user.has_perm(MAY_MANAGE)


def of(user):
    """Return the names of somebody's groups, in the order of DOES."""
    held = set(user.groups.values_list("name", flat=True))
    return [name for name in DOES if name in held]


def does(user):
    """Return what somebody may do, a sentence for each of their groups."""
    if user.is_superuser:
        return ["The operator's account: it may do everything but ask for or agree a number."]
    return [f"{name}: {DOES[name]}." for name in of(user)]
