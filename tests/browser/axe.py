"""What axe says of a page: WCAG 2.2 AA in its words, and how a page is built."""

from axe_playwright_python.base import AXE_SCRIPT

AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "cat.structure"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
EVERY_RULE = {}

# None of these rules asks for the style sheets once more.
RUN = """options => axe.run({...options, preload: false, resultTypes: ["violations"]})
  .then(({ violations }) => violations)"""


def violations(page, options=AA):
    """Return what is broken on a page as it stands, a sentence for each element.

    Axe is half a megabyte: a document that has it already is not given it again.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{broken['id']}: {node['target']} {node['failureSummary']}"
        for broken in page.evaluate(RUN, options)
        for node in broken["nodes"]
    ]
