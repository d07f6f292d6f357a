"""From newsroom to reader: the edition, its gate and the front door.

Apps use two things: register() in publishing.sources, and changed().
"""


def changed():
    """Say that readers should see something new: print an edition once this is committed.

    Call it wherever a change that shows is saved. Nothing is printed if the transaction
    is rolled back.
    """
    # Models cannot be imported while Django is still loading its apps.
    from django.db import transaction

    from .models import Wanted

    transaction.on_commit(Wanted.raise_number)


def print_now(wait=2):
    """Print what readers should see, after a change was committed, and wait so many seconds.

    Returns a printer.Result: `number` of the edition that is now served, or None with the
    `problems` that hold it up (each reads as a sentence), or with the `pinned` number of
    the older edition that somebody went back to. Returns None while it is being printed.
    """
    from .printing.schedule import print_now

    return print_now(wait)
