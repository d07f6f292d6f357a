"""A missing or wrong setting stops the start with a sentence that says what to type."""

import ast
import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    "SITE_URL": "https://help.example.org",
    "ALLOWED_HOSTS": "help.example.org",
    "SITE_OWNER": "An example force",
    "SITE_CONTACT": "web@example.org",
}


def manage(tmp_path, *arguments, **environment):
    """Run manage.py in a clean environment of its own and return the finished process."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.long
@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"])
def test_a_missing_setting_stops_the_start_and_says_what_to_type(tmp_path, name):
    done = manage(tmp_path, "check", **{k: v for k, v in PRODUCTION.items() if k != name})
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr
    assert f"{name}=" in done.stderr
    assert "bin/run" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("address", ["help.example.org", "ftp://help.example.org", "https://"])
def test_an_address_that_is_not_one_is_refused(tmp_path, address):
    done = manage(tmp_path, "check", **{**PRODUCTION, "SITE_URL": address})
    assert done.returncode != 0
    assert "SITE_URL is" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.example.org", "https://"])
def test_a_way_out_that_is_no_address_is_refused(tmp_path, address):
    done = manage(tmp_path, "check", **PRODUCTION, EXIT_URL=address)
    assert done.returncode != 0
    assert "EXIT_URL is" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_spaces_and_gaps_in_the_settings_do_no_harm(tmp_path):
    given = {"ALLOWED_HOSTS": "help.example.org, www.example.org,", "EXIT_URL": " "}
    say = "from django.conf import settings as s; print(s.ALLOWED_HOSTS, s.EXIT_URL)"
    done = manage(tmp_path, "shell", "-v0", "-c", say, **{**PRODUCTION, **given})
    assert "['help.example.org', 'www.example.org'] https://" in done.stdout


def test_a_switch_that_is_neither_on_nor_off_is_refused(tmp_path):
    done = manage(tmp_path, "check", **PRODUCTION, DEBUG="yes")
    assert done.returncode != 0
    assert "Set it to 1 or 0" in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("length", ["a year", "-1", "1.5", "٣"])
def test_a_length_of_https_that_is_no_number_is_refused(tmp_path, length):
    done = manage(tmp_path, "check", **PRODUCTION, SECURE_HSTS_SECONDS=length)
    assert done.returncode != 0
    assert "SECURE_HSTS_SECONDS is" in done.stderr
    assert "0 to go back" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, "max-age=31536000; includeSubDomains"),
        ({"SECURE_HSTS_SECONDS": "300"}, "max-age=300; includeSubDomains"),
        ({"SECURE_HSTS_SECONDS": "0", "SECURE_HSTS_PRELOAD": "1"}, "max-age=0"),
        ({"SECURE_HSTS_PRELOAD": "1"}, "max-age=31536000; includeSubDomains; preload"),
        ({"SITE_URL": "http://help.example.org"}, "None"),
    ],
)
def test_how_long_browsers_insist_on_https(tmp_path, given, sent):
    say = "from safety.headers import security_headers as s; print(s().get('Strict-Transport-Security'))"
    done = manage(tmp_path, "shell", "-v0", "-c", say, **{**PRODUCTION, **given})
    assert done.stdout.strip() == sent, done.stderr


@pytest.mark.long
def test_the_site_is_fit_to_be_deployed(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.long
@pytest.mark.parametrize("name", ["SITE_OWNER", "SITE_CONTACT"])
def test_a_site_without_an_owner_is_not_fit_to_be_deployed(tmp_path, name):
    environment = {k: v for k, v in PRODUCTION.items() if k != name}
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **environment)
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr


@pytest.mark.long
def test_what_database_url_says_of_itself_counts_beside_our_limits(tmp_path):
    url = "postgres://ann@db.example/site?connect_timeout=9&options=-c%20statement_timeout%3D5s"
    shown = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    done = manage(tmp_path, "shell", "-v0", "-c", shown, **PRODUCTION, DATABASE_URL=url)
    options = ast.literal_eval(done.stdout)
    assert str(options["connect_timeout"]) == "9"
    assert options["options"].endswith("statement_timeout=5s")
    assert "lock_timeout=1s" in options["options"]
