"""An editor with a browser, and a site with a thousand pages."""

import re

import requests

MANY = """
from awareness import editing
from awareness.models import Kind, Page
from django.db import transaction
model = editing.last_words(Page.objects.get(slug="staying-safe"))
with transaction.atomic():
    for number in range({count}):
        page = Page.objects.create(kind=Kind.ADVICE, slug=f"page-{{number}}", title=f"Page {{number}}",
            summary="One of many.")
        editing.restore(page, model)
        Page.objects.filter(pk=page.pk).update(slug=f"page-{{number}}", title=f"Page {{number}}")
        page.refresh_from_db()
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
        self.post("/admin/login/", username="editor", password=server.logins["editor"])
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
