"""Printing makes every page through the ordinary views, and swaps all or nothing."""

import sys
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, path
from django.utils import timezone

import publishing
from publishing import sources
from publishing.models import Print, Wanted
from publishing.printing import editions, files, printer, schedule
from publishing.printing.lock import Lock
from publishing.printing.printer import print_edition
from publishing.problems import CannotPrint
from safety import emergency
from safety.card import CARD

from ..builders import NOON, make_html

pytestmark = pytest.mark.django_db

seen = []


def echo(request):
    seen.append(request)
    return HttpResponse(make_html(f"<p>{request.moment:%d %B %Y}</p>"))


def broken(request):
    raise RuntimeError("the template is broken")


def refused(request):
    raise CannotPrint("It names a service that is gone.", "Choose another.")


def pictured(request):
    return HttpResponse(make_html('<img src="/uploads/poster.jpg" alt="A poster">'))


def gone(request):
    return HttpResponse(make_html(), status=410)


def unsafe(request):
    return HttpResponse(make_html("<p>Call 0808 802 0301</p>"))


urlpatterns = [path("", echo)] + [
    path(f"{view.__name__}/", view) for view in (echo, broken, refused, pictured, gone, unsafe)
]


@pytest.fixture
def only(monkeypatch, settings):
    """Return a function that makes an edition of these addresses only, made by the views above."""
    settings.ROOT_URLCONF = __name__
    seen.clear()

    def addresses(*paths, **given):
        found = [sources.Address(path) for path in ("/", *paths)]
        numbers = emergency.numbers()
        source = sources.EditionSource(
            "test",
            lambda moment: found,
            numbers=lambda: numbers,
            known_addresses=emergency.addresses,
            cards=lambda: [CARD],
            **given,
        )
        monkeypatch.setattr(sources, "registered", {"test": source})

    addresses()
    return addresses


def test_what_another_print_has_just_brought_out_is_not_printed_again(only):
    def prints():
        return print_edition(is_needed=schedule.is_still_due).number

    assert (prints(), prints()) == (1, 1)
    assert editions.stored_numbers() == [1]
    Wanted.raise_number()
    assert prints() == 2


def test_what_changes_during_a_print_is_in_the_next(only):
    only(parts=lambda moment: Wanted.raise_number() or {})
    assert print_edition(is_needed=schedule.is_still_due).number == 1
    only()
    assert print_edition(is_needed=schedule.is_still_due).number == 2
    assert print_edition(is_needed=schedule.is_still_due).number == 2


def test_whoever_waited_for_another_print_is_told_what_that_set_aside(only):
    only("/echo/")
    print_edition()
    only("/echo/", "/broken/")
    Wanted.raise_number()
    first = print_edition(is_needed=schedule.is_still_due)
    assert first.problems
    waited = print_edition(is_needed=schedule.is_still_due)
    assert (waited.number, waited.problems) == (first.number, first.problems)


@pytest.mark.long
def test_the_launch_content_passes_the_gate_and_is_served():
    call_command("load_content", verbosity=0)
    result = print_edition()
    assert [str(problem) for problem in result.problems] == []
    found = editions.load(editions.current_number())
    assert found.number == result.number
    listed = {address.path for address in sources.addresses(found.made)}
    assert listed <= set(found.items)
    assert any(path.startswith("/static/css/") for path in found.items)


def test_a_page_is_made_as_it_is_at_the_moment(only):
    print_edition(at=NOON + timedelta(days=40))
    assert b"01 January 2027" in editions.load(1).items["/"].body


def test_a_print_request_carries_the_site_and_nothing_of_a_reader(only, settings):
    settings.SITE_URL = "https://stalking.example.police.uk"
    settings.ALLOWED_HOSTS = ["stalking.example.police.uk"]
    print_edition()
    [request] = seen
    assert request.get_host() == "stalking.example.police.uk"
    assert request.scheme == "https"
    assert request.COOKIES == {}
    headers = {name for name in request.META if name.startswith("HTTP_")}
    assert headers <= {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
    assert "REMOTE_ADDR" not in request.META


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/broken/", "the template is broken"),
        ("/refused/", "It names a service that is gone."),
        ("/unsafe/", "The number 0808 802 0301 is typed into the text."),
        ("/missing/", "It answers 404 instead of a page."),
        ("/gone/", "It answers 410 instead of a page."),
    ],
)
def test_a_page_that_fails_is_set_aside_alone_and_staff_are_told(only, path, words):
    print_edition()
    only(path, "/echo/")
    result = print_edition()
    assert path in result.problems[0].page
    assert words in result.problems[0].words
    assert editions.current_number() == result.number == 2
    found = editions.load(2)
    assert "/echo/" in found.items
    assert path not in found.items
    assert Print.objects.last_one().problems == [problem.as_dict() for problem in result.problems]
    assert editions.summary(2)["set_aside"] == [path]


def test_a_machine_without_a_picture_says_so_until_it_has_it(only, settings, tmp_path, monkeypatch):
    def told():
        return [found["words"] for found in Print.objects.problems(timezone.now())]

    settings.MEDIA_ROOT = tmp_path
    print_edition()
    only("/pictured/")
    monkeypatch.setattr("platform.node", lambda: "beta")
    [problem] = print_edition().problems
    assert problem.page == "/pictured/"
    assert problem.words == "The file /uploads/poster.jpg is not on the machine beta."
    assert "/pictured/" not in editions.load(editions.current_number()).items

    # Another machine has it and prints: readers of the first still miss it.
    (tmp_path / "poster.jpg").write_bytes(b"picture")
    monkeypatch.setattr("platform.node", lambda: "alpha")
    assert print_edition().problems == []
    assert told() == [problem.words]
    monkeypatch.setattr("platform.node", lambda: "beta")
    assert print_edition().problems == []
    assert "/pictured/" in editions.load(editions.current_number()).items
    assert told() == []


def test_a_machine_that_is_out_of_use_worries_nobody_for_long(db):
    now = timezone.now()
    for minutes, machine in ((6, "gone"), (4, "beta"), (9, "alpha"), (3, "alpha")):
        problems = [{"words": f"{machine} {minutes}"}]
        Print.objects.create(
            wanted=1, machine=machine, at=now - timedelta(minutes=minutes), problems=problems
        )
    assert {found["words"] for found in Print.objects.problems(now)} == {"beta 4", "alpha 3"}
    # The last one of all is never forgotten by the clock.
    later = now + timedelta(days=3)
    assert [found["words"] for found in Print.objects.problems(later)] == ["alpha 3"]


def test_what_fails_beside_a_print_does_not_hold_it_up(only, monkeypatch):
    def meanwhile(request):
        # As another thread of this process would, for a request of its own.
        got_request_exception.send(sender=None, request=HttpRequest())
        return echo(request)

    monkeypatch.setattr(sys.modules[__name__], "urlpatterns", [path("", meanwhile)])
    clear_url_caches()
    assert print_edition().number == 1


def test_broken_parts_stop_the_edition(only):
    def parts(moment):
        raise RuntimeError("no such template")

    only(parts=parts)
    [problem] = print_edition().problems
    assert "no such template" in problem.words


def test_a_full_disk_leaves_readers_what_they_have_and_staff_a_sentence(only, monkeypatch):
    print_edition()

    def full(draft, name, item):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "put", full)
    [problem] = print_edition().problems
    assert "No space left on device" in problem.words
    assert editions.load_best()[0].number == 1


def test_a_database_that_goes_away_leaves_readers_what_they_have(only, monkeypatch):
    print_edition()

    def away():
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(Wanted, "now", away)
    [problem] = print_edition().problems
    assert "server closed the connection" in problem.words
    assert editions.current_number() == 1


def test_a_print_that_takes_too_long_is_given_up(only, monkeypatch):
    print_edition()
    monkeypatch.setattr(printer, "SECONDS", -1)
    [problem] = print_edition().problems
    assert "given up" in problem.words
    assert editions.current_number() == 1


def test_a_print_that_gets_on_may_take_longer(monkeypatch):
    now = [0]
    monkeypatch.setattr(printer, "time", SimpleNamespace(monotonic=lambda: now[0]))
    lock = printer.wait_for_lock()
    run = printer.Run(lock, NOON, None)
    for _ in range(3):
        now[0] += printer.SECONDS - 1
        run.get_on()
        assert lock.age() < printer.SECONDS
    now[0] += printer.SECONDS + 1
    with pytest.raises(printer.TookTooLong):
        run.get_on()
    lock.release()


def test_a_print_whose_place_was_taken_does_not_switch(only, editions_dir, monkeypatch):
    print_edition()
    real = editions.write

    def overtaken(made):
        other = Lock(editions_dir / "print.lock", expires=-1)
        other.take()
        other.release()
        return real(made)

    monkeypatch.setattr(editions, "write", overtaken)
    assert print_edition().number is None
    assert editions.current_number() == 1


def test_an_edition_keeps_the_number_it_was_wanted_for(only, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publishing.changed()
        publishing.changed()
    print_edition()
    assert editions.summary(1)["wanted"] == Wanted.now() == 2


def test_a_change_that_is_rolled_back_is_not_wanted(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        publishing.changed()
    assert len(callbacks) == 1
    assert Wanted.now() == 0


def test_while_an_edition_is_pinned_nothing_is_printed(only):
    print_edition()
    print_edition()
    call_command("edition", "rollback", verbosity=0)
    assert print_edition().pinned == 1
    assert editions.current_number() == 1
    with pytest.raises(CommandError, match="pinned"):
        call_command("edition", "print")
    call_command("edition", "rollback", "--release")
    assert editions.current_number() == 3


def test_going_back_waits_for_a_print_under_way(only, editions_dir, monkeypatch):
    print_edition()
    print_edition()
    under_way = Lock(editions_dir / "print.lock", expires=60)
    under_way.take()
    monkeypatch.setattr(Lock, "wait", lambda self, seconds: self.take())
    with pytest.raises(CommandError, match="Try again"):
        call_command("edition", "rollback", verbosity=0)
    assert (editions.current_number(), editions.pin()) == (2, None)
    under_way.release()
    call_command("edition", "rollback", verbosity=0)
    assert (editions.current_number(), editions.pin()) == (1, 1)


def test_a_print_under_way_does_not_overrun_a_pin(only, monkeypatch):
    print_edition()
    print_edition()
    real = editions.write

    def meanwhile(made):
        number = real(made)
        editions.go_back_to(1)
        return number

    monkeypatch.setattr(editions, "write", meanwhile)
    result = print_edition()
    assert (result.number, result.pinned, result.problems) == (None, 1, [])
    assert editions.current_number() == 1
    assert Print.objects.count() == 2


def test_going_back_to_a_number_that_left_the_register_is_refused(only, monkeypatch):
    only("/echo/")
    old = [*emergency.numbers(), sources.Number("02070000000", "020 7000 0000")]
    source = sources.registered["test"]
    call = make_html('<a href="tel:02070000000">020 7000 0000</a>')
    with_it = replace(source, parts=lambda moment: {"error/404": call}, numbers=lambda: old)
    monkeypatch.setitem(sources.registered, "test", with_it)
    assert print_edition().problems == []
    monkeypatch.setitem(sources.registered, "test", source)
    print_edition()
    with pytest.raises(CommandError, match="taken off since"):
        call_command("edition", "rollback")
    assert editions.current_number() == 2


def test_checking_a_damaged_edition_says_so(only, editions_dir):
    print_edition()
    call_command("edition", "check")
    (editions_dir / "1/public/index.html").write_text("tampered")
    with pytest.raises(CommandError, match="not as it was printed"):
        call_command("edition", "check")
