"""The way out is always on screen, large enough, and nothing ever covers it."""

import re

import pytest

from cookies import registry
from cookies.state import CONSENT_VALUES

from .pages import ERRORS, fetch

pytestmark = pytest.mark.browser

# Screens at 100, 200 and 400%, in CSS pixels: zoom divides both sides. And both sides of each
# width at which the layout changes.
SIZES = [
    (width // zoom, height // zoom)
    for width, height in ((320, 568), (768, 1024), (1280, 900))
    for zoom in (1, 2, 4)
] + [(767, 1024), (1023, 768), (1024, 768)]
# The narrowest and the widest, as they are and at 400%.
EXTREMES = [(320, 568), (80, 142), (768, 1024), (320, 225), (1280, 900)]

# At the top, the middle and the end, with everything unfolded: what lies under the middle
# of the button, and how large the button is.
LOOK = """() => {
  document.querySelectorAll("details").forEach((found) => { found.open = true; });
  document.querySelectorAll("[data-problem]").forEach((found) => { found.hidden = false; });
  const exit = document.querySelector(".exit");
  return [0, 0.5, 1].map((part) => {
    scrollTo({ top: part * document.documentElement.scrollHeight, behavior: "instant" });
    const box = exit.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const its = exit.contains(document.elementFromPoint(x, y));
    const whole = box.left >= 0 && box.top >= 0
      && box.right <= innerWidth && box.bottom <= innerHeight;
    const { width, height } = box;
    return { clear: its && whole && width >= 44 && height >= 44, its, whole, width, height };
  });
}"""


def assert_the_button_is_clear(page, sizes=SIZES):
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        for place, found in zip(("top", "middle", "end"), page.evaluate(LOOK), strict=True):
            assert found["clear"], f"{page.url} at {width}x{height}, {place}: {found}"


def test_at_every_size(page, different):
    assert len(different) > 10
    for address in different:
        page.goto(address)
        assert_the_button_is_clear(page)


def states():
    """Return name -> the headers and the query with which a reader in that state asks."""
    found = {
        "ask": ({}, ""),
        "ask, not saved": ({}, "?cookies=error"),
        "gpc": ({"Sec-GPC": "1"}, ""),
    }
    for groups in CONSENT_VALUES.values():
        cookie = f"{registry.CONSENT.name}={registry.consent_value(groups)}"
        for flag in ("", "saved"):
            name = f"{' and '.join(groups) or 'nothing'} {flag}"
            found[name] = ({"Cookie": cookie}, f"?cookies={flag}")
    for look in ("3-device-shown", "3-dark-hidden"):
        # With these preferences agreed to, from the last state of all groups.
        with_look = f"{cookie}; {registry.PREFERENCES_COOKIE.name}={look}"
        found[look] = ({"Cookie": with_look}, "?cookies=saved")
    return found


# Put a page's own elements into the tab, which has the style sheets of that page.
PUT = """(html) => {
  const found = new DOMParser().parseFromString(html, "text/html").documentElement;
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
  for (const { name, value } of found.attributes) root.setAttribute(name, value);
  document.body.replaceWith(found.querySelector("body"));
}"""
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


def test_on_every_page_in_every_state(page, site, addresses, different):
    """Every page as it is first met; and each answer for any other state of those that differ."""
    answers = {}
    for name, (headers, query) in states().items():
        for address in [*addresses, *ERRORS] if name == "ask" else different:
            html = fetch(f"{site}{address}{query}", headers)
            answers.setdefault(html, (address, name))
    assert len(answers) > len(addresses) + 4 * len(different), "states differ"
    by_style = {}
    for html, where in answers.items():
        by_style.setdefault(tuple(STYLE.findall(html)), []).append((html, where))
    look = f"""(pages) => {{
      const put = {PUT}, look = {LOOK};
      return pages.map((html) => {{ put(html); return look(); }});
    }}"""
    for alike in by_style.values():
        page.goto(alike[0][1][0])
        for size in EXTREMES:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            found = page.evaluate(look, [html for html, _ in alike])
            for parts, (_, where) in zip(found, alike, strict=True):
                assert all(part["clear"] for part in parts), f"{where} at {size}: {parts}"


def test_in_the_states_that_a_reader_clicks_through(new_context):
    page = new_context().new_page()
    for choice in ("accept", "reject"):
        page.context.clear_cookies()
        page.goto("/help/")
        page.click(f"button[value={choice}]")
        page.get_by_text("have been saved").wait_for()
        assert page.context.cookies(), "the choice was kept, and its message shows"
        assert_the_button_is_clear(page)


def test_something_over_the_button_would_be_seen(page):
    page.goto("/help/")
    page.evaluate(
        """() => {
          const over = document.createElement("div");
          Object.assign(over.style, {position: "fixed", inset: 0, zIndex: 99});
          document.body.append(over);
        }"""
    )
    assert not any(found["clear"] for found in page.evaluate(LOOK))


# What has the focus, and whether the exit hides all of it or something hides the exit.
FOCUS = """() => {
  const exit = document.querySelector(".exit"), found = document.activeElement;
  const out = exit.getBoundingClientRect(), box = found.getBoundingClientRect();
  const under = found !== exit && box.left >= out.left && box.right <= out.right
    && box.top >= out.top && box.bottom <= out.bottom;
  const x = out.x + out.width / 2, y = out.y + out.height / 2;
  return {
    name: found.outerHTML.slice(0, 80),
    body: found === document.body,
    clear: !under && exit.contains(document.elementFromPoint(x, y)),
  };
}"""


@pytest.mark.parametrize("size", [(320, 568), (320, 225), (768, 1024), (1280, 900)])
def test_what_has_the_focus_is_never_under_it(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/help/")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    steps = 0
    while True:
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found["body"]:
            break
        steps += 1
        assert found["clear"], f"{found['name']} at {size}"
    assert steps > 10


def test_it_is_not_printed(page):
    page.goto("/help/")
    page.emulate_media(media="print")
    assert not page.is_visible(".exit")


def test_without_a_keyboard_the_keys_are_not_taught(new_context):
    keys = ".exit-note__keys"
    desktop = new_context().new_page()
    desktop.goto("/")
    assert desktop.is_visible(keys)
    for options in ({"has_touch": True, "is_mobile": True}, {"java_script_enabled": False}):
        page = new_context(**options).new_page()
        page.goto("/")
        assert not page.is_visible(keys)
