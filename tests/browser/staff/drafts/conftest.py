import pytest

from ..conftest import forget


@pytest.fixture
def end_sessions(newsroom):
    """End every log-in, as eight hours would."""
    return lambda: forget(newsroom, "django_session")
