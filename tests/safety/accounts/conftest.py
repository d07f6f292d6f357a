import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from safety.accounts import audit, roles
from safety.accounts.models import Entry

PASSWORD = "otters by the river 9"  # noqa: S105


@pytest.fixture
def on_a_server(settings):
    """As on a server, after it has been prepared."""
    settings.LOCAL = False
    audit.write(Entry.Action.PREPARED)


@pytest.fixture
def groups(db):
    """The four groups, with what every app gives them."""
    from awareness import content as awareness
    from cookies import content as cookies
    from signposting import content as signposting

    roles.load()
    signposting.make_group()
    awareness.make_groups()
    cookies.let_editors_look()


@pytest.fixture
def make(groups):
    """Return a function that makes somebody in groups: make("ann", roles.KEEPERS)."""

    def make(name, *names, **fields):
        user = get_user_model().objects.create_user(
            name, password=PASSWORD, is_staff=True, **fields
        )
        user.groups.set(Group.objects.filter(name__in=names))
        return user

    return make
