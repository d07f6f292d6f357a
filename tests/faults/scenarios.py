"""Changes that fail halfway, and two changes at one moment, in the database at DATABASE_URL.

Run as a program it does what its arguments name and prints, as JSON, what went wrong with each:
an empty text where nothing did. pytest's own database cannot show any of this: there a test is
one transaction, on one connection. "prepare" fills the database, and comes first.
"""

import json
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from io import StringIO
from pkgutil import resolve_name
from threading import Event
from unittest.mock import DEFAULT, patch

import django
from django.db import connection, transaction


def rows():
    """Return every row of every table: table -> rows."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


class HalfwayError(Exception):
    pass


def whole_or_not_at_all(work, fails, after=0):
    """Let `fails`, such as "publishing.changed", fail after so many calls, and the work with it.

    Then every row must be as before. And without the fault the work must change something.
    """
    before = rows()
    with patch(fails, autospec=True, side_effect=[None] * after + [HalfwayError]):
        try:
            work()
        except HalfwayError:
            pass
        else:
            raise AssertionError(f"{fails} was never called")
    changed = [name for name, found in rows().items() if found != before[name]]
    assert changed == [], f"halfway: {changed}"
    work()
    assert rows() != before, "nothing was done"


def is_waited_for():
    """Return whether another connection to PostgreSQL waits for what this one has locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone() is not None


def at_one_moment(first, second, at=None):
    """Do the first, and the second before that is committed. Return the second's answer.

    What the second raises is returned too. A second that waits for no lock is done before. It
    begins once the first is done, or when that calls `at`, such as "publishing.changed".
    """
    began, done, answers = Event(), Event(), []

    def other():
        began.set()
        try:
            return second()
        except Exception as error:
            return error
        finally:
            connection.close()
            done.set()

    def begin(*_arguments, **_options):
        answers.append(pool.submit(other))
        began.wait()
        # SQLite has one lock for all, which the second waits for at its first step.
        while connection.vendor == "postgresql" and not done.is_set() and not is_waited_for():
            done.wait(0.01)
        return DEFAULT

    with ThreadPoolExecutor(1) as pool:
        called = patch(at, wraps=resolve_name(at), side_effect=begin) if at else nullcontext()
        with transaction.atomic(), called:
            first()
            if not at:
                begin()
        (answer,) = answers
        return answer.result()


def limits():
    """Return for how long PostgreSQL answers one question, and lets a transaction be silent."""
    names = ("statement_timeout", "idle_in_transaction_session_timeout")
    with connection.cursor() as cursor:
        return [cursor.execute(f"SHOW {name}").fetchone()[0] for name in names]


def a_print_has_one_view_for_as_long_as_it_takes():
    from publishing.models import Wanted
    from publishing.printing.snapshot import snapshot

    def change():
        Wanted.raise_number()
        connection.close()

    usual = connection.vendor == "postgresql" and limits()
    with ThreadPoolExecutor(1) as pool, snapshot():
        before = Wanted.now()
        pool.submit(change).result()
        assert Wanted.now() == before
        if connection.vendor == "postgresql":
            assert limits() == ["1min", "1min"] != usual
    assert Wanted.now() == before + 1
    if connection.vendor == "postgresql":
        assert limits() == usual


# Pages


def page_of(slug):
    from awareness.models import Page

    return Page.objects.get(slug=slug)


def changed_page(slug):
    page = page_of(slug)
    page.summary += " More."
    page.save()
    return page


def publishing_a_page():
    from awareness import editing

    page = changed_page("staying-safe")
    whole_or_not_at_all(lambda: editing.publish(page, "Ann"), "publishing.changed")


def withdrawing_a_page():
    from awareness import editing

    page = page_of("keeping-a-record")
    whole_or_not_at_all(lambda: editing.withdraw(page, "Ann"), "publishing.changed")


def going_back_to_a_release():
    from awareness import editing

    page = page_of("reporting")
    first = page.releases.get(number=1)
    editing.publish(changed_page("reporting"), "Ann")
    page.refresh_from_db()
    # Its last step, after the new release: the working copy gets its words back.
    whole_or_not_at_all(lambda: editing.revert(first, "Ann"), "awareness.models.Text.save")


def discarding_changes():
    from awareness import editing

    page = changed_page("friends-and-family")
    whole_or_not_at_all(lambda: editing.discard_changes(page), "awareness.models.Text.save")


def cancelling_a_release():
    from datetime import timedelta

    from django.utils import timezone

    from awareness import editing

    begins = timezone.now() + timedelta(days=1)
    waiting = editing.publish(changed_page("clinic"), "Ann", live_from=begins)
    whole_or_not_at_all(waiting.cancel, "publishing.changed")


def loading_a_page():
    from awareness import content, models

    def load():
        content.add({"kind": "advice", "slug": "new", "title": "New", "summary": "A new page."})

    whole_or_not_at_all(load, "publishing.changed")
    assert models.Page.objects.get(slug="new").releases.count() == 1


def two_publish_one_page():
    from awareness import editing

    page = changed_page("safer-browsing")
    last = page.releases.count()
    second = at_one_moment(
        lambda: editing.publish(page, "Ann"), lambda: editing.publish(page, "Bob")
    )
    assert getattr(second, "number", second) == last + 2, second


def two_save_one_page():
    from awareness.admin import edit_conflicts
    from awareness.models import NotAllowedError

    page = page_of("own-behaviour")
    seen = edit_conflicts.state(page)

    def save(words):
        with transaction.atomic():
            edit_conflicts.check(page, seen)
            page.summary = words
            page.save()

    second = at_one_moment(lambda: save("Ann's."), lambda: save("Bob's."))
    assert isinstance(second, NotAllowedError), f"the second saved over the first: {second}"
    page.refresh_from_db()
    assert page.summary == "Ann's."


# Counts


def answering_on_a_full_day():
    from django.utils import timezone

    from awareness.feedback import FeedbackForm
    from awareness.models import Feedback

    day = timezone.localdate()
    for _ in range(2):
        Feedback.objects.create(found="no", comment="Said twice.", day=day)

    def answer():
        form = FeedbackForm({"found": "yes"})
        assert form.is_valid()
        form.save(timezone.now())

    # One makes room for it: not where it is not kept itself.
    with patch("awareness.feedback.A_DAY", 2):
        whole_or_not_at_all(answer, "awareness.models.Feedback.save")


def two_changes_are_two():
    from publishing.models import Wanted

    before = Wanted.now()
    second = at_one_moment(Wanted.raise_number, Wanted.raise_number)
    assert second is None, second
    assert Wanted.now() == before + 2


def the_first_two_answers_of_a_day():
    from datetime import date

    from cookies.models import DailyAnswers

    what = {"day": date(2026, 7, 1), "policy": 1, "choice": "none"}

    def add():
        # In a transaction, as requests may be: the failed insert must not spoil it.
        with transaction.atomic():
            DailyAnswers.objects.add(what, count=1)

    second = at_one_moment(add, add)
    assert second is None, second
    assert DailyAnswers.objects.get(**what).count == 2


def twenty_try_one_name_at_once():
    from safety.accounts.models import LoginTry
    from safety.accounts.models.tries import TooManyTriesError

    ready = Event()

    def attempt(_):
        ready.wait()
        try:
            LoginTry.objects.begin(LoginTry.What.PASSWORD, "editor")
        except TooManyTriesError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as pool:
        tries = [pool.submit(attempt, number) for number in range(20)]
        ready.set()
        got = [each.result() for each in tries]
    assert sum(got) <= LoginTry.TRIES, got
    # None of them waits for ever, and the next hour begins anew.
    LoginTry.objects.forget(LoginTry.What.PASSWORD, "editor")
    LoginTry.objects.begin(LoginTry.What.PASSWORD, "editor")


SCENARIOS = {
    found.__name__: found
    for found in (
        a_print_has_one_view_for_as_long_as_it_takes,
        publishing_a_page,
        withdrawing_a_page,
        going_back_to_a_release,
        discarding_changes,
        cancelling_a_release,
        loading_a_page,
        two_publish_one_page,
        two_save_one_page,
        answering_on_a_full_day,
        two_changes_are_two,
        the_first_two_answers_of_a_day,
        twenty_try_one_name_at_once,
    )
}


def prepare():
    from django.core.management import call_command

    from safety.identity import content as identity
    from signposting import content

    call_command("migrate", verbosity=0)
    whole_or_not_at_all(identity.load, "publishing.changed")
    whole_or_not_at_all(content.load, "publishing.changed", after=3)
    call_command("load_content", stdout=StringIO())


def went_wrong(name):
    try:
        prepare() if name == "prepare" else SCENARIOS[name]()
    except Exception:
        return traceback.format_exc()
    return ""


if __name__ == "__main__":
    django.setup()
    from .people import SCENARIOS as OF_PEOPLE
    from .register import SCENARIOS as OF_THE_REGISTER
    from .settled import SCENARIOS as SETTLED

    SCENARIOS |= OF_THE_REGISTER | OF_PEOPLE | SETTLED
    print(json.dumps({name: went_wrong(name) for name in sys.argv[1:]}))  # noqa: T201
