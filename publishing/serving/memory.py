"""What a worker remembers of requests, so that it need not be worked out again."""

# Beyond so many it forgets all, and begins again.
MOST = 500
# Bytes of a whole request that is remembered; browsers send half of it.
LONGEST = 2 * 1024


class Memory(dict):
    """Answers by what was sent. Whoever sends something else each time cannot make it grow."""

    def keep(self, sent, answer):
        if len(self) >= MOST:
            self.clear()
        self[sent] = answer
