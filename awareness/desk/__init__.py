"""What the newsroom says of pages beyond one form: today, what comes, and in what state they are."""

from . import first_page  # noqa: F401 it registers
