"""From newsroom to reader: the edition, its gate and the front door.

Rooms use two things: register() in publishing.rooms, and changed().
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
    """Print what is wanted now, for a request of staff; see publishing.schedule.print_now()."""
    from .schedule import print_now

    return print_now(wait)
