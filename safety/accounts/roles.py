"""The four jobs of the newsroom, as Django's groups.

What a group may do, each app says of its own models, where it loads its content.
"""

from django.contrib.auth.models import Group, Permission

WRITERS = "Writers"
EDITORS = "Editors"
KEEPERS = "Register keepers"
MANAGERS = "Managers"

ONE = {
    WRITERS: "a writer",
    EDITORS: "an editor",
    KEEPERS: "a register keeper",
    MANAGERS: "a manager",
}
# What they do, in words that follow "you" and the name of the group.
DOES = {
    WRITERS: "write and change the working copies of pages; readers see none of that",
    EDITORS: "write pages, and publish them",
    KEEPERS: "look after the register of help: ask for a change, and agree a colleague's",
    MANAGERS: "look after people's accounts, and neither ask for a change of the register nor agree",
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
    held = {group.name for group in user.groups.all()}
    return [name for name in DOES if name in held]


def does(user):
    """Return what somebody may do, a sentence for each of their groups."""
    if user.is_superuser:
        return ["The operator's account: it may do everything but ask for or agree a number."]
    held = [f"As {ONE[name]} you {DOES[name]}." for name in of(user)]
    return held or ["You can do nothing here yet. Ask a manager to put you into a group."]


def others(user):
    """Return what the groups do that somebody is not in, a sentence each."""
    held = of(user)
    return [f"{name} {words}." for name, words in DOES.items() if name not in held]
