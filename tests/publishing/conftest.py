import pytest
from django.conf import settings as site_settings

from publishing import sources


@pytest.fixture(autouse=True)
def editions_dir(settings, tmp_path):
    """Each test has a folder of editions of its own, and the style sheets as they are written."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = site_settings.BASE_DIR / "static"
    return settings.EDITIONS_DIR


@pytest.fixture
def extra_room(monkeypatch):
    """Return a function that adds a room for one test: extra_room(addresses=..., parts=...)."""

    def add(**given):
        room = sources.Room("extra", **given)
        monkeypatch.setitem(sources.rooms, "extra", room)
        return room

    return add
