from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that holds up an edition, told to an editor.

    `page` is the page's name or address, `block` the heading it stands under, `words`
    the words that are wrong and `mend` what to do.
    """

    page: str
    words: str
    mend: str
    block: str = ""

    def __str__(self):
        where = f"{self.page}, under “{self.block}”" if self.block else self.page
        return f"{where}: {self.words} {self.mend}"

    as_dict = asdict


class CannotPrint(Exception):
    """Raised by a view that cannot make its page from what editors wrote.

    `words` and `mend` are sentences for an editor, as in Problem.
    """

    def __init__(self, words, mend=""):
        super().__init__(f"{words} {mend}".strip())
        self.words = words
        self.mend = mend
