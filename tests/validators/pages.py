"""python -m tests.validators.pages FOLDER: saves what readers get of a site of its own, for validators."""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import requests

from tests.server import PATIENCE, Server

# Beside the addresses of the sitemap.
OTHERS = ["/cookies/", "/feedback/", "/no-such-page/", "/admin/login/"]


def save(folder):
    """Start a site in a folder and put each of its pages, its feed and its sitemap into pages/."""
    pages = folder / "pages"
    pages.mkdir()
    server = Server(folder / "data")
    try:
        server.start()
        sitemap = requests.get(f"{server.url}/sitemap.xml", timeout=PATIENCE).text
        (pages / "sitemap.xml").write_text(sitemap)
        (pages / "feed.xml").write_text(requests.get(f"{server.url}/feed/", timeout=PATIENCE).text)
        paths = [urlsplit(address).path for address in re.findall("<loc>([^<]+)", sitemap)]
        for path in dict.fromkeys([*paths, *OTHERS]):
            html = requests.get(server.url + path, timeout=PATIENCE).text
            (pages / f"{path.strip('/').replace('/', '_') or 'home'}.html").write_text(html)
        print(  # noqa: T201
            f"{len(list(pages.glob('*.html')))} pages, {len(paths)} of them in the sitemap"
        )
    finally:
        server.close()


if __name__ == "__main__":
    save(Path(sys.argv[1]))
