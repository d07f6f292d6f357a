"""What lies in deploy/ says the same as the site itself."""

import importlib.util
import json
import re
import signal
import time

import pytest
from django.conf import settings

from tests.config.test_settings import PRODUCTION, manage

DEPLOY = settings.BASE_DIR / "deploy"
KINDS = {"page": "page", "file": "file", "data": "data", "upload": "upload", "static": "file"}
SAY = """
import json
from safety.headers import security_headers
print(json.dumps({kind: security_headers(kind) for kind in ("page", "file", "data", "upload")}))
"""


def of_the_mirror(kind):
    """Return the headers that nginx sends with a kind of answer: name -> value."""
    text = (DEPLOY / "nginx/site.conf").read_text()
    maps = {
        name: dict(re.findall(r'^ {4}(\w+) "(.*)";$', block, re.MULTILINE))
        for name, block in re.findall(r"^map \$site_kind (\$\w+) \{\n(.+?)^\}", text, re.M | re.S)
    }
    said = (DEPLOY / "nginx/headers.conf").read_text()
    sent = dict(re.findall(r'^add_header (\S+) (".*"|\$\w+) always;$', said, re.MULTILINE))
    sent = {name: value.strip('"') for name, value in sent.items() if value != '""'}
    values = {name: maps.get(value, {}) for name, value in sent.items() if value[0] == "$"}
    chosen = {name: found.get(kind, found["default"]) for name, found in values.items()}
    return {name: value for name, value in (sent | chosen).items() if value}


@pytest.mark.long
def test_the_mirror_sends_the_headers_of_the_site(tmp_path):
    done = manage(tmp_path, "shell", "-v0", "-c", SAY, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    site = json.loads(done.stdout)
    for kind, of_site in KINDS.items():
        sent = of_the_mirror(kind)
        # test_mirror.py compares them where a site and nginx run; these are of an answer, not of safety.
        del sent["Vary"]
        if kind != "page":
            del sent["Cache-Control"]
        assert sent == site[of_site], kind


def test_the_mirror_keeps_no_html_writes_no_reader_down_and_knows_who_has_left():
    text = (DEPLOY / "nginx/site.conf").read_text()
    assert "proxy_cache" not in text
    assert text.count("access_log off;") == text.count("server {")
    assert set(re.findall(r"error_log \S+ (\w+);", text)) == {"crit"}
    assert "pause=" in text
    assert str(settings.EXIT_URL) in text or "https://www.bbc.co.uk/weather" in text


@pytest.mark.parametrize("name", ["site", "site-backup", "site-alert"])
def test_a_unit_calls_what_is_there_and_has_no_more_rights_than_it_needs(name):
    text = (DEPLOY / f"systemd/{name}.service").read_text()
    [command] = re.findall(r"^ExecStart=/srv/site/(.+)$", text, re.MULTILINE)
    for part in re.findall(r"(?<![\w.])[\w/]+\.py\b", command):
        assert (settings.BASE_DIR / part).is_file(), part
    for right in ("NoNewPrivileges=true", "ProtectSystem=strict", "CapabilityBoundingSet=\n"):
        assert right in text
    if name != "site":
        assert (settings.BASE_DIR / f"deploy/systemd/{name}.timer").is_file()
        job = command.split()[-1]
        found = [p.stem for p in settings.BASE_DIR.glob("*/management/commands/*.py")]
        assert job in found


def test_an_upgrade_right_after_another_does_not_take_the_one_that_runs_for_the_new_one(
    monkeypatch,
):
    spec = importlib.util.spec_from_file_location("upgrade", DEPLOY / "upgrade.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sent = []
    monkeypatch.setattr(module.os, "kill", lambda pid, number: sent.append((pid, number)))
    monkeypatch.setattr(module.time, "sleep", lambda seconds: None)
    began = time.time()
    # The one before the last upgrade still answered, then the one to replace, then the new one.
    answers = iter([(began - 100, 2), (began - 1, 2), None, (began - 1, 2), (began + 600, 1)])
    last = (began + 600, 2)
    monkeypatch.setattr(module, "asked", lambda: next(answers, last))
    assert module.upgrade(4194304)
    assert next(answers, "all heard") == "all heard"
    assert sent == [(4194304, signal.SIGUSR2), (4194304, signal.SIGTERM)]


def test_an_upgrade_is_by_usr2_then_term_and_systemd_follows_it():
    text = (DEPLOY / "systemd/site.service").read_text()
    assert "NotifyAccess=all" in text
    assert "ExecReload=/srv/site/.venv/bin/python deploy/upgrade.py $MAINPID" in text
    assert (DEPLOY / "upgrade.py").is_file()
    assert "MAINPID" in (settings.BASE_DIR / "config/gunicorn.py").read_text()
