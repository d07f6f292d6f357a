import pytest

from signposting import content
from signposting.models import Service

from ..content import loaded


@pytest.fixture(scope="module")
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, content):
        yield


@pytest.fixture
def register(launched, db):
    """The register as it is at launch."""
    return Service.objects
