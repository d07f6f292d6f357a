import pytest

from signposting import content
from signposting.models import Service

from ..content import loaded
from .keepers import sign_in


@pytest.fixture(scope="module")
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, content):
        yield


@pytest.fixture
def register(launched, db):
    """The register as it is at launch."""
    return Service.objects


@pytest.fixture
def keepers(register):
    """Two register keepers, each signed in: Alice and Bob."""
    return sign_in("alice"), sign_in("bob")


@pytest.fixture
def alice(keepers):
    return keepers[0]


@pytest.fixture
def bob(keepers):
    return keepers[1]


@pytest.fixture
def helpline(register):
    return register.get(slug="national-stalking-helpline")
