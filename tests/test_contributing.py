"""CONTRIBUTING.md is held to the code: what it names is there."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

TEXT = (Path(settings.BASE_DIR) / "CONTRIBUTING.md").read_text()
NAMED = sorted(set(re.findall(r"`([^`\n]+)`", TEXT)))
PATHS = [name for name in NAMED if "/" in name and not name.startswith("{%")]
NAMES = [name for name in NAMED if name not in PATHS and not name.startswith(("{%", "manage.py"))]


@cache
def files():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.split("\n")


@cache
def code():
    return "\n".join(
        (Path(settings.BASE_DIR) / name).read_text()
        for name in files()
        if name.endswith(".py") and not name.startswith("tests/")
    )


@pytest.mark.parametrize("name", PATHS)
def test_each_file_it_names_exists(name):
    # <kind> stands for any one: what is there for another kind is there for all.
    shape = re.sub(r"<\w+>", r"[^/]+", re.escape(name).replace(r"\<", "<").replace(r"\>", ">"))
    assert [found for found in files() if re.match(shape, found)]


@pytest.mark.parametrize("name", NAMES)
def test_each_name_it_uses_is_in_the_code(name):
    last = name.removesuffix("()").rpartition(".")[2]
    is_app = (Path(settings.BASE_DIR) / last).is_dir()
    defined = rf"(^|\s)(def|class) {last}\b|^\s*{last}( =|:)|\.{last}\b|\b{last}="
    assert is_app or re.search(defined, code(), re.MULTILINE)


def test_it_answers_each_question_with_one_file():
    answers = re.findall(r"^\| (.*\?) \| `([^`]+)` \|$", TEXT, re.MULTILINE)
    assert len(answers) >= 10
    assert all((Path(settings.BASE_DIR) / path).is_file() for _, path in answers)
