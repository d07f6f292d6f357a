"""What is pasted comes in as plain words, whatever it was copied from, and nothing hidden does."""

from pathlib import Path

import pytest

from tests import pastes

pytestmark = [pytest.mark.browser]

SCRIPT = Path(__file__).resolve().parents[3] / "static/js/paste.js"


@pytest.fixture
def cleaned(page):
    page.set_content("<p>An empty page.</p>")
    script = f"{SCRIPT.read_text(encoding='utf-8')}\nwindow.cleaned = cleaned;"
    page.add_script_tag(content=script, type="module")
    page.wait_for_function("window.cleaned")
    return lambda html: page.evaluate("html => cleaned(html)", html)


@pytest.mark.parametrize("name", pastes.NAMES)
def test_a_paste_comes_in_as_plain_words_and_says_what_was_left_out(cleaned, name):
    found = cleaned(pastes.copied(name))
    assert pastes.together(found["html"]) == pastes.comes_in(name)
    assert "; ".join(found["left"]) == "; ".join(pastes.left_out(name))


# A text of the admin without the admin: the editor's own class and its way to take HTML in.
EDITOR = """
<div><div class="prose-editor"><div class="tiptap" contenteditable="true"><p>Here</p></div></div></div>
"""
PASTE = """html => {
  const data = new DataTransfer()
  data.setData("text/html", html)
  const words = document.querySelector(".tiptap")
  words.editor = { view: { pasteHTML: (taken) => { words.innerHTML = taken } } }
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  words.querySelector("p").dispatchEvent(event)
  return event.defaultPrevented
}"""


def test_the_screen_says_what_was_left_out_and_takes_it_back(cleaned, page):
    page.evaluate("html => { document.body.innerHTML = html }", EDITOR)
    assert page.evaluate(PASTE, pastes.copied("word-comments-and-changes"))
    said = page.get_by_role("status")
    assert said.inner_text() == (
        "Left out of what you pasted: comments, deleted words, hidden words."
    )
    assert "Jane" not in page.locator(".tiptap").inner_text()
    assert page.evaluate(PASTE, pastes.copied("word-bullets"))
    assert said.inner_text() == ""
    assert page.locator(".tiptap li").count() == 4


def test_what_the_editor_itself_copied_is_left_to_it(cleaned, page):
    page.evaluate("html => { document.body.innerHTML = html }", EDITOR)
    assert not page.evaluate(PASTE, '<p data-pm-slice="1 1 []">Own words</p>')
