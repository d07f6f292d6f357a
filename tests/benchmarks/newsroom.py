"""An editor with a browser, and a site with a thousand pages."""

import re

import requests

MANY = """
from awareness import editing
from awareness.models import BLOCKS, Kind, Page
from django.db import transaction
model = editing.last_words(Page.objects.get(slug="staying-safe"))
with transaction.atomic():
    for number in range({count}):
        page = Page.objects.create(
            kind=Kind.ADVICE, slug=f"page-{{number}}", title=f"Page {{number}}", summary="One of many."
        )
        for place, words in enumerate(model.blocks, start=1):
            BLOCKS[words["type"]].thawed(words, page, place).save()
        editing.publish(page, "bench")
"""
PAGE = 'from awareness.models import Page; print(Page.objects.get(slug="staying-safe").pk)'


def fill(server, count):
    """Publish so many more pages, each as long as the advice on staying safe."""
    server.manage("shell", "-c", MANY.format(count=count))
    return server.manage("edition", "print")


class Editor:
    """Logged in, at the desk of one page."""

    def __init__(self, server):
        self.server = server
        self.session = requests.Session()
        password = server.logins["editor"]
        self.post("/admin/login/", username="editor", password=password, next="/admin/")
        self.desk = f"/admin/awareness/page/{server.manage('shell', '-v0', '-c', PAGE).split()[-1]}/publishing/"

    def post(self, path, **fields):
        url = self.server.url + path
        form = self.session.get(url, timeout=60).text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
        answer = self.session.post(
            url, data={"csrfmiddlewaretoken": token, **fields}, headers={"Referer": url}, timeout=90
        )
        answer.raise_for_status()
        return answer

    def publish(self):
        self.post(self.desk, action="publish", **{"publish-note": "bench"})
