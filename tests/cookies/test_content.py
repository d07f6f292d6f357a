from datetime import date

import pytest
from cookie_consent.models import Cookie, CookieGroup
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction

from cookies import consent_html, content, registry
from cookies.models import DailyAnswers, DailyReads, DailySum, PolicyVersion

pytestmark = pytest.mark.usefixtures("groups_in_database")


def test_the_database_says_what_the_registry_says():
    for group in registry.GROUPS:
        row = CookieGroup.objects.get(varname=group.slug)
        assert (row.name, row.description) == (group.name, group.purpose)
        assert row.is_required == (group not in registry.OPTIONAL)
        assert row.get_version() == registry.SINCE.isoformat()
        rows = dict(row.cookie_set.values_list("name", "description"))
        assert rows == {cookie.name: cookie.purpose for cookie in group.cookies}


def test_loading_again_adds_nothing_and_mends_what_was_changed():
    total = CookieGroup.objects.count() + Cookie.objects.count() + 1
    assert content.load() == (0, total)
    group = CookieGroup.objects.get(varname="statistics")
    CookieGroup.objects.filter(pk=group.pk).update(description="Sells what you do.")
    Cookie.objects.create(cookiegroup=group, name="_ga")
    CookieGroup.objects.create(varname="marketing", name="Marketing")
    assert content.load() == (0, total)
    group.refresh_from_db()
    assert group.description == registry.STATISTICS.purpose
    assert not Cookie.objects.filter(name="_ga").exists()
    assert not CookieGroup.objects.filter(varname="marketing").exists()


def test_what_was_asked_is_kept_when_something_else_is_asked(monkeypatch):
    first = PolicyVersion.objects.get()
    assert (first.number, first.digest) == (registry.POLICY, consent_html.shown())
    assert "Accept additional cookies" in first.asked["words"]["/privacy/"]
    assert first.asked["cookies"]["statistics"][0]["name"] == registry.COUNTED.name
    monkeypatch.setattr(registry, "POLICY", registry.POLICY + 1)
    content.load()
    first.refresh_from_db()
    second = PolicyVersion.objects.get(number=registry.POLICY)
    assert first.asked_until is not None
    assert second.asked_until is None
    assert second.asked_from <= first.asked_until


def test_sums_have_one_row_a_day_however_often():
    what = {"day": date(2026, 11, 22), "policy": 1, "choice": "none"}
    for _ in range(3):
        DailyAnswers.objects.add(what, count=1)
    assert DailyAnswers.objects.get().count == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyAnswers.objects.create(**what, count=1)


def test_two_firsts_at_once_are_both_counted(monkeypatch):
    what = {"day": date(2026, 11, 22), "path": "/"}
    DailyReads.objects.create(**what, reads=1, visits=1)
    update, too_early = DailySum.update, [True]

    def missing_it_once(self, **sums):
        return 0 if too_early and too_early.pop() else update(self, **sums)

    monkeypatch.setattr(DailySum, "update", missing_it_once)
    DailyReads.objects.add(what, reads=1, visits=1)
    row = DailyReads.objects.get()
    assert (row.reads, row.visits) == (2, 2)


PAGES = [
    "cookie_consent/cookiegroup",
    "cookie_consent/cookie",
    "cookies/policyversion",
    "cookies/dailyanswers",
    "cookies/dailyreads",
]


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES)
def test_staff_may_look_and_nobody_may_change(client, page):
    DailyAnswers.objects.create(day=date(2026, 11, 22), policy=1, choice="none", count=1)
    DailyReads.objects.create(day=date(2026, 11, 22), path="/", reads=1, visits=1)
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    chief = User.objects.create_superuser("chief")
    for user in (editor, chief):
        client.force_login(user)
        rows = client.get(f"/admin/{page}/")
        assert rows.status_code == 200
        row = rows.context["cl"].result_list[0]
        assert client.get(f"/admin/{page}/{row.pk}/change/").status_code == 200
        assert client.post(f"/admin/{page}/{row.pk}/change/", {}).status_code == 403
        assert client.get(f"/admin/{page}/add/").status_code == 403
        assert client.post(f"/admin/{page}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_log_of_single_answers_that_we_never_write_is_not_shown(client):
    client.force_login(User.objects.create_superuser("chief"))
    assert client.get("/admin/cookie_consent/logitem/").status_code == 404
