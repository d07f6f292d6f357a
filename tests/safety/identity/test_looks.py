"""Name, colours, mark and beta notice of the site: an editor's, and readable in every state."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from publishing.printing import editions
from publishing.printing.printer import print_edition
from safety.identity import colours, in_force
from safety.identity.models import Look

ADD = "/admin/identity/look/add/"
BLUE = {"accent": "#1d3f8f", "accent_dark": "#a9c4ff", "paper": "#f5f7fb", "paper_dark": "#0f1420"}


def typed(**changed):
    return {"name": "Safe in Port Merrow", "beta": "on", "beta_words": "", **changed}


def png(**options):
    out = BytesIO()
    Image.new("RGBA", (300, 200), (200, 30, 30, 255)).save(out, "PNG", **options)
    return SimpleUploadedFile("mark.png", out.getvalue())


def test_the_contrast_of_black_and_white_is_21():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_sites_own_colours_can_be_read():
    assert colours.problems({}) == []
    light, dark = colours.built_in()
    assert (light["accent"], dark["accent"]) == ("#0b5351", "#8fd6c7")


@pytest.mark.parametrize(
    ("own", "where"),
    [
        ({"accent": "#f0c000"}, "in light colours, links"),
        ({"accent_dark": "#203040"}, "in dark colours, links"),
        ({"paper": "#777777"}, "in light colours, words"),
        ({"tint_dark": "#909090"}, "in dark colours, words"),
        ({"accent": "#f0c000"}, "in forced colours, the mark"),
    ],
)
def test_colours_that_cannot_be_read_are_refused_and_both_are_named(editor, own, where):
    said = editor.post(ADD, typed(**own)).text
    assert where in said
    assert next(iter(own.values())) in said
    light, dark = colours.palettes(own)
    sentence = next(each for each in colours.problems(own) if where in each)
    assert sum(colour in sentence for colour in {*light.values(), *dark.values(), "#ffffff"}) >= 2
    assert not Look.objects.exists()


@pytest.mark.long
def test_name_and_colours_reach_every_page_its_error_pages_and_the_cover(editor):
    assert editor.post(ADD, typed(**BLUE)).status_code == 302
    result = print_edition()
    assert result.problems == []
    number = result.number
    found, items, parts = editions.read(number, lambda name, entry, read: read(entry))
    assert found["kept"]["identity"]["look"]["name"] == "Safe in Port Merrow"
    pages = [item.body.decode() for item in items.values() if item.type.startswith("text/html")]
    errors = [item.body.decode() for name, item in parts.items() if name.startswith("error/")]
    assert len(pages) > 20
    assert len(errors) > 5
    for html in pages + errors:
        assert "Safe in Port Merrow</a>" in html
        assert "Stalking help" not in html
        assert "css/site." not in html
    sheet = next(
        item for name, item in items.items() if name.endswith(".css") and "uploads" in name
    )
    css = sheet.body.decode()
    assert set(BLUE.values()) <= {word.strip(";") for word in css.split()}
    assert "#0b5351" not in css
    assert "#8fd6c7" not in css
    assert "../img" not in css
    assert set(sheet.encoded) == {"br", "gzip"}
    assert "/uploads/" in parts["cover"].body.decode()


def test_without_colours_of_its_own_it_has_the_sheet_as_it_comes(editor):
    editor.post(ADD, typed())
    assert 'href="/static/css/site.css"' in Client().get("/about/").text


def test_a_mark_is_drawn_anew_and_nothing_is_left_of_what_was_hidden_in_it(editor, settings):
    editor.post(ADD, typed(new_mark=png(dpi=(300, 300)), no_contacts="on"))
    look = Look.objects.get()
    kept = settings.MEDIA_ROOT / look.mark
    with Image.open(kept) as picture:
        assert (picture.format, picture.size, picture.info) == ("PNG", (96, 96), {})
    html = Client().get("/about/").text
    assert f'<img src="/uploads/{look.mark}" alt=""' in html
    assert f'<link rel="icon" href="/uploads/{look.mark}" type="image/png">' in html
    assert f"/uploads/{look.picture}" in html


def test_of_a_new_mark_the_editor_says_that_it_holds_no_number_address_or_code(editor):
    said = editor.post(ADD, typed(new_mark=png())).text
    assert "New mark: look at it" in said
    assert not Look.objects.exists()
    assert editor.post(ADD, typed(new_mark=png(), no_contacts="on")).status_code == 302
    # One that is there already was looked at.
    assert editor.post(ADD, typed(name="Another")).status_code == 302
    assert Look.objects.in_force().mark


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"0" * 50])
def test_what_is_no_png_is_refused_with_a_sentence(editor, content):
    said = editor.post(ADD, typed(new_mark=SimpleUploadedFile("a.png", content))).text
    assert "not a PNG picture" in said or "empty" in said
    assert not Look.objects.exists()


def test_a_preview_shows_what_is_typed_and_saves_nothing(editor):
    answer = editor.post("/admin/identity/look/preview/", typed(beta="", **BLUE))
    assert "Safe in Port Merrow</a>" in answer.text
    assert '<section class="beta"' not in answer.text
    assert "<body inert>" in answer.text
    assert "leave." not in answer.text
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert not Look.objects.exists()
    assert (
        "cannot be read"
        in editor.post("/admin/identity/look/preview/", typed(accent="#f0c000")).text
    )


def test_the_beta_notice_has_other_words_or_goes(editor):
    assert "This site is a beta" in Client().get("/about/").text
    editor.post(ADD, typed(beta_words="We are trying this out."))
    html = Client().get("/about/").text
    assert "We are trying this out." in html
    assert 'href="/feedback/"' in html
    editor.post(ADD, typed(beta=""))
    assert 'class="beta"' not in Client().get("/about/").text


def test_one_goes_back_to_an_earlier_look(editor):
    editor.post(ADD, typed())
    editor.post(ADD, typed(name="Another"))
    first = Look.objects.last()
    assert 'value="Safe in Port Merrow"' in editor.get(f"{ADD}?from={first.pk}").text
    assert 'value="Another"' in editor.get(ADD).text


@pytest.mark.long
def test_words_that_the_gate_refuses_are_not_saved(editor):
    print_edition()
    said = editor.post(ADD, typed(beta_words="Call 0800 555 0199 now.")).text
    assert "0800 555 0199" in said
    assert not Look.objects.exists()


@pytest.mark.parametrize("name", ["\u2680\u2681\u2682", "零八〇八 八〇二", "Call 0800 111 2222"])
def test_pictures_of_digits_are_refused_before_there_is_an_edition_too(editor, name):
    assert "reads as a number" in editor.post(ADD, typed(name=name)).text
    assert not Look.objects.exists()


@pytest.mark.long
def test_a_look_that_was_changed_past_the_newsroom_is_set_aside(editor):
    editor.post(ADD, typed())
    row = Look.objects.get()
    Look(name="Ours now", digest=row.digest).save()
    assert in_force.look().name == "Safe in Port Merrow"
    assert "not as an editor made them" in editor.get("/admin/").text


def test_a_keeper_cannot_change_it(keepers):
    assert keepers[0].post(ADD, typed()).status_code == 403


def sheets_of(editor):
    """Return the addresses of the style sheets of the newsroom's first page."""
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', editor.get("/admin/").text)


@pytest.mark.long
def test_the_newsroom_has_the_colours_too(editor):
    assert "/static/css/colours.css" in sheets_of(editor)
    own = {**BLUE, "tint": "#e3e9f7", "tint_dark": "#1b2540"}
    editor.post(ADD, typed(**own))
    (sheet,) = [address for address in sheets_of(editor) if address.startswith("/uploads/")]
    assert "/static/css/colours.css" not in sheets_of(editor)
    answer = Client().get(sheet)
    css = b"".join(answer).decode()
    assert answer["Content-Type"].startswith("text/css")
    light, dark = colours.built_in()
    first = {palette[token] for palette in (light, dark) for token in colours.TOKENS}
    assert len(first) == 6
    assert first <= set(re.findall("#[0-9a-f]{6}", colours.sheet(colours.NEWSROOM)))
    assert set(own.values()) <= set(re.findall("#[0-9a-f]{6}", css))
    assert first.isdisjoint(re.findall("#[0-9a-f]{6}", css))


@pytest.mark.long
def test_the_newsroom_keeps_its_colours_where_those_of_the_site_could_not_be_read_in_it(editor):
    # Links of this colour can be read on paper, tint and white, and not on a marked row.
    own = {"accent": "#767676", "paper": "#ffffff", "tint": "#ffffff"}
    light, _ = colours.palettes(own)
    assert colours.problems(own) == []
    assert colours.contrast(own["accent"], light["warning-tint"]) < 4.5
    assert editor.post(ADD, typed(**own)).status_code == 302
    assert "/static/css/colours.css" in sheets_of(editor)
    assert "css/site." not in Client().get("/about/").text
