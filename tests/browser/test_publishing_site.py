import pytest

pytestmark = pytest.mark.browser


def test_the_home_page_opens_in_a_browser(page):
    page.goto("/")
    assert page.get_by_role("heading", level=1).count() == 1
