import pytest

from signposting import content
from signposting.models import Service


@pytest.fixture
def register(db):
    """The register as it is at launch."""
    content.load()
    return Service.objects
