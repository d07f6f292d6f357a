"""The style in the page beside the linked file, over a slow network: what a phone sees, and when.

The same page of the edition, made twice, from one plain server; Chromium slows the network (150 ms
there and back, 1.6 Mbit/s) and itself (four times). A first visit, and the page after it.
"""

import re
import statistics
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from posixpath import join, normpath

import brotli
from playwright.sync_api import sync_playwright

from .tools import say, site

TIMES = 5
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
PAINTS = """() => new Promise(done => new PerformanceObserver(list => done({
  fcp: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  lcp: list.getEntries().at(-1).startTime,
  bytes: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, one) => sum + one.transferSize, 0),
})).observe({type: "largest-contentful-paint", buffered: true}))"""


def in_page(html, folder):
    """Return the page with its style in it, the pictures of the style by their whole addresses."""
    address = LINK.search(html)[1]
    css = (folder / address.lstrip("/")).read_text()

    def whole(match):
        place = match[1]
        return (
            match[0]
            if place.startswith(("/", "data:", "#"))
            else (f'url("{normpath(join(address, "..", place))}")')
        )

    css = re.sub(r"""url\(["']?([^"')]+)["']?\)""", whole, css)
    return LINK.sub(lambda match: f"<style>{css}</style>", html)


def serve(folder):
    """Return a server of an edition's folder; /linked/... and /in-page/... are its pages twice."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            way, _, rest = self.path.lstrip("/").partition("/")
            cache = "no-store"
            if way in ("linked", "in-page"):
                html = (folder / rest / "index.html").read_text()
                body = brotli.compress(
                    (in_page(html, folder) if way == "in-page" else html).encode(), quality=5
                )
                kind = "text/html; charset=utf-8"
            else:
                file = folder / self.path.lstrip("/")
                if not file.is_file():
                    self.send_error(404)
                    return
                packed = file.with_name(file.name + ".br")
                body = (
                    packed.read_bytes() if packed.exists() else brotli.compress(file.read_bytes())
                )
                kind, cache = self.guess_type(str(file)), "public, max-age=31536000, immutable"
            self.send_response(200)
            for name, value in {
                "Content-Type": kind,
                "Content-Encoding": "br",
                "Content-Length": str(len(body)),
                "Cache-Control": cache,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def visit(browser, url, way):
    """Return what was seen on the home page, and on the help page after it."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    seen = []
    for path in ("", "help/"):
        page.goto(f"{url}/{way}/{path}", wait_until="load")
        seen.append(page.evaluate(PAINTS))
    context.close()
    return seen


def run():
    with site() as made, sync_playwright() as playwright:
        server = serve((made.data_dir / "editions/current").resolve() / "public")
        url = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        found = {"linked": [], "in-page": []}
        for _ in range(TIMES):
            for way, seen in found.items():
                seen.append(visit(browser, url, way))
        for place, name in enumerate(("first page", "the page after it")):
            for way, seen in found.items():
                median = {
                    what: statistics.median(one[place][what] for one in seen)
                    for what in ("fcp", "lcp", "bytes")
                }
                say(
                    f"{name}, style {way}: first words {median['fcp']:.0f} ms, largest "
                    f"{median['lcp']:.0f} ms, {median['bytes']:.0f} bytes"
                )
        browser.close()
        server.shutdown()
