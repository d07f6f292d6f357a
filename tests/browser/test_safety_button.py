"""The way out is always on screen, large enough, and nothing ever covers it."""

import pytest

pytestmark = pytest.mark.browser

# Screens at 100, 200 and 400%, in CSS pixels: zoom divides both sides.
SIZES = [
    (width // zoom, height // zoom)
    for width, height in ((320, 568), (768, 1024), (1280, 900))
    for zoom in (1, 2, 4)
]

# At the top, the middle and the end, with everything unfolded: what lies under the middle
# of the button, and how large the button is.
LOOK = """() => {
  document.querySelectorAll("details").forEach((found) => { found.open = true; });
  const exit = document.querySelector(".exit");
  return [0, 0.5, 1].map((part) => {
    scrollTo({ top: part * document.documentElement.scrollHeight, behavior: "instant" });
    const box = exit.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    return {
      its: exit.contains(document.elementFromPoint(x, y)),
      whole: box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
      width: box.width,
      height: box.height,
    };
  });
}"""


def assert_the_button_is_clear(page, sizes=SIZES):
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        for place, found in zip(("top", "middle", "end"), page.evaluate(LOOK), strict=True):
            where = f"{page.url} at {width}x{height}, {place}: {found}"
            assert found["its"], where
            assert found["whole"], where
            assert found["width"] >= 44, where
            assert found["height"] >= 44, where


def test_on_every_page(page, addresses):
    assert len(addresses) > 10
    for address in [*addresses, "/no-such-page/"]:
        page.goto(address)
        assert_the_button_is_clear(page)


def test_in_every_state_of_the_cookie_message(new_context):
    page = new_context().new_page()
    page.goto("/help/")
    assert_the_button_is_clear(page)
    for choice in ("accept", "reject"):
        page.context.clear_cookies()
        page.goto("/help/")
        page.click(f"button[value={choice}]")
        page.get_by_text("have been saved").wait_for()
        assert page.context.cookies(), "the choice was kept, and its message shows"
        assert_the_button_is_clear(page)
        page.goto("/help/")
        assert_the_button_is_clear(page)
    page = new_context(extra_http_headers={"Sec-GPC": "1"}).new_page()
    page.goto("/help/")
    assert_the_button_is_clear(page)


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
