"""An editor with a browser, and a site with a thousand pages."""

import itertools
import re

import requests

MANY = """
from awareness import editing
from awareness.models import Block, Kind, Page
from django.db import transaction
def named(number):  # a digit would read as a number that nobody agreed
    return "Page " + "".join(chr(ord("a") + int(digit)) for digit in str(number))
model = editing.last_words(Page.objects.get(slug="staying-safe"))
with transaction.atomic():
    for number in range({count}):
        page = Page.objects.create(
            kind=Kind.ADVICE, slug=f"page-{{number}}", title=named(number), summary="One of many."
        )
        for place, words in enumerate(model.blocks, start=1):
            Block.kinds[words["type"]].from_json(words, page, place).save()
        editing.publish(page, "bench")
"""
CLAIM_LESS = """
from django.contrib.auth import get_user_model
from signposting.models import Service
from signposting.releases.alone import DOUBTS, claim_less
service = Service.objects.get(slug="national-stalking-helpline")
keeper = get_user_model().objects.get(username="keeper")
claim_less(service, keeper, "bench", doubt=DOUBTS[0])
"""
# How many prints wait for the one under way, a minute each.
PRINTS = 20
PAGE = "/advice/staying-safe/"
FIND = 'from awareness.models import Page; print(Page.objects.get(slug="staying-safe").pk)'
WRITE = 'from awareness.models import Page; Page.objects.filter(slug="staying-safe").update(summary="{}")'
SUMMARIES = ("How to be safer, today.", "How to be safer, from now on.")


def fill(server, count):
    """Publish so many more pages, each as long as the advice on staying safe."""
    server.manage("shell", "-c", MANY.format(count=count))
    for _ in range(PRINTS):
        try:
            return server.manage("edition", "print")
        except RuntimeError as error:
            # The site prints them by itself: with ten thousand pages it holds the lock for minutes.
            if "Busy" not in str(error):
                raise
    raise RuntimeError(f"{PRINTS} prints waited for another one.")


class Editor:
    """Logged in, at the desk of one page."""

    def __init__(self, server):
        self.server = server
        self.session = requests.Session()
        password = server.logins["editor"]
        self.open("/admin/login/")
        self.press(username="editor", password=password, next="/admin/")
        page = server.manage("shell", "-v0", "-c", FIND).split()[-1]
        self.publishing = f"/admin/awareness/page/{page}/publishing/"
        self.summaries = itertools.cycle(SUMMARIES)
        self.open(self.publishing)

    def open(self, path):
        self.url = self.server.url + path
        form = self.session.get(self.url, timeout=60).text
        self.carried = dict(re.findall(r'name="(csrfmiddlewaretoken|seen)" value="(\w+)"', form))

    def press(self, **fields):
        """Send the form that is open."""
        fields |= self.carried
        headers = {"Referer": self.url}
        self.session.post(self.url, data=fields, headers=headers, timeout=90).raise_for_status()

    def write(self):
        """Have other words in the page's working copy, and its desk open."""
        self.server.manage("shell", "-v0", "-c", WRITE.format(next(self.summaries)))
        self.open(self.publishing)

    def publish(self):
        self.press(action="publish", **{"publish-note": "bench"})
