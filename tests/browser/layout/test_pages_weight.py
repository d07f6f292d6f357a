"""What a first visit costs, as the real server sends it, and whom it asks."""

from urllib.request import Request, urlopen

import pytest

from ..pages import ERRORS, a_tab

pytestmark = pytest.mark.browser

MOST = 20_000  # bytes of HTML, CSS and script together, as sent with brotli
HOME = 14_600  # the first page alone: one window of TCP
# What is made for a printer, and only linked for partners, asks for a style of its own besides.
PAPERS = ("/poster/", "/poster-a5/", "/strips/")
KINDS_OF_FILE = {"document", "stylesheet", "script", "image", "other"}


def sent(url):
    """Return how many bytes of a body travel to a browser that reads brotli."""
    with urlopen(Request(url, headers={"Accept-Encoding": "br"})) as answer:
        assert answer.headers["Content-Encoding"] == "br", url
        return len(answer.read())


@pytest.fixture(scope="module")
def visits(browser, base_url, addresses):
    """What each page of the site asks for, read one after the other by somebody new.

    Address to (files as kind and address, names of the cookies by then, number of fonts).
    """
    visits = {}
    with a_tab(browser, base_url, width=320) as page:
        files = []
        page.on("request", lambda asked: files.append((asked.resource_type, asked.url)))
        for address in [*addresses, *ERRORS]:
            files.clear()
            page.goto(address)
            cookies = [cookie["name"] for cookie in page.context.cookies()]
            visits[address] = list(files), cookies, page.evaluate("document.fonts.size")
    return visits


def test_a_page_weighs_little(visits, addresses, base_url):
    weights = {}
    for address in addresses:
        files = {url for kind, url in visits[address][0] if kind in ("stylesheet", "script")}
        weights[address] = sent(base_url + address) + sum(sent(url) for url in files)
    heavy = {address: weight for address, weight in weights.items() if weight > MOST}
    assert not heavy, f"{heavy}; the heaviest: {max(weights.values())}"
    assert weights["/"] <= HOME


def test_the_pictures_of_a_page_weigh_little(visits, base_url):
    pictures = {
        address: {url for kind, url in files if url.endswith(".svg")}
        for address, (files, _, _) in visits.items()
    }
    assert any("eye" in url for urls in pictures.values() for url in urls)
    weights = {address: sum(len(read(url)) for url in urls) for address, urls in pictures.items()}
    heavy = {address: weight for address, weight in weights.items() if weight > 12_000}
    assert not heavy, f"{heavy}; the heaviest: {max(weights.values())}"


def read(url):
    with urlopen(url) as answer:
        return answer.read()


def test_a_page_asks_nobody_else_and_for_little(visits, base_url):
    assert len([address for address in visits if address.endswith(PAPERS)]) >= len(PAPERS)
    for address, (files, _, fonts) in visits.items():
        kinds = [kind for kind, _ in files]
        assert not [url for _, url in files if not url.startswith(base_url + "/")], address
        assert set(kinds) <= KINDS_OF_FILE, address
        styles = 2 if address.endswith(PAPERS) else 1
        assert kinds.count("stylesheet") == styles, address
        assert fonts == 0, address


def test_images_belong_to_campaigns(visits, base_url):
    for address, (files, _, _) in visits.items():
        images = [url for kind, url in files if kind in ("image", "other")]
        others = [url for url in images if not url.endswith(".svg")]
        assert not others or address.startswith("/campaigns/"), f"{address} {others}"


def test_a_first_visit_leaves_no_cookie(visits, addresses):
    assert len(visits) == len(addresses) + len(ERRORS)
    assert not [address for address, (_, cookies, _) in visits.items() if cookies]
