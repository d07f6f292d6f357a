"""No log line can hold anything of a reader; the staff's log-ins are written down."""

import io
import json
import logging

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.test import Client

from safety.logs import APPS, Formatter

CANARY = "canary-7f3a"


def line(name, level, message, *args, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, level, "/some/where.py", 7, message, args, info)
    return Formatter().format(record)


def message(text):
    return json.loads(text.splitlines()[-1])["message"]


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize(
    "name",
    ["django.request", "django.db", "gunicorn.error", "uvicorn.error", "asyncio", "PIL", "other"],
)
def test_what_other_packages_put_into_a_line_is_not_printed(name):
    assert CANARY not in line(name, logging.ERROR, "GET %s from %s", CANARY, CANARY)


def test_a_line_is_one_json_object_with_these_fields_and_no_other():
    told = line("safety", logging.WARNING, "Two\nlines, “quoted”", error=raised(KeyError(CANARY)))
    assert "\n" not in told
    found = json.loads(told)
    assert list(found) == ["time", "level", "logger", "message", "exception", "at"]
    assert (found["level"], found["logger"]) == ("WARNING", "safety")
    assert found["message"] == "Two\nlines, “quoted”"
    assert "exception" not in json.loads(line("safety", logging.INFO, "All is well"))


def test_what_is_hung_onto_a_record_is_not_printed():
    record = logging.LogRecord("safety", logging.INFO, "/some/where.py", 7, "Well", (), None)
    record.path = record.address = record.stack_info = CANARY
    assert CANARY not in Formatter().format(record)


@pytest.mark.parametrize("name", ["asyncio", "py.warnings", "other"])
def test_nor_are_the_sentences_of_packages_that_we_do_not_know(name):
    text = line(name, logging.ERROR, f"Exception in callback for {CANARY}")
    assert CANARY not in text
    assert "where.py:7" in text, "but the place in the code is, so it can be found"


@pytest.mark.parametrize("name", ["django", "uvicorn.error", "other", *APPS])
def test_the_text_of_an_exception_is_not_printed_and_its_kind_and_place_are(name):
    text = line(name, logging.ERROR, "It failed", error=raised(ValueError(CANARY)))
    assert CANARY not in text
    assert "builtins.ValueError" in text
    assert "test_logs.py" in text


def test_our_own_sentences_are_printed_whole():
    assert "Printed edition 7" in line("publishing", logging.INFO, "Printed edition %s", 7)
    assert "at 8000" in line("gunicorn.error", logging.INFO, "Listening at %s", 8000)
    assert "process 7" in line("uvicorn.error", logging.INFO, "Started server process %s", 7)


def test_what_gunicorn_says_of_its_own_processes_keeps_its_values():
    killed = line("gunicorn.error", logging.ERROR, "Worker (pid:%s) was sent %s!", 71, "SIGKILL")
    assert message(killed) == "Worker (pid:71) was sent SIGKILL!"
    late = line("gunicorn.error", logging.CRITICAL, "WORKER TIMEOUT (pid:%s)", 72)
    assert message(late) == "WORKER TIMEOUT (pid:72)"
    why = line("gunicorn.error", logging.ERROR, "Reason: %s", "Worker failed to boot.")
    assert message(why) == "Reason: Worker failed to boot."
    whose = line("gunicorn.error", logging.ERROR, "Error handling request %s", f"/{CANARY}")
    assert message(whose) == "Error handling request %s"


@pytest.fixture
def written():
    """What the site's own handler writes, as the process would."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter())
    for name in ("safety", "django"):
        logging.getLogger(name).addHandler(handler)
    yield stream
    for name in ("safety", "django"):
        logging.getLogger(name).removeHandler(handler)


def test_a_page_that_fails_is_named_by_its_view_and_not_by_its_address(written):
    client = Client(raise_request_exception=False)
    # No database is allowed here, so the page that needs one fails.
    form = {"username": CANARY, "password": CANARY}
    assert client.post(f"/admin/login/?{CANARY}", form).status_code == 500
    [found] = map(json.loads, written.getvalue().splitlines())
    assert (found["level"], found["logger"]) == ("ERROR", "django.request")
    assert found["message"] == "in the view admin:login"
    assert CANARY not in written.getvalue()


@pytest.mark.django_db
def test_log_ins_of_the_staff_are_written_down_without_an_address(written):
    get_user_model().objects.create_user("robin", password="a long enough password", is_staff=True)
    client = Client(REMOTE_ADDR="203.0.113.7", headers={"User-Agent": CANARY})
    client.post("/admin/login/", {"username": "robin", "password": CANARY})
    client.post("/admin/login/", {"username": "robin", "password": "a long enough password"})
    client.post("/admin/logout/")
    text = written.getvalue()
    assert "Log-in failed: robin" in text
    assert "Logged in: robin" in text
    assert "Logged out: robin" in text
    assert CANARY not in text
    assert "203.0.113.7" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", [CANARY, "a\nnew line", "", "\x1b[31m"])
def test_a_name_that_nobody_has_is_not_repeated(written, name):
    assert authenticate(username=name, password=CANARY) is None
    assert message(written.getvalue()) == "Log-in failed: no such user"
    assert CANARY not in written.getvalue()
