"""The kinds of page. A kind says here all that its addresses, its list and the edition need.

Its pages are shown with `awareness/<kind>.html` where there is one, else `awareness/page.html`;
its list with the template that is called as the list's name.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models


def in_menu(pages):
    return [page for page in pages if page.menu]


def newest_first(pages):
    return sorted(pages, key=lambda page: page.first_day, reverse=True)


@dataclass(frozen=True)
class Place:
    """Where the pages of a kind are: in a folder that is their list, or at settled addresses.

    `folder` is the first part of their addresses and `list_name` the URL name of their list;
    `listed` takes the kind's pages, by position and title, and returns those to list in order.
    `slugs` are the only addresses there can be, each in no folder.
    """

    folder: str = ""
    list_name: str = ""
    listed: Callable = in_menu
    slugs: tuple = ()


class Kind(models.TextChoices):
    CAMPAIGN = "campaign", Place("campaigns", "campaigns", newest_first), "Campaign"
    SIGNS = "signs", Place(slugs=("signs",)), "Signs of stalking"
    ADVICE = "advice", Place("advice", "advice-list"), "Advice"
    SITE = (
        "site",
        Place(slugs=("home", "about", "privacy", "accessibility", "security")),
        "About this site",
    )

    def __new__(cls, value, place):
        kind = str.__new__(cls, value)
        kind._value_, kind.place = value, place
        return kind
