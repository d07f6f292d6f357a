"""From newsroom to reader: the edition, the gate, the front door."""


def changed():
    """Say that readers should see a change."""
