"""WCAG 2.2 AA on every page, and what axe cannot see."""

import pytest

from ..axe import AA, CONTRAST, violations
from ..pages import ERRORS, KINDS, a_tab, resize
from ..staff.newsroom import log_in

pytestmark = pytest.mark.browser

# The whole of axe as narrow and as wide as pages come; then, on one page of each kind, contrast
# where width and scheme meet otherwise.
LOOKS = [(320, "light", AA), (1280, "dark", AA)]
MORE_LOOKS = [(1280, "light", CONTRAST), (768, "dark", CONTRAST), (320, "dark", CONTRAST)]


def test_axe_finds_nothing(browser, base_url, different):
    found = []
    with a_tab(browser, base_url, width=320) as page:
        for address in different:
            page.goto(address)
            for width, scheme, rules in LOOKS + MORE_LOOKS * (address in KINDS):
                resize(page, width)
                page.emulate_media(color_scheme=scheme)
                broken = violations(page, rules)
                found += [f"{address} at {width}, {scheme} {each}" for each in broken]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_without_script(browser, base_url, different):
    found = []
    with a_tab(browser, base_url, width=768) as page:
        # axe is a script itself, so the page's own are kept from arriving instead.
        page.route("**/*.js", lambda route: route.abort())
        for address in different:
            page.goto(address)
            found += [f"{address} {each}" for each in violations(page)]
    assert not found, "\n".join(found)


STRUCTURE = """() => {
  const seen = e => e.checkVisibility();
  const all = selector => [...document.querySelectorAll(selector)].filter(seen);
  return {
    title: document.title,
    lang: document.documentElement.lang,
    levels: all("h1, h2, h3, h4, h5, h6").map(e => Number(e.localName[1])),
    banner: all("body > header").length,
    main: all("main").length,
    contentinfo: all("body > footer").length,
    navigations: all("nav").map(e => e.getAttribute("aria-label")),
    card: all("#emergency").length,
    first: document.querySelector("a, button, input, select, textarea, summary").className,
    loose: [...document.body.children]
      .filter(e => seen(e) && !e.matches("header, section, footer, .page, .skip-link"))
      .map(e => e.localName),
  };
}"""


def test_headings_landmarks_and_the_skip_link_are_in_order(browser, base_url, addresses):
    found = []
    with a_tab(browser, base_url, width=320) as page:
        for address in [*addresses, *ERRORS]:
            page.goto(address)
            s = page.evaluate(STRUCTURE)
            levels = s["levels"]
            jumps = [b for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
            facts = {
                "it has a title": bool(s["title"]),
                "it says its language": s["lang"] == "en-GB",
                "it has one h1, which comes first": levels[:1] == [1] and levels.count(1) == 1,
                "its headings do not skip": not jumps,
                "it has one of each landmark": s["banner"] == s["main"] == s["contentinfo"] == 1,
                "its navigations have names of their own": all(s["navigations"])
                and len(set(s["navigations"])) == len(s["navigations"]),
                "it has the emergency card": s["card"] == 1,
                "the skip link comes first": s["first"] == "skip-link",
                "nothing lies outside the landmarks": not s["loose"],
            }
            found += [f"{address} not so: {fact}" for fact, so in facts.items() if not so]
    assert not found, "\n".join(found)


def test_the_first_keys_lead_to_the_words_and_to_the_exit(browser, base_url):
    with a_tab(browser, base_url) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to main content")
        assert skip.evaluate("e => e === document.activeElement")
        assert skip.bounding_box()["y"] >= 0
        page.keyboard.press("Tab")
        assert page.locator(".exit").evaluate("e => e === document.activeElement")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


# Everything that can have focus, each given it in turn: what its ring is, and whether
# the exit lies over the whole of it (WCAG 2.4.7 and 2.4.11).
FOCUS = """() => {
  const exit = document.querySelector(".exit"), faults = [];
  for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (!e.checkVisibility() || e.tabIndex < 0 || e.type === "hidden") continue;
    e.focus();
    const style = getComputedStyle(e), name = `${e.localName}.${e.className} ${e.textContent.trim().slice(0, 30)}`;
    if (style.outlineStyle !== "solid" || parseFloat(style.outlineWidth) < 3) faults.push(`no ring: ${name}`);
    const a = e.getBoundingClientRect(), b = exit.getBoundingClientRect();
    const hidden = a.top >= b.top && a.bottom <= b.bottom && a.left >= b.left && a.right <= b.right;
    if (hidden && e !== exit) faults.push(`under the exit: ${name}`);
    if (e.matches(".call, button, .button, .exit, summary, .menu a, .choice input")) {
      const box = (e.closest(".choice") ?? e).getBoundingClientRect();
      if (box.height < 43.9 || box.width < 43.9) faults.push(`small: ${Math.round(box.width)}x${Math.round(box.height)} ${name}`);
    }
  }
  return faults;
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_focus_shows_and_targets_are_large(browser, base_url, sample, width):
    found = []
    with a_tab(browser, base_url, width=width) as page:
        for address in sample:
            page.goto(address)
            page.keyboard.press("Tab")
            found += [f"{address} {fault}" for fault in page.evaluate(FOCUS)]
    assert not found, "\n".join(found)


def luminance(colour):
    parts = [int(part) / 255 for part in colour.strip("rgb()").split(",")]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_two_colours_of_the_ring_show_on_any_ground(browser, base_url, scheme):
    """9:1 between the two leaves at least 3:1 for one of them on every colour (WCAG C40)."""
    with a_tab(browser, base_url, color_scheme=scheme) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        inner, outer = page.locator(".skip-link").evaluate(
            "e => { const s = getComputedStyle(e);"
            " return [s.outlineColor, s.boxShadow.match(/rgb\\([^)]*\\)/)[0]]; }"
        )
        light, dark = sorted((luminance(inner), luminance(outer)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 9


def test_forced_colours_keep_edges_and_rings(browser, base_url):
    """Backgrounds go, so what is a button or a card must have a line around it."""
    with a_tab(browser, base_url, forced_colors="active") as page:
        page.goto("/")
        for name in (".exit", ".card--danger"):
            edge = page.locator(name).evaluate(
                "e => { const s = getComputedStyle(e);"
                " return [s.borderTopStyle, s.borderTopWidth, s.borderTopColor, s.backgroundColor]; }"
            )
            assert edge[0] == "solid", name
            assert edge[1] != "0px", name
            assert edge[2] != edge[3], name
        page.keyboard.press("Tab")
        assert (
            page.locator(".skip-link").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        )


# What can be pressed and seen, and has no line around it that stands out from its ground. The
# button that logs out is drawn as a link, underlined, among links.
WITHOUT_EDGE = """() => [...document.querySelectorAll(
  ".button, button, .object-tools a, .submit-row a, .plugin-button, input:is([type=submit], [type=button])"
)].filter(e => {
  if (e.closest("#logout-form")) return false;
  const s = getComputedStyle(e);
  const edge = s.borderTopStyle === "solid" && parseFloat(s.borderTopWidth) >= 1;
  return e.checkVisibility({visibilityProperty: true}) && !(edge && s.borderTopColor !== s.backgroundColor);
}).map(e => e.outerHTML.slice(0, 80))"""


def test_forced_colours_keep_the_edges_of_what_is_pressed_in_the_newsroom(browser, server):
    with a_tab(browser, server.url, forced_colors="active") as page:
        page.goto("/admin/")
        assert page.evaluate(WITHOUT_EDGE) == []
        log_in(page, server, "editor")
        pressed = page.locator("a.button, .object-tools a, .submit-row input")
        for path in ("/admin/", "/admin/awareness/page/", "/admin/identity/look/add/"):
            page.goto(path)
            assert pressed.count(), path
            assert page.evaluate(WITHOUT_EDGE) == [], path
        page.goto("/admin/awareness/page/")
        page.get_by_role("link", name="Staying safe").click()
        page.locator(".order-machine-insert-target.last[role=button]").wait_for()
        assert page.evaluate(WITHOUT_EDGE) == []


def test_a_link_does_not_tell_what_was_read(open_profile, tmp_path, base_url):
    """The same link drawn before and after: alike with our style, and not so without it."""
    # Only a profile that remembers marks links at all: a tab of the other tests forgets.
    context = open_profile(tmp_path, base_url=base_url)
    page = context.new_page()
    link = page.locator(".menu a[href='/help/']")

    def drawn(styled):
        page.goto("/")
        page.evaluate("on => { document.styleSheets[0].disabled = !on; }", styled)
        return link.screenshot()

    styled, bare = drawn(True), drawn(False)
    link.click()
    page.wait_for_url("**/help/")
    assert any(drawn(False) != bare for _ in range(20)), "this browser marks what was read"
    assert drawn(True) == styled
    context.close()
