from urllib.parse import urlencode

import pytest
from cookie_consent.models import CookieGroup
from cookie_consent.util import parse_cookie_str
from django.db import OperationalError
from django.utils import timezone

from cookies import consent as consents
from cookies import consent_html, registry
from cookies.models import DailyAnswers
from cookies.state import ASK, SET, State, read

from .conftest import consent
from .seed import ERROR, SAVED

pytestmark = pytest.mark.usefixtures("groups_in_database")

BOTH = registry.SLUGS


def state_after(response, before=""):
    """Return the state of a browser that had `before` and got this response."""
    kept = dict(pair.split("=", 1) for pair in before.split("; ") if pair)
    for name, cookie in response.cookies.items():
        kept[name] = cookie.coded_value
        if cookie["max-age"] == 0:
            del kept[name]
    header = "; ".join(f"{name}={value}" for name, value in kept.items())
    return read(header.encode(), b"", "")


def tally():
    return {row.choice: row.count for row in DailyAnswers.objects.all()}


@pytest.fixture
def no_database(groups_in_database, monkeypatch):
    """A database that is gone."""

    def gone(*args, **kwargs):
        raise OperationalError("gone")

    backends = "django.db.backends"
    with monkeypatch.context() as patch:
        patch.setattr(f"{backends}.utils.CursorWrapper.execute", gone)
        patch.setattr(f"{backends}.base.base.BaseDatabaseWrapper.ensure_connection", gone)
        yield


@pytest.mark.parametrize(("choice", "groups"), [("accept", BOTH), ("reject", ())])
def test_a_choice_is_kept_and_leads_back_to_the_page(save, choice, groups):
    response = save(choice=choice, next="/help/")
    assert response.status_code == 303
    assert response["Location"] == "/help/?cookies=saved#choice"
    state = state_after(response)
    assert (state.answer, state.groups) == (SET, groups)
    cookie = response.cookies["cookie_consent"]
    assert cookie["max-age"] == 180 * 24 * 60 * 60
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/", "Lax", True)
    assert cookie["domain"] == ""
    assert set(response.cookies) == {"cookie_consent"}


def test_django_cookie_consent_reads_what_we_write(save):
    value = save(preferences="yes", statistics="no").cookies["cookie_consent"].value
    group = CookieGroup.objects.get(varname="preferences")
    assert parse_cookie_str(value) == {
        "policy": str(registry.POLICY),
        "preferences": group.get_version(),
        "statistics": "-1",
    }


def test_each_group_has_an_answer_of_its_own(save):
    response = save(preferences="no", statistics="yes", next="/help/")
    assert response["Location"] == "/cookies/?cookies=saved&from=/help/#choice"
    assert state_after(response).groups == ("statistics",)
    assert tally() == {"statistics": 1}


def test_the_same_choice_twice_is_counted_once(save):
    before = consent(*BOTH)
    assert save(before, choice="accept").status_code == 303
    assert tally() == {}
    save(before, choice="reject")
    assert tally() == {"none": 1}


def test_what_is_withdrawn_is_deleted_in_the_same_answer(save):
    before = f"{consent(*BOTH)}; reading=2-dark-hidden; counted=counted"
    response = save(before, preferences="yes", statistics="no")
    assert set(response.cookies) == {"cookie_consent", "counted"}
    gone = response.cookies["counted"]
    assert (gone.value, gone["max-age"], gone["path"]) == ("", 0, "/")
    everything = save(before, choice="reject")
    assert set(everything.cookies) == {"cookie_consent", "counted", "reading"}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"choice": ""},
        {"choice": "0"},
        {"choice": "off"},
        {"choice": "Accept"},
        {"choice": "marketing"},
        {"choice": ["accept", "reject"]},
        {"choice": "accept", "statistics": "no"},
        {"preferences": "yes"},
        {"preferences": "yes", "statistics": "perhaps"},
        {"preferences": "yes", "statistics": ["yes", "no"]},
        {"marketing": "yes"},
    ],
)
def test_a_choice_that_is_none_is_asked_again(save, fields):
    response = save(**fields)
    assert response.status_code == 422
    assert not response.cookies
    page = response.content.decode()
    assert "Choose yes or no for the statistics cookie" in page
    assert "999" in page
    assert "marketing" not in page
    assert tally() == {}


def test_what_was_ticked_is_still_there(save):
    page = save(preferences="no", next="/help/").content.decode()
    assert 'id="preferences-no" name="preferences" value="no" checked' in page
    assert '<input type="hidden" name="next" value="/help/">' in page
    assert page.count(" checked") == 1


def test_unknown_groups_are_neither_kept_nor_repeated(save):
    response = save(preferences="yes", statistics="no", marketing="yes")
    assert "marketing" not in response.cookies["cookie_consent"].value
    assert state_after(response).groups == ("preferences",)


def test_nobody_agrees_to_a_list_they_were_not_shown(save):
    for digest in ("", "0" * 16, "older"):
        response = save(choice="accept", shown=digest)
        assert response.status_code == 422
        assert "Our list of cookies has changed" in response.content.decode()
        assert not response.cookies
    assert tally() == {}


def test_refusing_counts_whatever_was_shown(save):
    response = save(f"{consent(*BOTH)}; counted=counted", choice="reject", shown="older")
    assert response.status_code == 303
    assert state_after(response, consent(*BOTH)).groups == ()
    assert "counted" in response.cookies


def test_a_form_with_an_older_list_still_turns_off(save):
    before = f"{consent('statistics')}; counted=counted"
    response = save(before, preferences="yes", statistics="no", shown="older")
    assert response.status_code == 422
    assert state_after(response, before).groups == ()


PREFERENCES = {"text": "2", "colours": "dark", "beta": "hidden"}


def test_saying_no_on_the_reading_page_ends_what_another_tab_agreed_to(post):
    before = f"{consent(*BOTH)}; reading=2-dark-hidden; counted=counted"
    response = post("/cookies/reading/", {**PREFERENCES, "agree": "no"}, before)
    assert response["Location"] == "/cookies/reading/?cookies=saved&from=/#choice"
    assert state_after(response, before).groups == ("statistics",)
    assert response.cookies["reading"]["max-age"] == 0
    assert "counted" not in response.cookies
    assert tally() == {"statistics": 1}


def test_saying_no_on_the_reading_page_keeps_nothing_and_takes_away_what_was_left(post):
    response = post("/cookies/reading/", {**PREFERENCES, "agree": "no"})
    assert "We have not kept anything." in response.content.decode()
    assert not response.cookies
    response = post("/cookies/reading/", {"agree": "no"}, f"{consent()}; reading=2-dark-hidden")
    assert {name: cookie["max-age"] for name, cookie in response.cookies.items()} == {"reading": 0}
    assert tally() == {}


def test_an_address_cannot_say_saved_beside_a_problem(post):
    for page in ("/cookies/save/", "/cookies/reading/"):
        response = post(f"{page}?cookies=saved", {}, consent(*BOTH))
        assert response.status_code == 422
        assert SAVED not in response.content.decode()


def test_a_failure_that_nobody_expected_says_so_and_asks_again(client, monkeypatch):
    def fail(*args):
        raise RuntimeError("canary")

    monkeypatch.setattr("cookies.consent.record", fail)
    client.raise_request_exception = False
    headers = {"sec-fetch-site": "same-origin"}

    def choose(**more):
        fields = {"choice": "accept", "shown": consent_html.shown()}
        response = client.post("/cookies/save/", fields, headers={**headers, **more})
        assert response.status_code == 500
        assert not response.cookies
        return response.content.decode()

    page = choose()
    assert f"data-problem>{ERROR}</p>" in page
    assert 'name="choice" value="accept"' in page
    # Who is not asked is not asked there either.
    for more in ({"sec-gpc": "1"}, {"cookie": consent()}):
        assert 'id="choice"' not in choose(**more)


def test_a_group_that_is_gone_from_the_database_cannot_be_agreed_to(save):
    CookieGroup.objects.filter(varname="statistics").delete()
    response = save(choice="accept", next="/help/")
    assert response["Location"] == "/help/?cookies=error#choice"
    assert not response.cookies
    assert save(choice="reject").status_code == 303
    assert save(preferences="yes", statistics="no").status_code == 303


@pytest.mark.usefixtures("no_database")
class TestWithoutADatabase:
    def test_refusing_counts(self, save):
        response = save(f"{consent(*BOTH)}; counted=counted", choice="reject", next="/help/")
        assert response["Location"] == "/help/?cookies=saved#choice"
        assert state_after(response).groups == ()
        assert "counted" in response.cookies

    def test_agreeing_fails_and_says_so_where_the_reader_was(self, save):
        response = save(choice="accept", next="/help/")
        assert response["Location"] == "/help/?cookies=error#choice"
        assert not response.cookies

    def test_agreeing_fails_on_the_cookies_page_with_its_status(self, save):
        response = save(preferences="yes", statistics="no", next="/help/")
        assert response.status_code == 503
        page = response.content.decode()
        assert f"data-problem>{ERROR}</p>" in page
        assert 'id="preferences-yes" name="preferences" value="yes" checked' in page
        assert SAVED not in page
        assert not response.cookies

    def test_turning_off_counts_even_beside_an_agreement_that_fails(self, save):
        before = f"{consent('statistics')}; counted=counted"
        response = save(before, preferences="yes", statistics="no")
        assert response.status_code == 503
        assert state_after(response, before).groups == ()
        assert "counted" in response.cookies


def test_no_reader_is_given_a_cookie_of_staff(save, client):
    """Django answers a token or a log-in that it does not know with a cookie of its own."""
    unknown = "csrftoken=x; sessionid=y"
    assert set(client.get("/admin/login/", headers={"cookie": unknown}).cookies) == {
        registry.CSRF.name,
        registry.SESSION.name,
    }
    assert set(save(unknown, choice="reject").cookies) == {registry.CONSENT.name}
    for path in ("/cookies/", "/cookies/save/", "/api/open-referral/v3/?x=1"):
        assert not client.get(path, headers={"cookie": unknown}).cookies


@pytest.mark.parametrize(
    "page",
    [
        "//evil.example/",
        "/\\evil.example/",
        "https://evil.example/",
        "javascript:alert(1)",
        "/leave/",
        "/admin/",
        "/cookies/save/",
        "/cookies/count/",
        "/help/?x=1",
        "/help/#x",
        "/help/\r\nSet-Cookie: a=b",
        "/help/%0d%0a",
        "/hélp/",
        "/" + "a/" * 1500,
        "help/",
        "",
    ],
)
def test_the_way_back_is_a_page_of_ours_or_the_home_page(save, page):
    response = save(choice="reject", next=page)
    assert response["Location"] == "/?cookies=saved#choice"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"referer": "http://testserver/"},
        {},
    ],
)
@pytest.mark.parametrize("path", ["/cookies/save/", "/cookies/reading/", "/cookies/count/"])
def test_a_form_from_elsewhere_changes_nothing(client, path, headers):
    client.handler.enforce_csrf_checks = True
    fields = {"choice": "accept", "shown": consent_html.shown(), "agree": "yes", "page": "/"}
    response = client.post(path, fields, headers={**headers, "cookie": consent("statistics")})
    assert response.status_code == 403
    assert not response.cookies
    assert tally() == {}


def test_an_older_browser_of_our_own_page_is_believed(client):
    client.handler.enforce_csrf_checks = True
    response = client.post(
        "/cookies/save/", {"choice": "reject"}, headers={"origin": "http://testserver"}
    )
    assert response.status_code == 303


def test_only_a_form_can_choose(client):
    for method in (client.get, client.head, client.put, client.delete):
        response = method("/cookies/save/?choice=accept", headers={"sec-fetch-site": "same-origin"})
        assert response.status_code == 405
        assert not response.cookies


def test_a_thousand_fields_and_broken_bodies_are_refused_kindly(client):
    headers = {"sec-fetch-site": "same-origin"}
    for body, kind in [
        (urlencode({f"field{n}": "yes" for n in range(1001)}), "application/x-www-form-urlencoded"),
        ("choice=accept", "multipart/form-data; boundary=x"),
        ("choice=accept", "text/plain"),
        ("choice=%FF%00&preferences=yes", "application/x-www-form-urlencoded"),
        ("\x00" * 4096, "application/x-www-form-urlencoded"),
    ]:
        response = client.post("/cookies/save/", body, content_type=kind, headers=headers)
        assert response.status_code in (400, 422), kind
        assert "999" in response.content.decode()
        assert not response.cookies


def test_the_log_says_that_an_answer_could_not_be_recorded(monkeypatch):
    said = []

    def out_of_step(*args):
        raise consents.OutOfStepError

    monkeypatch.setattr(consents, "record", out_of_step)
    monkeypatch.setattr(consents.logger, "warning", said.append)
    found = consents.decide(State(ASK), registry.SLUGS, consent_html.shown(), timezone.now())
    assert found == consents.Decision(False, (), "error")
    assert said == ["An answer about cookies could not be recorded."]
