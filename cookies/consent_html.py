"""The message of each state as HTML: printed with an edition, or made for one answer."""

from functools import cache
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.html import escape, strip_tags

from publishing.splice import ADDRESS_PLACE

from . import preferences, registry
from .state import ASK, GPC, SET, State, address, every_state

# One address of each kind: counted, the two cookie pages, any other.
KINDS = ("/", "/cookies/", "/cookies/reading/", "/privacy/")


def parts():
    """Return every message by name, for the printer. Each has a hole for an address."""
    found = {}
    for state in every_state():
        for path in KINDS:
            name = state.message(path)
            if name not in found:
                found[name] = html(state, path)
    return found


def html(state, path, **answer):
    """Return the message for a page; `answer` is what a refused form adds to its form."""
    template, context = template_and_context(state, path, **answer)
    return render_to_string(f"cookies/{template}.html", {**context, "shown": shown()}).strip()


def message(state, path):
    """Return the message of a page at its own address, as the front door would fill it in."""
    return html(state, path).replace(ADDRESS_PLACE.decode(), escape(address(path, b"")))


def template_and_context(state, path, **answer):
    if path == "/cookies/":
        return "_choices", choices(state, **answer)
    if path == "/cookies/reading/":
        return "_preferences", preferences_form(state, **answer)
    if state.answer == ASK:
        return "_ask", {"problem": state.flag, "lasts": registry.CONSENT.lasts}
    counted = state.message(path).endswith("-counted")
    return "_set", {"saved": state.flag == "saved", "counted": counted}


def choices(state, problem="", chosen=None, open_groups=()):
    """Return what the form of /cookies/ shows.

    `problem` is "error" (could not be saved), "changed" (the list is a newer one), "open"
    (`open_groups` have no answer) or ""; `chosen` is what was ticked, slug to "yes" or "no".
    """
    if chosen is None and state.answer == SET:
        chosen = {slug: "yes" if slug in state.groups else "no" for slug in registry.SLUGS}
    return {
        "rows": [
            (group, (chosen or {}).get(group.slug), group.slug in open_groups)
            for group in registry.OPTIONAL
        ],
        "lasts": registry.CONSENT.lasts,
        "gpc": state.answer == GPC,
        "saved": state.flag == "saved" and not problem,
        "problem": problem or state.flag,
    }


def preferences_form(state, problem="", chosen=None):
    """Return what the form of /cookies/reading/ shows.

    `problem` is "error", "changed", "open", "refused" (they did not agree) or "";
    `chosen` is what was ticked, name to value.
    """
    chosen = chosen or vars(state.preferences)
    agreed = "preferences" in state.groups
    return {
        "questions": [
            ("text", "Text size", preferences.TEXT, chosen.get("text")),
            ("colours", "Colours", preferences.COLOURS, chosen.get("colours")),
            ("beta", "The notice that this site is a beta", preferences.BETA, chosen.get("beta")),
        ],
        "cookie": registry.PREFERENCES_COOKIE,
        "agreed": agreed,
        "saved": state.flag == "saved" and not problem,
        "problem": problem or state.flag,
    }


@cache
def what_is_asked():
    """Return, name to text, every word that a reader is shown before agreeing."""
    asked = {path: template_and_context(State(ASK), path) for path in KINDS[1:]}
    asked["table"] = ("_table", {"groups": registry.GROUPS})
    return {
        name: text_of(render_to_string(f"cookies/{template}.html", context))
        for name, (template, context) in asked.items()
    }


def text_of(markup):
    """Return the words alone: a change of markup is not a change of what was agreed to."""
    return " ".join(strip_tags(markup).replace("__Host-", "").split())


@cache
def shown():
    """Return the digest of what is asked, which forms carry and an agreement must bring back."""
    words = "\n".join(f"{name}: {text}" for name, text in what_is_asked().items())
    return sha256(words.encode()).hexdigest()[:16]
