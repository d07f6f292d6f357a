"""Every package that is installed on a server is named, with what it is for, and there are few."""

import re

from django.conf import settings

MOST = 34


def installed():
    text = (settings.BASE_DIR / "requirements.txt").read_text()
    return re.findall(r"^([\w.-]+)==", text, re.MULTILINE)


def test_there_are_few():
    assert 20 < len(installed()) <= MOST


def test_each_is_named_once_with_what_it_is_for():
    rows = re.findall(r"^\| ([a-z].*?) \| (.+) \|$", (settings.BASE_DIR / "docs" / "packages.md").read_text(), re.MULTILINE)  # fmt: skip
    named = [name for names, _ in rows[1:] for name in names.split(", ")]
    assert sorted(named) == sorted(installed())
