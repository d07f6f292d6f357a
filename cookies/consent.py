"""What a reader's choice comes to: what is on from now on, what is written down and deleted."""

import logging
from dataclasses import dataclass

from cookie_consent.models import CookieGroup
from django.db import Error as DatabaseProblem
from django.utils import timezone

from . import consent_html, registry
from .models import DailyAnswers
from .state import SET

logger = logging.getLogger(__name__)

YES, NO = "yes", "no"


class OutOfStepError(Exception):
    """The database's groups are not the registry's: nobody can agree until they are."""


@dataclass(frozen=True)
class Decision:
    """`answered` is whether the reader has now chosen, `groups` the optional groups that are on.

    `problem` is "" when the choice stands, "changed" when another list was shown, "error"
    when an agreement could not be recorded. Then nothing was turned on.
    """

    answered: bool
    groups: tuple[str, ...]
    problem: str = ""


def wanted(post):
    """Return what a posted form says, group to YES or NO; a group without an answer is left out.

    `choice` is the answer to all of them. What is said in two ways, or is neither, is no
    answer.
    """
    choices = set(post.getlist("choice"))
    said = {slug: set(post.getlist(slug)) for slug in registry.SLUGS}
    if choices in ({"accept"}, {"reject"}) and not any(said.values()):
        return dict.fromkeys(registry.SLUGS, YES if choices == {"accept"} else NO)
    if choices:
        return {}
    return {slug: answer.pop() for slug, answer in said.items() if answer in ({YES}, {NO})}


def decide(before, groups, shown, moment):
    """Return the `Decision` when a reader in state `before` wants these groups on.

    Agreement counts only for what was shown (`shown` is the digest that came back) and only
    once it is recorded. Refusal always counts, also when nothing can be recorded.
    """
    groups = set(groups)
    agreed = groups - set(before.groups)
    problem = ""
    if agreed and shown != consent_html.shown():
        problem = "changed"
    elif before.answer != SET or groups != set(before.groups):
        try:
            record(groups, agreed, timezone.localdate(moment))
        except (DatabaseProblem, OutOfStepError):
            logger.warning("An answer about cookies could not be recorded.")
            problem = "error" if agreed else ""
    if problem:
        return Decision(before.answer == SET, in_order(groups - agreed), problem)
    return Decision(True, in_order(groups))


def in_order(groups):
    return tuple(slug for slug in registry.SLUGS if slug in groups)


def record(groups, agreed, day):
    """Add one to the day's sum for this answer. Raises Django's database errors."""
    if agreed:
        rows = CookieGroup.objects.filter(varname__in=agreed).prefetch_related("cookie_set")
        versions = {row.varname: row.get_version() for row in rows}
        if versions != dict.fromkeys(agreed, registry.SINCE.isoformat()):
            raise OutOfStepError
    choice = " and ".join(in_order(groups)) or "none"
    DailyAnswers.objects.add({"day": day, "policy": registry.POLICY, "choice": choice}, count=1)


def write(response, decision, sent):
    """Put a decision on a response: the consent cookie, and deletions.

    `sent` holds the names of the cookies that the browser has; of those, the cookies of
    every group that is not on are deleted.
    """
    if decision.answered:
        registry.CONSENT.set(response, registry.consent_value(decision.groups))
    for group in registry.OPTIONAL:
        for cookie in group.cookies:
            if group.slug not in decision.groups and cookie.name in sent:
                cookie.delete(response)
    return response
