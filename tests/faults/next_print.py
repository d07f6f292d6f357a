"""What one person takes off is gone at the next print: no file of that edition has it."""

import re
import shutil
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import transaction

from publishing.printing import editions, taken_off
from publishing.printing.printer import print_edition
from signposting.models import LinkHost, Service
from signposting.releases import in_force

SPACES = re.compile(r"\s|&nbsp;|&#xA0;")


def reached(slugs):
    """Return every number, web and email address by which readers reach these services."""
    found = set()
    for slug, service in in_force().items():
        if slug in slugs and service.is_published and not service.emergency:
            found |= {route.dial or route.address for route in service.shown_routes()}
            found.add(service.organisation.website)
    return found - {""}


@contextmanager
def undone():
    """Undo what is done to the database, and to the editions: they would tell of what is gone."""
    before, off = editions.current_number(), editions.root() / taken_off.NAME
    had = off.read_bytes() if off.exists() else b""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        editions.switch(before)
        for number in editions.stored_numbers():
            if number > before:
                shutil.rmtree(editions.root() / str(number))
        for place in (editions.root(), editions.second()):
            if place.exists():
                (place / taken_off.NAME).write_bytes(had)


def everything_comes_off(office, slugs):
    """Take all of it off, print, look for it in every file, and undo it: return what was there."""
    with undone():
        was = reached(slugs)
        # What another service has too, and sites that pages may link to, stay.
        stays = reached(in_force().keys() - slugs)
        hosts = {host.address for host in LinkHost.objects.standing()}
        for slug in slugs:
            if reached({slug}):
                answer = office.take_off("bob", Service.objects.get(slug=slug))
                assert answer.status_code == 302, slug
        result = print_edition()
        assert result.number, result.problems
        held = "".join(files(editions.load(result.number)))
        for value in was - stays:
            site = urlsplit(value).hostname or ""
            if site.removeprefix("www.") in hosts or site in hosts:
                continue
            there = re.search(rf"(?<![\w.-]){re.escape(value)}(?![\w-])", held)
            assert not there, (value, held[there.start() - 200 : there.end() + 50])
    return was


def files(edition):
    """Yield the words of each file that readers get, as written and with numbers in one piece."""
    for item in [*edition.items.values(), *edition.parts.values()]:
        if item.kind not in ("static", "upload"):
            words = item.body.decode()
            yield words
            yield SPACES.sub("", words)
