"""What is wrong in somebody's own folder is said with its file, and nothing of it is kept."""

import shutil

import pytest
from django.conf import settings as site_settings
from django.core.management.base import CommandError

from awareness import content as pages
from safety.identity import content as identity
from signposting import content as register
from signposting.models import Area, Service

SAMPLE = site_settings.BASE_DIR / "samples" / "port-merrow"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """A copy of the sample, which the site reads, and from which an edition can be printed."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    own = tmp_path / "ours"
    shutil.copytree(SAMPLE, own)
    settings.CONTENT_DIR = str(own)
    return own


WRONG = {
    "an area": ("local.toml", 'area = "port-merrow"', 'area = "merow"', "There are: everywhere"),
    "a group": ("local.toml", "group = 6", "group = 60", "group = 60"),
    "whom it is instead of": ("local.toml", '"lantern-line"', '"lantern"', "'lantern'"),
    "an organisation": (
        "local.toml",
        'n = "harbour-house"',
        'n = "house"',
        "organisation = 'house'",
    ),
    "a name of a field": ("local.toml", "for_whom =", "for_who =", "“for_who” is not known"),
    "a name in a way to it": ("local.toml", "cost =", "costs =", "“costs” is not known"),
    "its source": ("local.toml", "source =", "checked_by =", "“source” is missing"),
    "a grade": ("local.toml", 'ce = "owner"', 'ce = "sure"', "confidence: "),
    "TOML": ("local.toml", "[harbour-house]", "[harbour-house", "cannot be read as TOML"),
    "a step": ("contact.toml", '"lantern-line", "police', '"lantern", "police', "called lantern"),
}


@pytest.mark.long
@pytest.mark.parametrize("what", WRONG)
def test_a_register_with_something_wrong_is_refused(folder, what):
    name, right, wrong, words = WRONG[what]
    file = folder / "register" / name
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        register.load()
    assert name in str(refused.value)
    assert words in str(refused.value)
    assert not Service.objects.exists()


def test_a_page_and_a_look_that_are_no_toml_are_named(folder):
    for file, load in ((folder / "pages" / "about.toml", pages), (folder / "site.toml", identity)):
        file.write_text("title = [", encoding="utf-8")
        with pytest.raises(CommandError, match=rf"{file.name}: this cannot be read as TOML"):
            load.load()


def test_a_file_that_is_not_there_is_named(folder):
    (folder / "register" / "organisations.toml").unlink()
    with pytest.raises(CommandError, match="organisations.toml: this file is missing"):
        register.load()


def test_what_keepers_made_of_areas_since_stops_no_upgrade(folder):
    assert register.load() == (11, 0)
    Area.objects.filter(slug="everywhere").update(slug="the-whole-country")
    assert register.load() == (0, 11)
