import pytest
from django.conf import settings as site_settings
from django.test import Client

from awareness import content as pages
from safety.identity import content
from signposting import content as register

from ...content import loaded
from ...signposting.keepers import sign_in


@pytest.fixture(scope="module")
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, register, pages, content):
        yield


@pytest.fixture
def site(launched, db, settings, tmp_path):
    """The site as it is at launch, with folders of its own."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = site_settings.BASE_DIR / "static"
    return Client()


@pytest.fixture
def editor(site):
    return sign_in("ed", "Editors")


@pytest.fixture
def keepers(site):
    """Two register keepers, each signed in."""
    return sign_in("ann"), sign_in("ben")
