"""Random keepers, an editor and a manager, in any order of work, by the newsroom's own forms.

Whatever they do, what readers can dial, open or write to was there at the start or was typed
by two people, and one person can take any of it off at once.
"""

import os
import re
from itertools import count

from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import setup_test_environment, teardown_test_environment
from hypothesis import HealthCheck, Phase, example, given, seed, settings
from hypothesis import strategies as st

from awareness.models import Page
from publishing.printing.printer import print_edition
from publishing.printing.snapshot import snapshot
from safety.accounts import roles
from signposting.admin import headings
from signposting.models import HeadingsRelease, LinkHost, ReleaseRequest, Service
from signposting.releases import in_force

from ..signposting.keepers import filled_in, seen
from .next_print import everything_comes_off

ADMIN = "/admin/signposting/"
SERVICES = [
    "national-stalking-helpline",
    "galop",
    "crimestoppers",
    "notts-womens-aid",
    "ask-for-ani",
]
PEOPLE = {
    "alice": [roles.KEEPERS],
    "bob": [roles.KEEPERS],
    "eve": [roles.EDITORS],
    "max": [roles.MANAGERS, roles.KEEPERS],
}
NUMBERS = ["0808 802 0399", "0800 111 2222", "07624 123456", "0808\u200b802 0300", "0115 947 6490"]
ADDRESSES = ["https://example.org/form", "help@example.org", "https://wa.me/447700900123"]
WORDS = ["Zebra.", "Zebra: call 0800 111 2222.", "Zebra https://evil.example", "", "en cy"]
PROSE = [
    "<p>Zebra, with [[crimestoppers]].</p>",
    "<p>Text HELP to 85258.</p>",
    "<p>Ring 0808 802 0399, or oh eight hundred, one one one, two two two four.</p>",
    '<p><a href="https://evil.example/">National Stalking Helpline website</a></p>',
    '<p><a href="mailto:help@example.org">Write to us</a></p>',
    '<p><a href="https://www.agreed.example/">Read more</a></p>',
]
HOST = "www.agreed.example"
FIRST = "Try these first"
FIELDS = ["name", "what", "who", "caution", "access", "doubt", "languages"]
PAGE = "/advice/staying-safe/"
LINK = re.compile(r'href="((?:tel:|mailto:|https:)[^"]+)"')

who = st.sampled_from(sorted(PEOPLE))
slug = st.sampled_from(SERVICES)
steps = st.one_of(
    st.tuples(st.just("save"), who, slug, st.sampled_from(FIELDS), st.sampled_from(WORDS)),
    st.tuples(st.just("website"), who, slug, st.sampled_from(ADDRESSES)),
    st.tuples(st.just("kind"), who, slug, st.sampled_from(["text", "web", "voice", "in-person"])),
    st.tuples(st.just("ask"), who, slug, st.sampled_from(NUMBERS), st.sampled_from(ADDRESSES)),
    st.tuples(st.just("ask"), who, slug, st.just(""), st.just("")),
    st.tuples(st.just("agree"), who, slug, st.booleans()),
    st.tuples(st.just("agree"), who, slug, st.just(True)),
    st.tuples(st.just("take_off"), who, slug),
    st.tuples(st.just("less"), who, slug),
    st.tuples(st.just("check"), who, slug, st.sampled_from(["read", "confirmed"])),
    st.tuples(st.just("publish"), who, slug, st.sampled_from(PROSE)),
    st.tuples(st.just("host"), who, slug),
    st.tuples(st.just("group"), who, slug),
)


# An order of work in which something does reach readers, and comes back after a take-off.
TWO_PEOPLE = [
    ("save", "alice", "galop", "what", "Zebra."),
    ("ask", "alice", "galop", NUMBERS[0], ""),
    ("agree", "alice", "galop", True),
    ("agree", "eve", "galop", True),
    ("agree", "max", "galop", True),
    ("agree", "bob", "galop", True),
    ("take_off", "alice", "galop"),
    ("ask", "bob", "galop", NUMBERS[0], ""),
    ("agree", "bob", "galop", True),
    ("agree", "alice", "galop", True),
]


# A link that two keepers agreed may stand in a page that one editor publishes, and no other.
LINKS = [
    ("publish", "eve", "galop", PROSE[5]),
    ("host", "alice", "galop"),
    ("host", "alice", "galop"),
    ("publish", "eve", "galop", PROSE[5]),
    ("host", "max", "galop"),
    ("host", "bob", "galop"),
    ("publish", "alice", "galop", PROSE[5]),
    ("publish", "eve", "galop", PROSE[3]),
    ("publish", "eve", "galop", PROSE[5]),
]


# What a group of the help page is called, and which stands first, takes two as well.
GROUPS = [("group", name, "galop") for name in ("alice", "eve", "alice", "max", "bob")]


class Office:
    agreed = 0
    linked = 0
    grouped = 0
    off = set()

    def __init__(self):
        self.reader, self.browsers = Client(), {}
        for name, groups in PEOPLE.items():
            users, staff = get_user_model().objects, {"is_staff": True}
            user, _ = users.update_or_create(username=name, defaults=staff)
            user.groups.set(Group.objects.filter(name__in=groups))
            self.browsers[name] = Client(raise_request_exception=False)
            # One for all: each looks at every static file as it is made.
            self.browsers[name].handler = self.reader.handler
            self.browsers[name].force_login(user)
        self.known = self.links()

    def links(self):
        """Return every link out of the site that readers have of the register, as in a print."""
        with snapshot():
            pages = ["/help/", "/help/who-to-contact/", "/sheet/", PAGE]
            public = in_force()
            pages += [f"/help/{slug}/" for slug in SERVICES if slug in public]
            html = "".join(map(self.read, pages))
        return {*LINK.findall(html), *(each.organisation.website for each in public.values())}

    def read(self, path):
        return self.reader.get(path).content.decode()

    def post(self, name, path, data):
        # A Client raises what a view raises: nothing here may answer 500.
        answer = self.browsers[name].post(ADMIN + path, data)
        assert answer.status_code < 500, path
        return answer

    def form(self, name, path):
        page = self.browsers[name].get(ADMIN + path)
        if page.status_code != 200 or "adminform" not in (page.context or {}):
            return None
        data = filled_in(page.context["adminform"].form)
        for inline in page.context["inline_admin_formsets"]:
            for form in [inline.formset.management_form, *inline.formset.forms]:
                data |= filled_in(form)
        return data

    def change(self, name, path, changes):
        data = self.form(name, path)
        if data is not None:
            self.post(name, path, data | changes)

    def save(self, name, service, field, words):
        self.change(name, f"service/{service.pk}/change/", {field: words})

    def website(self, name, service, address):
        self.change(name, f"organisation/{service.organisation_id}/change/", {"website": address})

    def kind(self, name, service, kind):
        if route := service.routes.first():
            self.change(name, f"route/{route.pk}/change/", {"kind": kind})

    def ask(self, name, service, number, address):
        data = {"reason": "Their own page.", "shown": "yes", "seen": seen(service)}
        for route in service.routes.all():
            data[f"route_{route.key}"] = number if route.reached_by == "number" else address
        self.post(name, f"service/{service.pk}/ask/", data)

    def agree(self, name, service, is_right):
        request = ReleaseRequest.objects.waiting().filter(service=service).first()
        if request is None:
            return
        asked = request.content
        typed = {f"type_{r['key']}": r["dial"] or r["address"] for r in asked["routes"]}
        typed["type_organisation"] = asked["organisation"]["website"]
        if not is_right:
            typed = dict.fromkeys(typed, "0800 111 2223")
        self.post(name, f"service/agree/{request.pk}/", {**typed, "agree": "yes"})
        request.refresh_from_db()
        if request.agreed_at:
            Office.agreed += 1
            # Right by itself: two keepers, neither of whom looks after accounts.
            assert {request.asked_by.username, request.agreed_by.username} == {"alice", "bob"}
            for route in asked["routes"]:
                value = route["dial"] or route["address"]
                self.known |= {f"tel:{value}", f"mailto:{value}", value}
            self.known.add(asked["organisation"]["website"])
            self.known |= {"Zebra"} if "Zebra" in str(asked) else set()

    def take_off(self, name, service):
        data = {"because": "It rang out.", "what": "", "alternative": self.other(service).pk}
        return self.post(name, f"service/{service.pk}/take-off/", data)

    def other(self, service):
        return Service.objects.get(slug="juno" if service.slug != "juno" else "galop")

    def less(self, name, service):
        data = {"reason": "A reader.", "doubt": "We could not reach this service when we checked."}
        self.post(name, f"service/{service.pk}/less/", data | {"closed_because": "Bank holiday"})

    def check(self, name, service, how):
        page = self.browsers[name].get(f"{ADMIN}service/{service.pk}/check/")
        if page.status_code == 200:
            data = {**filled_in(page.context["form"]), "how": how, "outcome": "right"}
            data |= {key: "yes" for key in data if key.startswith("hours_")}
            self.post(name, f"service/{service.pk}/check/", data)

    def publish(self, name, service, words):
        """Write into a page, and press the button that publishes it."""
        page = Page.objects.get(slug="staying-safe")
        path = f"/admin/awareness/page/{page.pk}/change/"
        screen = self.browsers[name].get(path)
        if screen.status_code != 200:
            return
        data = filled_in(screen.context["adminform"].form) | {"seen": screen.context["seen"]}
        for inline in screen.context["inline_admin_formsets"]:
            for form in [inline.formset.management_form, *inline.formset.initial_forms]:
                data |= filled_in(form)
        data |= {"awareness_text_set-0-html": words, "_publish": "1"}
        answer = self.browsers[name].post(path, data)
        assert answer.status_code < 500
        Office.linked += HOST in self.read(PAGE)

    def host(self, name, service):
        """Ask for a site to link to; or type again the one that somebody asked for."""
        row = LinkHost.objects.filter(address=HOST, taken_off_at=None).first()
        if row is None:
            self.post(name, "linkhost/add/", {"address": HOST})
            return
        self.post(name, f"linkhost/{row.pk}/change/", {"again": HOST})
        row.refresh_from_db()
        if row.agreed_at:
            assert {row.asked_by.username, row.agreed_by.username} == {"alice", "bob"}
            self.known.add(f"https://{HOST}/")

    def group(self, name, service):
        """Put another group first, or agree what somebody asked for of the groups."""
        asked = HeadingsRelease.objects.waiting().first()
        if asked:
            self.post(name, f"headingsrelease/{asked.pk}/change/", {})
            asked.refresh_from_db()
            if asked.agreed_at:
                Office.grouped += 1
                assert {asked.asked_by.username, asked.agreed_by.username} == {"alice", "bob"}
                self.known.add(FIRST)
            return
        for number, words in ((5, {"role": ""}), (8, {"role": "first", "name": FIRST})):
            self.change(name, f"need/{number}/change/", {"heading": FIRST, **words})
        data = {"reason": "We talked about it.", "seen": headings.seen()}
        self.post(name, "headingsrelease/add/", data)

    def nobody_was_led_astray(self):
        links = self.links()
        assert links <= self.known, links - self.known
        for words in {"Zebra", FIRST} - self.known:
            assert words not in self.read("/help/")

    def one_person_takes_all_of_it_off(self):
        Office.off |= everything_comes_off(self, set(SERVICES))


# Nothing is collected here; a name that Django's own client gives is known.
PLAIN = {
    "ALLOWED_HOSTS": ["*"],
    "STATIC_ROOT": django_settings.BASE_DIR / "static",
    "STORAGES": {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


@override_settings(**PLAIN)
def random_people_in_any_order():
    setup_test_environment()
    try:
        work_at_random(int(os.environ.get("RANDOM_PEOPLE", "2")))
    finally:
        teardown_test_environment()


def work_at_random(examples):
    # With an edition there is something that a bad release would hold up.
    result = print_edition()
    assert result.number, result.problems

    # A print takes a while: in the test run the end of every third order of work has one.
    at_each_state = "RANDOM_EVERY" in os.environ
    orders = count()

    @seed(int(os.environ.get("RANDOM_SEED", "1")))
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(steps, min_size=3, max_size=6))
    @example(TWO_PEOPLE)
    @example(LINKS)
    @example(GROUPS)
    def work(done):
        with transaction.atomic():
            if connection.vendor == "postgresql":
                # A print has limits of its own, but not within a transaction around all of it; and
                # it checks for a while without a question. A busy machine is no fault.
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL statement_timeout = 0")
                    cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            office = Office()
            for step, name, slug, *rest in done:
                service = Service.objects.get(slug=slug)
                getattr(office, step)(name, service, *rest)
                office.nobody_was_led_astray()
                if at_each_state:
                    office.one_person_takes_all_of_it_off()
            if not at_each_state and next(orders) % 3 == 0:
                office.one_person_takes_all_of_it_off()
            transaction.set_rollback(True)

    work()
    assert Office.agreed >= 2, "nothing that was asked for reached readers"
    assert Office.grouped, "no group that two keepers agreed reached readers"
    assert Office.linked, "no link that two keepers agreed reached readers"
    assert f"{NUMBERS[0]}".replace(" ", "") in Office.off, "nothing agreed was taken off"
