"""Pictures in the newsroom: made small, refused by name, and never lost with a form."""

import os
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from .newsroom import add_block, kept, log_in, press, tab_to, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def desk(page, newsroom):
    log_in(page, newsroom, "editor")
    return page


@pytest.fixture
def new_page(desk, newsroom):
    """A new page of a name, with everything but its summary."""

    def start(slug):
        desk.goto(f"{newsroom.url}/admin/awareness/page/add/")
        desk.get_by_label("Kind:").select_option("advice")
        desk.get_by_label("Title:").fill(slug.capitalize())
        desk.get_by_label("Address:").fill(slug)
        return desk

    return start


def photograph(path, side=4800):
    """Save a picture with so much in it that it is as large as a phone's: about 16 MB."""
    size = (side, side * 3 // 4)
    noise = os.urandom(size[0] // 4 * (size[1] // 4) * 3)
    small = Image.frombytes("RGB", (size[0] // 4, size[1] // 4), noise)
    small.resize(size).save(path, "JPEG", quality=98)
    return path


def plain(path, colour, size=(900, 600)):
    Image.new("RGB", size, colour).save(path)
    return path


def block_with(page, path, says="A poster"):
    block = add_block(page, "Image", "image")
    block.get_by_label("What it shows:").fill(says)
    choose(block, path)
    look(block)
    return block


def look(block):
    """Say of a new picture what the site cannot see for itself."""
    block.get_by_label("It holds no number, address or code").check()


def choose(block, path):
    block.get_by_label("Picture:").set_input_files(path)
    expect(block.locator(".picture-said")).to_contain_text(re.compile("Save to use it|: [TYC]"))
    return block.locator(".picture-said")


def save(page):
    page.get_by_role("button", name="Save and continue editing").click()


def blocks(page):
    return page.locator(".order-machine > [id^=awareness_image_set-]:not(.empty-form)")


def test_photographs_of_a_phone_are_made_small_and_saved(new_page, tmp_path):
    page = new_page("photographs")
    large = photograph(tmp_path / "holiday.jpg")
    assert large.stat().st_size > 12_000_000
    page.get_by_label("Summary:").fill("About it.")
    block_with(page, large)
    block_with(page, photograph(tmp_path / "second.jpg", 3200))
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    expect(page.locator(".messagelist")).to_be_in_viewport()
    expect(blocks(page)).to_have_count(2)
    for thumbnail in blocks(page).locator(".thumbnail").all():
        expect(thumbnail).to_have_js_property("naturalWidth", 640)


def test_what_is_said_of_a_picture_on_its_way_is_said_of_that_one(new_page, tmp_path):
    page, held = new_page("on-its-way"), []
    block = block_with(page, plain(tmp_path / "red.png", "red"))
    page.route("**/picture/", lambda route: held.append(route))
    with page.expect_request("**/picture/"):
        block.get_by_label("Picture:").set_input_files(plain(tmp_path / "blue.png", "blue"))
    holds_none = block.get_by_label("It holds no number")
    expect(holds_none).not_to_be_checked()
    holds_none.check()
    expect(block.locator(".picture-said")).to_contain_text("is being made small")
    held.pop().continue_()
    expect(block.locator(".picture-said")).to_contain_text("Save to use it")
    expect(holds_none).to_be_checked()


def test_a_chosen_picture_survives_a_refused_form_in_its_block(new_page, tmp_path):
    page = new_page("survives")
    page.get_by_label("Summary:").fill("About it.")
    block_with(page, plain(tmp_path / "red.png", "red"))
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    red = blocks(page).locator(".thumbnail").get_attribute("src")
    choose(blocks(page), plain(tmp_path / "green.png", "green"))
    expect(blocks(page).get_by_label("It holds no number")).not_to_be_checked()
    look(blocks(page))
    page.get_by_label("Title:").fill("")
    save(page)
    link = page.locator(".wrong").get_by_role("link", name="Title: This field is required.")
    expect(link).to_be_in_viewport()
    green = blocks(page).locator(".thumbnail").get_attribute("src")
    assert green != red
    link.click()
    expect(page.get_by_label("Title:")).to_be_focused()
    expect(page.get_by_label("Title:")).to_be_in_viewport()
    page.keyboard.type("Mended")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert blocks(page).locator(".thumbnail").get_attribute("src") == green


def test_a_chosen_picture_is_there_after_the_page_was_left(new_page, newsroom, tmp_path):
    page = new_page("left")
    block_with(page, plain(tmp_path / "red.png", "red"))
    kept(page)
    page.goto(f"{newsroom.url}/admin/")
    page.goto(f"{newsroom.url}/admin/awareness/page/add/")
    expect(blocks(page).locator(".thumbnail")).to_have_js_property("naturalWidth", 640)
    page.get_by_label("Summary:").fill("About it.")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    expect(blocks(page).locator(".thumbnail")).to_have_js_property("naturalWidth", 640)


def test_what_is_no_picture_is_refused_by_name_beside_its_block(new_page, tmp_path):
    page = new_page("refused")
    block = add_block(page, "Image", "image")
    files = {
        "script.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a JPEG, PNG or WebP"),
        "script.gif": (b"GIF89a/*\x00\x00*/=1;alert(1)", "not a JPEG, PNG or WebP"),
        "archive.jpg": (b"PK\x03\x04" + b"x" * 2_000_000, "not a JPEG, PNG or WebP"),
        "IMG_1.heic": (b"\x00\x00\x00\x18ftypheic" + b"x" * 100, "not a JPEG, PNG or WebP"),
        "IMG_2.heic": (b"\x00\x00\x00\x18ftypheic" + b"x" * 17_000_000, "larger than 5 MB"),
        "empty.png": (b"", "This file is empty."),
    }
    Image.new("L", (50_000, 600)).save(tmp_path / "wide.png")
    for name, (content, _) in files.items():
        (tmp_path / name).write_bytes(content)
    for name, why in {
        **{name: why for name, (_, why) in files.items()},
        "wide.png": "25 million",
    }.items():
        said = choose(block, tmp_path / name)
        expect(said).to_contain_text(f"{name}: ")
        expect(said).to_contain_text(why)
    frames = [Image.new("RGB", (200, 100), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "moving.webp", save_all=True, append_images=frames[1:])
    expect(choose(block, tmp_path / "moving.webp")).to_contain_text("It moves")
    expect(page.get_by_label("Title:")).to_have_value("Refused")


def test_a_picture_that_we_have_is_taken_from_the_library_by_hand_and_with_keys(new_page, tmp_path):
    for slug, colour in (("violet", "violet"), ("olive", "olive")):
        page = new_page(f"library-{slug}")
        page.get_by_label("Summary:").fill("About it.")
        block_with(page, plain(tmp_path / f"{slug}.png", colour), says=f"A poster in {colour}")
        save(page)
        expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    olive = blocks(page).locator(".thumbnail").get_attribute("src")

    page = new_page("library-both")
    page.get_by_label("Summary:").fill("About both.")
    library = page.get_by_role("dialog", name="Pictures that we have")
    picture = add_block(page, "Image", "image")
    says = picture.get_by_label("What it shows:")
    picture.get_by_role("button", name="Take one that we have").click()
    expect(
        library.get_by_role("button", name="A poster in violet (Library-violet)")
    ).to_be_visible()
    assert violations(page) == []
    library.get_by_role("button", name="A poster in violet (Library-violet)").click()
    expect(library).to_be_hidden()
    expect(says).to_be_focused()
    expect(says).to_have_value("A poster in violet")
    expect(picture.get_by_role("status")).to_contain_text("Taken from the pictures that we have.")

    # The other one instead, with keys: first shut the list again, and come back to where one was.
    press(page, "Take one that we have", back=True)
    expect(library.get_by_role("button", name="A poster in olive")).to_be_visible()
    page.keyboard.press("Escape")
    expect(library).to_be_hidden()
    expect(picture.get_by_role("button", name="Take one that we have")).to_be_focused()
    page.keyboard.press("Enter")
    expect(library.get_by_role("button", name="A poster in olive")).to_be_visible()
    press(page, "A poster in olive (Library-olive)")
    expect(says).to_be_focused()
    expect(says).to_have_value("A poster in olive")
    tab_to(page, "Save and continue editing")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert blocks(page).locator(".thumbnail").get_attribute("src") == olive
    expect(blocks(page).get_by_label("What it shows:")).to_have_value("A poster in olive")
