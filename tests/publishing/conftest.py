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
def extra_source(monkeypatch):
    """Return a function that adds a source for one test: extra_source(addresses=..., parts=...)."""

    def add(**given):
        source = sources.EditionSource("extra", **given)
        monkeypatch.setitem(sources.registered, "extra", source)
        return source

    return add
