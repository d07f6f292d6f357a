"""Which addresses are ours to send a reader back to, and which are counted."""

import re

from django.urls import Resolver404, resolve

from publishing.addresses import AddressKind, kind_of

COOKIE_PAGES = ("/cookies/", "/cookies/reading/")
# Where choices are sent.
FORMS = ("/cookies/save/", "/cookies/reading/")
# Answers to a form or a script, which have no page of their own.
NOT_PAGES = ("/cookies/save/", "/cookies/count/")
# Letters, digits, hyphens: nothing that needs escaping, nothing that names another host.
SHAPE = re.compile(r"/(?:[A-Za-z0-9_-]+/)*", re.ASCII)

# A page is counted only if it stands here: the others may show that somebody is afraid.
COUNTED = re.compile(r"/|/signs/|/help/|/campaigns/(?:[A-Za-z0-9_-]+/)?", re.ASCII)


def is_own(path):
    """Return whether this is the address of a page of ours. It asks nothing of the database."""
    if len(path) > 300 or not SHAPE.fullmatch(path) or path in NOT_PAGES:
        return False
    if kind_of(path) is not AddressKind.PAGE:
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def is_counted(path):
    """Return whether reading this page may be counted, for those who agreed."""
    return COUNTED.fullmatch(path) is not None
