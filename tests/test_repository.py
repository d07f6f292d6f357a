"""Facts about the repository itself."""

import subprocess
from pathlib import Path

import hypothesis
import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.long
def test_the_import_rules_hold():
    done = subprocess.run(["lint-imports", "--no-cache"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_property_test_is_decided_by_the_clock():
    chosen = hypothesis.settings.default
    assert chosen.deadline is None
    assert hypothesis.HealthCheck.too_slow in chosen.suppress_health_check


def test_no_line_of_a_readers_template_is_too_long_to_review():
    templates = Path(__file__).resolve().parent.parent / "templates"
    long = [
        f"{file.relative_to(templates)}:{number}"
        for file in sorted(templates.rglob("*.html"))
        if "admin" not in file.parts
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if len(line) > 300
    ]
    assert not long
