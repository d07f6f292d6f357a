import pytest


@pytest.fixture
def at(monkeypatch):
    """Set the clock: at(moment)."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
