"""A page as it would be, before anybody else has it: made by the very function that prints.

Whoever shows it changes the finished page only here: where its links lead, and a banner.
"""

from html import escape
from html.parser import HTMLParser

from django.urls import Resolver404, resolve

from publishing.printing.dry_run import make_and_look
from publishing.printing.render import Renderer
from publishing.sources import Address

from .models import Release
from .views import CHOSEN


def make(path, moment, chosen=None):
    """Return the printer's Item of an address at an aware moment, or its Problem.

    `chosen` is a release, which need not be saved, that is shown as if it were in force.
    A page that has another address at that moment is shown as it is there.
    """
    if not (chosen and path == chosen.get_absolute_url()):
        path = address_at(path, moment)
    return Renderer(moment, {CHOSEN: chosen}).item(Address(path))


def address_at(path, moment):
    """Return where the page that has an address, or had it or will, stands at an aware moment."""
    try:
        given = resolve(path).kwargs
    except Resolver404:
        return path
    if not given.keys() >= {"kind", "slug"}:
        return path
    here = Release.objects.standing().filter(kind=given["kind"], slug=given["slug"])
    pages = here.order_by().values("page")
    there = Release.objects.public(moment).filter(page__in=pages)
    release = there.filter(slug=given["slug"]).first() or there.first()
    return release.get_absolute_url() if release else path


def make_for_colleague(chosen, moment):
    """Return the Item of a release's page, and the Problems that the gate has with it."""
    return make_and_look(chosen.get_absolute_url(), moment, {CHOSEN: chosen})


class Rewriter(HTMLParser):
    """Copies HTML as it stands but for the start tags that `change` answers differently.

    `change(tag, attributes)` is given a dict and returns it, another one, or None: then the
    element goes, with its end tag. `after` maps a tag to HTML that follows its start tag.
    """

    def __init__(self, change, after):
        super().__init__(convert_charrefs=False)
        self.change, self.after = change, after
        self.made, self.gone = [], []

    def handle_starttag(self, tag, attributes):
        before = dict(attributes)
        now = self.change(tag, dict(before))
        if now is None:
            self.gone.append(tag)
            return
        self.made.append(self.get_starttag_text() if now == before else written(tag, now))
        self.made.append(self.after.get(tag, ""))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if self.gone and self.gone[-1] == tag:
            self.gone.pop()
        else:
            self.made.append(f"</{tag}>")

    def handle_data(self, words):
        self.made.append(words)

    def handle_entityref(self, name):
        self.made.append(f"&{name};")

    def handle_charref(self, name):
        self.made.append(f"&#{name};")

    def handle_comment(self, words):
        self.made.append(f"<!--{words}-->")

    def handle_decl(self, words):
        self.made.append(f"<!{words}>")


def written(tag, attributes):
    shown = (
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{''.join(shown)}>"


def rewritten(html, change, after=None):
    """Return HTML with each start tag as `change` has it; all else stays as it is."""
    rewriter = Rewriter(change, after or {})
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.made)
