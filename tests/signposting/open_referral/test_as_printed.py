"""Open data with a query says what was printed, whatever becomes of the database since."""

import json

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from publishing.printing import editions
from publishing.printing.printer import print_edition
from signposting.models import Release
from signposting.releases import in_force as register_in_force
from signposting.releases.in_force import printed_in
from tests.register import agree_all

QUERY = "/api/open-referral/v3/services?search=stalking&per_page=100"
NUMBER, WRONG = "0808 802 0300", "0808 802 0301"


@pytest.fixture(autouse=True)
def printed(register, settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = site_settings.BASE_DIR / "static"
    printed_in.cache_clear()
    yield editions.switch(editions.write(edition()))
    printed_in.cache_clear()


def edition():
    """Return an edition that was printed of what is in force: only what is kept with it counts."""
    from publishing import sources
    from tests.publishing.builders import make_edition

    return make_edition(kept=json.loads(json.dumps(sources.kept(timezone.now()))))


def by_sql(change):
    """Change every release past the site's own forms, as the database itself lets its owner."""
    table = " ON signposting_release" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER signposting_release_frozen{table}")
    for release in QuerySet(Release).all():
        content = json.loads(change(json.dumps(release.content)))
        QuerySet(Release).filter(pk=release.pk).update(content=content)
    # As another process would answer, that knew nothing before.
    printed_in.cache_clear()


def test_a_number_changed_by_sql_changes_no_answer(client):
    before = client.get(QUERY).json()
    assert NUMBER in json.dumps(before)
    by_sql(lambda text: text.replace(NUMBER, WRONG).replace("08088020300", "08088020301"))
    assert client.get(QUERY).json() == before


def test_words_and_names_changed_by_sql_change_no_answer(client):
    before = client.get(QUERY).json()
    by_sql(lambda text: text.replace("talking", "tranger"))
    assert before["total_items"] > 3
    assert client.get(QUERY).json() == before


def test_what_two_people_agreed_since_is_answered_with_the_next_edition(client, register):
    before = client.get(QUERY).json()
    register.filter(slug="national-stalking-helpline").update(what="New words about stalking.")
    agree_all()
    printed_in.cache_clear()
    assert client.get(QUERY).json() == before
    editions.switch(editions.write(edition()))
    assert "New words about stalking." in client.get(QUERY).text


def test_a_number_changed_in_the_edition_itself_is_not_answered(client, settings):
    file = settings.EDITIONS_DIR / "1" / "manifest.json"
    file.write_text(file.read_text().replace(NUMBER, WRONG))
    printed_in.cache_clear()
    answer = client.get(QUERY)
    assert answer.status_code == 200
    assert WRONG not in answer.text
    assert "National Stalking Helpline" not in answer.text


@pytest.mark.long
def test_a_printed_edition_keeps_the_releases_that_it_was_made_of(register):
    from django.core.management import call_command

    call_command("load_content", verbosity=0)
    result = print_edition()
    kept = editions.summary(result.number)["kept"]["signposting"]
    assert (
        len(kept) == len(register_in_force()) == len({row["release"]["service_id"] for row in kept})
    )
    public = (editions.root() / str(result.number) / "public").rglob("*")
    assert not [path for path in public if path.is_file() and b"agreed_by" in path.read_bytes()]
