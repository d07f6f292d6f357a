"""What was withdrawn or is late is named, from an answer of an index that was kept."""

import json
from datetime import date
from pathlib import Path

import pytest
from pip._vendor.packaging.version import Version

from config import outdated

# What an index said of one package, without the addresses of its files.
KEPT = json.loads((Path(__file__).parent / "data" / "dj-email-url.json").read_text())
TODAY = date(2026, 11, 26)


def answer(**files):
    """Return what an index would say: version with _ for its dots -> (day, withdrawn)."""
    return {
        "files": [
            {
                "filename": f"a-{name.lstrip('v').replace('_', '.')}-py3-none-any.whl",
                "upload-time": f"{day}T10:00:00.000000Z",
                "yanked": gone,
            }
            for name, (day, gone) in files.items()
        ]
    }


def judge(version, found, short=False):
    return outdated.judge("a", Version(version), found, TODAY, short)


def test_the_newest_is_right_and_one_that_was_replaced_long_ago_is_late():
    found = answer(
        v1_0=("2024-01-01", False), v1_1=("2026-01-01", False), v1_2=("2026-11-01", False)
    )
    assert judge("1.2", found) == ""
    assert judge("1.1", found) == "", "replaced for less than six months"
    assert judge("1.0", found) == "a 1.0: there has been a newer one since 1 January 2026; now 1.2."


def test_another_line_makes_nothing_late():
    found = answer(
        v1_0=("2024-01-01", False), v2_0=("2025-01-01", False), v1_1rc1=("2025-01-01", False)
    )
    assert judge("1.0", found) == ""
    found = answer(v5_2_1=("2024-01-01", False), v5_3=("2025-01-01", False))
    assert judge("5.2.1", found, short=True) == "", "pyproject.toml keeps to 5.2"
    assert judge("5.2.1", found) != ""
    found = answer(v0_5=("2024-01-01", False), v0_6=("2025-01-01", False))
    assert judge("0.5", found) == "", "before 1.0 the second number is the line"
    found = answer(v2024_1=("2024-01-01", False), v2025_1=("2025-01-01", False))
    assert judge("2024.1", found) != "", "a number of a year is no line"


def test_what_its_maker_withdrew_is_named_with_the_reason():
    found = answer(v1_0=("2026-11-01", "It loses data"), v0_9=("2026-10-01", True))
    assert judge("1.0", found) == "a 1.0: its maker has withdrawn it: It loses data."
    assert judge("0.9", found) == "a 0.9: its maker has withdrawn it."
    assert judge("1.1", found) == "a 1.1: the index has it no more."


def test_one_file_that_stands_is_enough_and_a_withdrawn_newer_one_makes_nothing_late():
    found = answer(v1_0=("2024-01-01", False), v1_1=("2025-01-01", True))
    found["files"].append({**found["files"][0], "yanked": "This file only"})
    assert judge("1.0", found) == ""


def test_an_answer_of_a_real_index_is_understood():
    found = outdated.releases(KEPT)
    assert len(found) > 3
    assert all(day for day, _ in found.values())
    newest = max(found)
    assert outdated.judge("dj-email-url", newest, KEPT, TODAY) == ""


def test_every_package_of_the_site_is_asked_about_once_and_no_answer_is_said():
    asked = []

    def ask(name):
        asked.append(name)
        raise outdated.NoAnswerError(f"{name}: nothing.")

    assert len(outdated.look(ask, TODAY)) == len(asked) == len(set(asked)) > 20
    assert {"django", "dj-email-url", "psycopg-binary"} <= set(asked)


def test_pyproject_says_which_lines_are_kept_to():
    short = outdated.held_back((outdated.ROOT / "pyproject.toml").read_text())
    assert {"django", "django-cookie-consent"} <= short
    assert "nh3" not in short


@pytest.mark.parametrize("name", ["setup.py.zip", "a-one.tar.gz", "a.whl"])
def test_a_file_that_is_no_release_is_passed_over(name):
    assert outdated.releases({"files": [{"filename": name}]}) == {}
