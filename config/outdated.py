"""What the site runs on and should not any more: bin/setup outdated.

A package is named when its maker has withdrawn the version that is pinned, or when a newer one
of the same release line has been out for six months. Asked is the index that pip is configured
with, in its JSON form (PEP 691), about the packages of requirements.txt and nothing else.
"""

import re
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pip._vendor.packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from pip._vendor.packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
LATE = timedelta(days=183)
JSON = "application/vnd.pypi.simple.v1+json"
# Numbered by the year: each is of one line.
A_YEAR = 2000


class NoAnswerError(Exception):
    """The index did not say what was asked."""


def pinned(requirements):
    """Return name -> Version of the text of a requirements file."""
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", requirements, re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


def held_back(project):
    """Return the names that the text of pyproject.toml keeps within a line of two numbers."""
    wanted = tomllib.loads(project)["project"]["dependencies"]
    return {canonicalize_name(re.split(r"[^\w.-]", each)[0]) for each in wanted if "<" in each}


def line_of(version, short):
    """Return what the versions of one release line have in common: such as (5, 2), (4,) or ()."""
    if version.major >= A_YEAR:
        return ()
    return version.release[: 2 if short or version.major == 0 else 1]


def releases(answer):
    """Return Version -> (date it was published or None, why it was withdrawn or "") of an answer."""
    found = {}
    for file in answer["files"]:
        try:
            parse = (
                parse_wheel_filename if file["filename"].endswith(".whl") else parse_sdist_filename
            )
            version = parse(file["filename"])[1]
        except (InvalidSdistFilename, InvalidWheelFilename, InvalidVersion):
            continue
        when = file.get("upload-time")
        day = datetime.fromisoformat(when).astimezone(UTC).date() if when else None
        gone = file.get("yanked") or ""
        before = found.get(version, (day, gone))
        days = [each for each in (day, before[0]) if each]
        # One file that stands is enough for the version to stand.
        found[version] = min(days, default=None), gone and before[1] and str(gone)
    return found


def judge(name, version, answer, today, short=False):
    """Return what is wrong with a pinned version, as a sentence, or "".

    `answer` is what the index says of the package, `today` a date, `short` whether the project
    keeps within a line of two numbers.
    """
    found = releases(answer)
    if version not in found:
        return f"{name} {version}: the index has it no more."
    if why := found[version][1]:
        because = "" if why == "True" else f": {why}"
        return f"{name} {version}: its maker has withdrawn it{because}."
    line = line_of(version, short)
    newer = {
        each: day
        for each, (day, gone) in found.items()
        if each > version and not each.is_prerelease and not gone and day
        and each.release[: len(line)] == line
    }  # fmt: skip
    if not newer or today - min(newer.values()) < LATE:
        return ""
    first = min(newer.values())
    return (
        f"{name} {version}: there has been a newer one since {first:%-d %B %Y}; now {max(newer)}."
    )


def asker():
    """Return a function from a package's name to what pip's index says of it. Raises NoAnswerError."""
    from pip._internal.commands import create_command

    # As pip itself would ask: its index, its certificates, its proxy.
    command = create_command("download")
    options, _ = command.parse_args([])
    session = command._build_session(options)

    def ask(name):
        answer = session.get(f"{options.index_url.rstrip('/')}/{name}/", headers={"Accept": JSON})
        if answer.status_code != 200 or JSON not in answer.headers.get("Content-Type", ""):
            raise NoAnswerError(f"{name}: the index did not say in JSON ({answer.status_code}).")
        return answer.json()

    return ask


def look(ask, today):
    """Return a sentence for each package of requirements.txt that is withdrawn, late or unknown."""
    short = held_back((ROOT / "pyproject.toml").read_text())
    found = []
    for name, version in pinned((ROOT / "requirements.txt").read_text()).items():
        try:
            found.append(judge(name, version, ask(name), today, name in short))
        except (NoAnswerError, OSError) as error:
            found.append(str(error) if isinstance(error, NoAnswerError) else f"{name}: no answer.")
    return [sentence for sentence in found if sentence]


if __name__ == "__main__":
    wrong = look(asker(), date.today())  # noqa: DTZ011
    for sentence in wrong:
        sys.stdout.write(f"{sentence}\n")
    if wrong:
        sys.exit(1)
    sys.stdout.write("No package that the site runs on was withdrawn, and none is late.\n")
