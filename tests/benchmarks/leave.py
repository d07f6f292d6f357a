"""How long after a press on the exit the screen is blank, on a slow phone.

The longest pages, in a phone-sized Chromium slowed to a sixth: from the press to the first
frame that shows nothing. At most 100 ms is the promise.
"""

import shutil
import socket
import statistics

from playwright.sync_api import sync_playwright

from .tools import say, site

SLOWER = 6
PAGES = ("/", "/help/", "/advice/safer-browsing/")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

# The time of the press is when the browser received it, not when the script ran; the first
# task after the next frame's callbacks runs when that frame has been made.
WATCH = """() => addEventListener("click", (event) => {
  requestAnimationFrame(() => setTimeout(() => {
    const blank = getComputedStyle(document.documentElement).opacity === "0"
      && !document.body.innerText.trim();
    console.log(blank ? performance.now() - event.timeStamp : "not blank");
  }));
}, { capture: true })"""


def measure(url, times):
    """Return the milliseconds of each press. Raises ValueError if a page was not blank."""
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for number in range(times):
            context = browser.new_context(**PHONE)
            page = context.new_page()
            page.goto(url + PAGES[number % len(PAGES)])
            page.wait_for_load_state("networkidle")
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.evaluate(WATCH)
            with page.expect_console_message(timeout=10_000) as said:
                page.tap(".exit", no_wait_after=True)
            found.append(float(said.value.text))
            context.close()
        browser.close()
    return found


def run(times=30):
    # A neutral site that never answers: what was left stays on the screen meanwhile.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        neutral = f"http://localhost:{silent.getsockname()[1]}/"
        with site(workers=1, EXIT_URL=neutral) as server:
            found = sorted(measure(server.url, times))
    say(
        f"Exit on a phone, processor slowed {SLOWER} times, {times} presses: blank after "
        f"{statistics.median(found):.0f} ms (median), {found[-1]:.0f} ms (longest)."
    )
