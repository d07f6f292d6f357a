"""The neutral site that tests leave to: another host than ours, on this machine."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = b"<!doctype html><title>Weather</title><h1>Sunny</h1>"
# A page that asks for nothing and has a place to type, at /form.
FORM = b"<!doctype html><title>Weather</title><form method=post><textarea></textarea></form>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.server.referrers.append(self.headers.get("Referer"))
        page = FORM if self.path == "/form" else PAGE
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *args):
        pass


class NeutralSite(ThreadingHTTPServer):
    """`url` is its address; `referrers` what each visit said it came from, or None."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        # Our site is at 127.0.0.1: by name this is a site that shares nothing with it.
        self.url = f"http://localhost:{self.server_port}/"
        self.referrers = []
        Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()
