"""What docs/asvs.md says of small things, and that each test it names is there."""

import math
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.crypto import RANDOM_STRING_CHARS

from publishing.serving import sessions
from safety.accounts import codes, links, roles

from .conftest import PASSWORD
from .helpers import fresh, give_app, log_in, post_with_code, type_password

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
DOC = settings.BASE_DIR / "docs" / "asvs.md"
LINE = re.compile(r"^\| (\d+\.\d+\.[\dx].*?) \| (.+?) \| (.+) \|$", re.MULTILINE)
# Levels 1 and 2 of ASVS 5.0.0, chapters 6, 7 and 8.
LINES = {
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
}  # fmt: skip


def named(words):
    """Return (file, test or "") for every test that a line names."""
    file, found = None, []
    for path, test in re.findall(r"`([\w/]*\.py)?(?:::(\w+))?`", words):
        file = path or file
        if file and (path.rpartition("/")[2].startswith("test_") or test):
            found.append((file, test))
    return found


def test_every_test_that_the_document_names_is_there():
    found = [pair for line in LINE.findall(DOC.read_text()) for pair in named(line[2])]
    assert len(found) > 40
    for file, test in found:
        path = settings.BASE_DIR / file if "/" in file else HERE / file
        assert path.exists(), file
        assert not test or f"def {test}(" in path.read_text(), (file, test)


def test_every_line_is_there_and_every_one_that_is_met_names_a_test():
    said = set()
    for numbers, met, words in LINE.findall(DOC.read_text()):
        for number in re.findall(r"\d+\.\d+\.(?:\d+|x)", numbers):
            said.add(number)
        if met in ("yes", "**in part**") and words != "above":
            assert named(words), numbers
    for section, count in LINES.items():
        wanted = {f"{section}.{n}" for n in range(1, count + 1)}
        assert f"{section}.x" in said or wanted <= said, section


@pytest.fixture
def ann(make, on_a_server):
    user = make("ann", roles.WRITERS)
    give_app(user)
    return user


def test_passwords_are_masked_and_a_password_manager_knows_which_is_which(ann):
    client = log_in(ann)
    ann.refresh_from_db()
    link = links.make(ann, "handed").removeprefix(settings.SITE_URL)
    lost = links.make(ann, "code").removeprefix(settings.SITE_URL)
    screens = [Client().get(path).text for path in ("/admin/login/", link, lost)]
    screens.append(client.get("/admin/password_change/").text)
    for text in screens:
        fields = [
            f for f in re.findall(r"<input[^>]*>", text) if re.search('name="[^"]*password', f)
        ]
        assert fields
        for field in fields:
            assert 'type="password"' in field
            assert re.search(r'autocomplete="(current|new)-password"', field), field
            assert "onpaste" not in field


@pytest.mark.parametrize("wrong", [PASSWORD.upper(), f"{PASSWORD} ", f" {PASSWORD}", PASSWORD[:-1]])
def test_a_password_is_compared_exactly_as_it_was_typed(ann, wrong):
    assert type_password("ann", wrong).answer.status_code == 200
    assert type_password("ann").answer.status_code == 302


def test_no_letter_of_a_long_password_is_left_out(ann):
    long = "k9 " * 1000 + "x"
    ann.set_password(long)
    ann.save()
    assert type_password("ann", long[:-1] + "y").answer.status_code == 200
    assert type_password("ann", long).answer.status_code == 302


@pytest.mark.long
def test_a_password_of_ten_years_ago_is_as_good_as_ever(ann):
    long_ago = timezone.now() - timezone.timedelta(days=3650)
    type(ann).objects.update(date_joined=long_ago, last_login=long_ago)
    assert "What the public sees" in log_in(ann).get("/admin/").text


def test_nothing_asks_for_a_hint_or_a_first_pet(settings):
    settings.EMAIL_URL = "dummy://"
    asked = set()
    for path in ("/admin/login/", "/admin/lost/"):
        asked |= set(
            re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', Client().get(path).text)
        )
    assert asked == {"username", "password", "lost", "next", "csrfmiddlewaretoken"}


def test_secrets_and_recovery_codes_are_long_enough_and_never_the_same(ann):
    made = codes.new_recovery_codes(ann)
    assert all(re.fullmatch(r"[a-z2-7]{4}-[a-z2-7]{4}", code) for code in made)
    bits = 8 * math.log2(32)
    assert bits >= 20
    assert len(set(made)) == len(made)
    assert not set(made) & set(codes.new_recovery_codes(ann))
    first, second = codes.app_of(ann).bin_key, give_app(ann).bin_key
    assert len(first) * 8 == 160
    assert first != second


def test_the_key_of_a_session_has_more_than_128_bits_by_chance(ann):
    key = log_in(ann).session.session_key
    assert set(key[: sessions.LENGTH]) <= set(RANDOM_STRING_CHARS)
    assert sessions.LENGTH * math.log2(len(RANDOM_STRING_CHARS)) >= 128
    assert any(c.isupper() for c in "".join(sessions.get_random_string(24) for _ in range(9)))


def test_a_key_that_looks_right_opens_nothing_without_its_session(ann):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = sessions.marked("x" * sessions.LENGTH)
    assert client.get("/admin/").status_code == 302


@pytest.mark.long
def test_a_log_in_and_a_code_given_again_each_bring_a_new_key_and_end_the_old(ann):
    client = type_password("ann")
    before = client.session.session_key
    fresh(ann)
    log_in(ann, client)
    within = client.session.session_key
    post_with_code(ann, client, "/admin/account/recovery/")
    after = client.session.session_key
    assert len({before, within, after}) == 3
    for old in (before, within):
        stolen = Client()
        stolen.cookies[settings.SESSION_COOKIE_NAME] = old
        assert stolen.get("/admin/").status_code == 302
        assert not client.session.exists(old)


@pytest.mark.long
def test_logging_out_ends_the_session_for_whoever_has_its_key(ann):
    client = log_in(ann)
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key
    assert stolen.get("/admin/").status_code == 200
    client.post("/admin/logout/")
    assert stolen.get("/admin/").status_code == 302


def test_who_loses_a_group_may_no_longer_what_it_gave(ann):
    client = log_in(ann)
    assert client.get("/admin/awareness/page/").status_code == 200
    ann.groups.clear()
    assert client.get("/admin/awareness/page/").status_code == 403


@pytest.mark.long
def test_only_ones_own_machine_begins_with_log_ins(groups, monkeypatch, settings, tmp_path):
    from config.management.commands import prepare

    nothing = lambda self, *args: None  # noqa: E731
    for step in ("look_for_a_lost_database", "migrate", "collect_static_files", "print_edition"):
        monkeypatch.setattr(prepare.Command, step, nothing)
    settings.DATA_DIR = tmp_path
    for local, count in ((False, 0), (True, 5)):
        settings.LOCAL = local
        call_command("prepare", stdout=StringIO())
        assert get_user_model().objects.count() == count
