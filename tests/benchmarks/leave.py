"""How long after a press on the exit the screen is blank, on a slow phone.

    python -m tests.benchmarks.leave [times]

Starts a site of its own, opens its longest pages in a phone-sized Chromium slowed to a
sixth, presses the exit and takes the time from the press to the first frame that shows
nothing. Prints the figures in milliseconds.
"""

import shutil
import socket
import statistics
import sys
import tempfile

from playwright.sync_api import sync_playwright

from tests.server import Server

SLOWER = 6
PAGES = ("/", "/help/", "/advice/safer-browsing/")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

# The time of the press is when the browser received it, not when the script ran. What is
# true when the frame after the next begins has been on the screen in the one before.
WATCH = """() => addEventListener("click", (event) => {
  requestAnimationFrame(() => requestAnimationFrame(() => {
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


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    # A neutral site that never answers: what was left stays on the screen meanwhile.
    silent = socket.create_server(("127.0.0.1", 0))
    neutral = f"http://localhost:{silent.getsockname()[1]}/"
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder, EXIT_URL=neutral)
        try:
            found = sorted(measure(server.start().url, times))
        finally:
            server.close()
            silent.close()
    sys.stdout.write(
        f"exit, phone, processor slowed {SLOWER} times, {times} presses: blank after "
        f"{statistics.median(found):.0f} ms (median), {found[-1]:.0f} ms (longest)\n"
    )


if __name__ == "__main__":
    main()
