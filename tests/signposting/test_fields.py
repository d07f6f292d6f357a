"""Each field of a service has its places: a form, a release, and what readers or programs see."""

import pytest
from django.contrib import admin
from django.db import models

from signposting.models import Service
from signposting.open_referral.records import id_of
from signposting.releases.document import LEFT_OUT, freeze

from ..register import agree_all

SLUG = "paladin"
# Set by what staff do, never typed.
SET_ELSEWHERE = {
    "id",
    "emergency",
    "status",
    "withheld_because",
    "changed",
    "last_check",
    "in_question",
}
FIELDS = [field for field in Service._meta.concrete_fields if field.name not in SET_ELSEWHERE]
WORDS = [
    field.name
    for field in FIELDS
    if isinstance(field, models.CharField | models.TextField)
    and not field.choices
    and field.name not in (*LEFT_OUT[Service], "slug", "languages", "area")
]


@pytest.mark.parametrize("name", [field.name for field in FIELDS])
def test_staff_can_change_it(name):
    fieldsets = admin.site.get_model_admin(Service).fieldsets
    assert name in [field for _, options in fieldsets for field in options["fields"]]


@pytest.mark.parametrize("name", [field.name for field in FIELDS])
def test_a_release_holds_it_unless_it_is_for_staff_alone(register, name):
    content = freeze(register.whole().get(slug=SLUG))
    assert name in content["service"] or name in content or name in LEFT_OUT[Service]


@pytest.mark.long
@pytest.mark.parametrize("name", WORDS)
def test_readers_or_programs_see_its_words(register, client, name):
    words = f"These are the words of {name.replace('_', ' ')}."
    register.filter(slug=SLUG).update(**{name: words})
    agree_all()
    pages = [client.get(path).content.decode() for path in ("/help/", f"/help/{SLUG}/")]
    data = client.get(f"/api/open-referral/v3/services/{id_of('service', SLUG)}").content.decode()
    assert words in "".join([*pages, data])
