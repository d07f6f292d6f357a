"""Somebody at the newsroom's screens, who finds everything by the words that stand on them."""

from playwright.sync_api import expect

# Puts something into the clipboard, as another program does.
COPY = """html => navigator.clipboard.write([
  new ClipboardItem({"text/html": new Blob([html], {type: "text/html"})})
])"""

# Whether the cursor is in an element, and no words of it follow.
AT_THE_END = """(element) => {
  const { focusNode, focusOffset } = getSelection(), rest = document.createRange()
  if (!element.contains(focusNode)) return false
  rest.selectNodeContents(element)
  rest.setStart(focusNode, focusOffset)
  return rest.toString().trim() === ""
}"""


class Officer:
    """Clicks and fills in; counts both, from the log-in on, and remembers what they were.

    A field is one that was typed into, pasted into, chosen in, or given a file.
    """

    def __init__(self, page):
        self.page = page
        self.clicks, self.fields = [], []

    def click(self, role, name, within=None):
        (within or self.page).get_by_role(role, name=name, exact=True).first.click()
        self.clicks.append(name)

    def go_back(self):
        self.page.go_back()
        self.clicks.append("the browser's way back")

    def put_cursor(self, words, within):
        """Click on the last line of a paragraph, and go to its end.

        Once more where another line came, as of a font, after its height was measured.
        """
        paragraph = within.get_by_text(words).last
        paragraph.scroll_into_view_if_needed()
        is_at_end = False
        while not is_at_end:
            paragraph.click(position={"x": 4, "y": paragraph.bounding_box()["height"] - 6})
            self.page.keyboard.press("End")
            is_at_end = paragraph.evaluate(AT_THE_END)
        self.clicks.append(words)

    def tick(self, label, within):
        within.get_by_label(label).check()
        self.clicks.append(label)

    def fill(self, label, words, within=None):
        (within or self.page).get_by_label(label).fill(words)
        self.fields.append(label)

    def type(self, words):
        self.page.keyboard.type(words)
        self.fields.append(words)

    def paste(self, html, see):
        """Paste what another program copied, and wait for words of it."""
        # The browser looks at styles of other programs here, and the policy refuses each.
        with self.page.context.ear.shut():
            self.page.evaluate(COPY, html)
            self.page.keyboard.press("Control+v")
            expect(self.page.get_by_text(see).first).to_be_visible()
        self.fields.append("what was pasted")

    def choose(self, label, value, within):
        within.get_by_label(label).select_option(value)
        self.fields.append(label)

    def choose_file(self, label, path, within):
        within.get_by_label(label).set_input_files(path)
        self.fields.append(label)

    def is_told(self, words):
        expect(self.page.locator("main")).to_contain_text(words)

    def counted(self):
        """Return both as a table, for whoever reads the test run."""
        lines = [f"{len(self.clicks)} clicks, {len(self.fields)} fields"]
        lines += [f"  click {n}: {what}" for n, what in enumerate(self.clicks, 1)]
        lines += [f"  field {n}: {what}" for n, what in enumerate(self.fields, 1)]
        return "\n".join(lines)
