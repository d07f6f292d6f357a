"""Every address and button of the newsroom, for everybody: found by walking the resolver, so that
a new screen cannot be forgotten. One that no line of ALLOWED names fails the test.
"""

import html
import re
from fnmatch import fnmatch
from zlib import crc32

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, reverse

from safety.accounts import deeds, roles, waiting

from .helpers import give_app, log_in, type_password

pytestmark = [
    pytest.mark.django_db,
    # Django's own, of a field for web addresses in a form that the admin makes by itself.
    pytest.mark.filterwarnings("ignore:The default scheme will be changed"),
]

WRITER, EDITOR, KEEPER, MANAGER = roles.WRITERS, roles.EDITORS, roles.KEEPERS, roles.MANAGERS
EVERYBODY = {WRITER, EDITOR, KEEPER, MANAGER}
NOBODY = set()

# Open to somebody who is not logged in.
STRANGERS = {"logout", "login", "code", "set_up", "lost", "link"}

# The first line that fits says which roles may open it; all others are refused, and told so.
# (method, address) by name; "*" is both methods.
ALLOWED = [
    ("*", "awareness_page_delete", {EDITOR}),  # while it has never been published
    ("*", "*_delete", NOBODY),
    ("*", "awareness_feedback_add", NOBODY),
    ("POST", "awareness_feedback_change", NOBODY),
    ("*", "awareness_feedback_*", {EDITOR}),
    ("*", "awareness_page_publish*", {EDITOR}),
    ("*", "awareness_page_move", {EDITOR}),
    ("*", "awareness_*", {WRITER, EDITOR}),
    ("*", "signposting_*_add", {KEEPER}),
    ("*", "signposting_*", {KEEPER}),
    ("POST", "identity_look_change", NOBODY),  # a row is never changed: there is a new one
    ("*", "identity_owner_*", {KEEPER}),
    ("*", "identity_*", {EDITOR}),
    ("*", "cookie*_add", NOBODY),
    ("POST", "cookie*_change", NOBODY),
    ("*", "cookie*", {EDITOR}),
    ("GET", "auth_user_link", NOBODY),  # buttons: only ever sent
    ("GET", "auth_user_codes", NOBODY),
    ("GET", "auth_user_sessions", NOBODY),
    ("*", "auth_user_*", {MANAGER}),
    ("*", "accounts_entry_add", NOBODY),
    ("POST", "accounts_entry_change", NOBODY),
    ("*", "accounts_entry_*", {MANAGER}),
    ("*", "index", EVERYBODY),
    ("*", "password_change*", EVERYBODY),
    ("*", "account", EVERYBODY),
    ("*", "account_*", EVERYBODY),
    ("*", "jsi18n", EVERYBODY),
    ("*", "view_on_site", EVERYBODY),
    # It asks for the right to look at what it completes; without one it refuses.
    ("*", "autocomplete", NOBODY),
    ("*", "app_list", EVERYBODY),
    ("*", "drafts*", EVERYBODY),  # one's own
]
# Django's pages of what an account may see: each holds only that, and none is a 404.
ARGUMENTS = {"app_label": "accounts", "kind": "handed", "uid": "x", "token": "x-y"}


def names():
    found = {p.name: p for p in admin.site.get_urls() if isinstance(p, URLPattern) and p.name}
    for pattern in admin.site.get_urls():
        for inner in getattr(pattern, "url_patterns", ()):
            if inner.name:
                found[inner.name] = inner
    return found


def address(name, pattern):
    row = 1
    for model in admin.site._registry:
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            first = model._base_manager.order_by("-pk").first()
            assert first is not None, f"Make a row of {model._meta.label} for this test."
            row = first.pk
    arguments = {key: ARGUMENTS.get(key, row) for key in pattern.pattern.regex.groupindex}
    return reverse(f"admin:{name}", kwargs=arguments)


def allowed(method, name):
    for methods, pattern, who in ALLOWED:
        if methods in ("*", method) and fnmatch(name, pattern):
            return who
    raise AssertionError(f"Say in ALLOWED which roles may open {name} with {method}.")


def is_tried(role, method, name, every):
    """Whether a role tries it: each who may open it, and by seed half of those who may not; or all."""
    others = sorted(EVERYBODY - allowed(method, name))
    half = others[crc32(f"{method} {name}".encode()) % 2 :: 2]
    return every or role not in others or role in (half or others)


@pytest.fixture
def screens(rows):
    found = {name: address(name, pattern) for name, pattern in names().items()}
    assert len(found) > 60
    return found


def opened(client, method, path):
    """Return "in", "log in", "refused" or "no such button", and the answer."""
    client.raise_request_exception = False
    send = client.get if method == "GET" else client.post
    answer = send(path, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code < 500, (method, path)
    if answer.status_code == 302 and answer["Location"].startswith("/admin/login/"):
        return "log in", answer
    if answer.status_code == 401:
        return "log in", answer
    if answer.status_code == 405:
        return "no such button", answer
    if answer.status_code == 403:
        assert "Back to the newsroom" in answer.text, path
        return "refused", answer
    return "in", answer


@pytest.mark.long
def test_strangers_and_whoever_is_half_way_in_or_switched_off_come_to_the_log_in(
    screens, make, on_a_server
):
    keeper = make("kim", *EVERYBODY)
    give_app(keeper)
    off = make("off", *EVERYBODY)
    give_app(off)
    switched_off = log_in(off)
    off.is_active = False
    off.save()
    without = Client()
    without.force_login(keeper)
    for name, client in {
        "anonymous": Client(),
        "with a password alone": type_password("kim"),
        "without a code": without,
        "switched off": switched_off,
    }.items():
        for screen, path in screens.items():
            if screen in STRANGERS:
                continue
            for method in ("GET", "POST"):
                found, _ = opened(client, method, path)
                assert found in ("log in", "no such button"), (name, method, screen)


def test_every_screen_says_who_may_open_it(screens):
    for name in screens.keys() - STRANGERS:
        for method in ("GET", "POST"):
            assert allowed(method, name) <= EVERYBODY


# Every screen for every role takes twenty seconds.
@pytest.mark.slow
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_each_role_opens_what_is_theirs_and_is_told_who_does_the_rest(screens, make, role, every):
    client = Client()
    user = make("ann", role)
    for name, path in screens.items():
        if name in STRANGERS:
            continue
        for method in ("GET", "POST"):
            if not is_tried(role, method, name, every):
                continue
            client.force_login(user)
            wanted = "in" if role in allowed(method, name) else "refused"
            found, answer = opened(client, method, path)
            assert found in (wanted, "no such button"), (role, method, name)
            if 'id="user-tools"' in getattr(answer, "text", ""):
                assert told(answer) == expected(role, name, user), (role, method, name)
                assert 'id="logout-form"' in answer.text, name
            elif found == "in" and method == "GET":
                assert name in WITHOUT_FRAME, name


# What is opened by GET and is no screen of the newsroom: public pages as they would be, and data.
WITHOUT_FRAME = {"jsi18n", "view_on_site", "awareness_page_frame", "identity_look_preview",
                 "awareness_page_picture", "awareness_page_helplines", "awareness_page_pictures_choose",
                 "drafts_keep", "drafts_discard"}  # fmt: skip


def told(answer):
    found = re.search(r'<p class="told">(.*?)</p>', answer.text, re.DOTALL)
    return found and " ".join(html.unescape(found[1]).split())


def expected(role, name, user):
    """Return what a screen must say, worked out from who holds which permission."""
    here = deeds.of(admin.site, name)
    if here is None:
        own = name in deeds.OWN or name.startswith("account_")
        return deeds.MINE if own else " ".join(roles.does(user))
    said = " ".join(deeds.sentences(user, here))
    for deed in here:
        mine, rest = said.split("Only ")[0], said.partition("Only ")[2]
        assert deed.words in (mine if role in deed.roles else rest or said), (role, deed)
    return said


def test_who_is_said_to_do_a_thing_are_those_who_may(screens):
    for model_admin in admin.site._registry.values():
        assert model_admin.deeds, model_admin
        for deed in model_admin.deeds:
            if not deed.roles:
                assert not deed.permission
                continue
            app, codename = deed.permission.split(".")
            may = Group.objects.filter(
                permissions__codename=codename, permissions__content_type__app_label=app
            )
            assert set(may.values_list("name", flat=True)) == set(deed.roles), deed


@pytest.mark.long
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_the_first_page_offers_nobody_what_they_may_not_open(screens, make, role):
    client = Client()
    client.force_login(make("ann", role))
    offered = set(re.findall(r'href="(/admin/[^"#]+)', client.get("/admin/").text))
    assert len(offered) > 2
    refused = [each for each in offered if opened(client, "GET", html.unescape(each))[0] != "in"]
    assert refused == []


@pytest.mark.long
def test_a_writer_reads_that_only_an_editor_publishes(screens, make):
    client = Client()
    client.force_login(make("ann", WRITER))
    assert told(client.get("/admin/awareness/page/add/")) == (
        "You can write and change pages. Only an editor can publish, schedule or withdraw them; or "
        "delete one that was never published: ask one."
    )
    for path in ("/admin/", screens["awareness_page_change"]):
        assert re.search(
            r"until an editor publishes|when an editor publishes", client.get(path).text
        )
        assert "you publish" not in client.get(path).text
    client.force_login(make("kim", KEEPER))
    answer = client.get("/admin/awareness/page/")
    assert answer.status_code == 403
    assert "Only a writer or an editor can write and change pages: ask one." in told(answer)


def test_a_keeper_who_waits_a_day_reads_until_when_on_every_screen_of_the_register(
    screens, make, on_a_server
):
    keeper = make("kim", KEEPER)
    give_app(keeper)
    said = told(log_in(keeper).get("/admin/signposting/service/"))
    assert "You can change the working copy of a service" in said
    assert "because your account is new" in said
    assert "agree what a colleague" not in said


@pytest.mark.long
def test_a_keeper_who_waits_a_day_reads_until_when_on_every_screen(screens, make, on_a_server):
    keeper = make("kim", KEEPER)
    give_app(keeper)
    client, seen = log_in(keeper), 0
    for name, path in screens.items():
        if name in STRANGERS | WITHOUT_FRAME:
            continue
        found, answer = opened(client, "GET", path)
        if found == "in" and 'id="user-tools"' in answer.text:
            assert answer.text.count("because your account is new") == 1, name
            seen += 1
    assert seen > 20
    keeper.account.set_at -= 2 * waiting.WAIT
    keeper.account.save()
    assert "because your account is new" not in client.get("/admin/").text


def test_what_is_open_to_strangers_shows_them_nothing_of_anybody(screens, make):
    make("quill-7", KEEPER)
    for name in STRANGERS:
        assert "quill-7" not in Client().get(screens[name], follow=True).text.split("<main")[-1]


def test_the_address_of_nothing_leads_back_to_the_newsroom(make):
    client = Client()
    client.force_login(make("ann", WRITER))
    answer = client.get("/admin/nothing/")
    assert answer.status_code == 404
    assert "Back to the newsroom" in answer.text
    assert Client().get("/admin/nothing/")["Location"].startswith("/admin/login/")


def test_a_role_is_told_what_it_may_do_where_it_may_not(make):
    client = Client()
    client.force_login(make("ann", WRITER))
    answer = client.get("/admin/auth/user/")
    assert roles.DOES[WRITER] in answer.text
    assert "ask a manager" in answer.text
    assert "(Writers)" in client.get("/admin/").text


def test_who_has_no_group_sees_so(make):
    client = Client()
    client.force_login(make("ann"))
    for path in ("/admin/", "/admin/account/"):
        assert "Ask a manager to put you into a group." in client.get(path).text
