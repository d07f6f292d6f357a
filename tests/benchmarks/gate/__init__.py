"""How long the gate reads the words that could take it longest: 200,000 characters of each."""

import time

from publishing.gate.contacts import contacts_in

from ...publishing.gate.test_contacts import LONG
from ..tools import say

CHARACTERS = 200_000


def run():
    seen = []
    for part in LONG:
        began = time.process_time()
        contacts_in(part * (CHARACTERS // len(part)))
        seen.append((time.process_time() - began, part))
    for seconds, part in sorted(seen, reverse=True)[:5]:
        say(f"{seconds:6.2f} s of processor time for {CHARACTERS:,} characters of {part!r}")
