"""The states of a reader that staff can look at a page in, each with a name and in words."""

from . import preferences, registry
from .state import ASK, GPC, STATES

LARGEST = preferences.Preferences(text="3").attributes


def every():
    """Yield name, words and `State` of each: not those that only follow a form."""
    for (answer, groups, way, flag), state in STATES.items():
        if way == preferences.DEFAULT and not flag:
            yield state.choice, words(answer, groups), state


def words(answer, groups):
    if answer == ASK:
        return "has not chosen cookies yet"
    if answer == GPC:
        return "has a browser that says no (GPC)"
    names = [group.name for group in registry.OPTIONAL if group.slug in groups]
    return f"said yes to: {', '.join(names)}" if names else "said no to every cookie"


BY_NAME = {name: state for name, _, state in every()}
CHOICES = [(name, said) for name, said, _ in every()]
