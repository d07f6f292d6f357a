"""How a reader likes to read: the whole closed set of choices, and the cookie for them."""

from dataclasses import dataclass
from itertools import product

# Values and their words; the first of each is what a page has by itself.
TEXT = {"1": "Standard", "2": "Larger", "3": "Largest"}
COLOURS = {"device": "The same as my device", "light": "Light", "dark": "Dark"}
BETA = {"shown": "Show it", "hidden": "Hide it"}


@dataclass(frozen=True)
class Preferences:
    text: str = "1"
    colours: str = "device"
    beta: str = "shown"

    @property
    def value(self):
        """The value of the cookie, such as "2-dark-hidden"."""
        return f"{self.text}-{self.colours}-{self.beta}"

    @property
    def attributes(self):
        """What <html> carries for it: nothing for what a page has by itself."""
        found = b""
        if self.text != "1":
            found += b' data-text="%s"' % self.text.encode()
        if self.colours != "device":
            found += b' data-colours="%s"' % self.colours.encode()
        if self.beta == "hidden":
            found += b' data-beta="hidden"'
        return found


DEFAULT = Preferences()
ALL = [Preferences(*values) for values in product(TEXT, COLOURS, BETA)]
BY_VALUE = {each.value.encode(): each for each in ALL}
