"""Pictures are made anew: right size, nothing hidden, named by their own hash."""

import hashlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from awareness import images, models, rendering
from publishing.printing.assets import named_in_html

from .conftest import picture, upload


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")],
)  # fmt: skip
def test_a_picture_gets_two_sizes_named_by_their_hash(storage, kind, mode):
    mode_size = {"mode": mode} if mode != "CMYK" else {"mode": "CMYK"}
    sizes = images.store(images.drawn(upload(picture(kind, **mode_size), "name.exe")))
    assert [(size["width"], size["height"]) for size in sizes] == [(640, 320), (1280, 640)]
    for size in sizes:
        content = (storage / size["file"]).read_bytes()
        assert size["file"].startswith(hashlib.sha256(content).hexdigest()[:32])
        found = Image.open(BytesIO(content))
        assert (found.format, found.width) == (kind, size["width"])
        assert size["file"].endswith("." + images.ENDINGS[kind])


def rendered(words):
    return str(rendering.render([words], timezone.now()))


def test_a_photograph_has_a_smaller_file_of_the_same_beside_it(storage):
    sizes = images.store(images.drawn(upload(picture())))
    for size in sizes:
        beside = Image.open(BytesIO((storage / size["webp"]).read_bytes()))
        assert (beside.format, beside.size) == ("WEBP", (size["width"], size["height"]))
        assert (storage / size["webp"]).stat().st_size < (storage / size["file"]).stat().st_size
    assert images.files(sizes) == [size[kind] for size in sizes for kind in ("file", "webp")]
    words = {"type": "image", "sizes": sizes, "alt": "A poster", "decorative": False}
    html = rendered(words)
    assert html.index(f"/uploads/{sizes[0]['webp']} 640w") < html.index("<img")
    named = {name.removeprefix("/uploads/") for name in named_in_html(html)}
    assert named == set(models.Image.files(words))


def test_a_picture_that_has_none_beside_it_stands_as_before(storage):
    sizes = images.store(images.drawn(upload(picture("PNG"))))
    assert not any("webp" in size for size in sizes)
    words = {"type": "image", "sizes": sizes, "alt": "A poster", "decorative": False}
    assert "<picture" not in rendered(words)


def test_a_small_picture_is_not_blown_up(storage):
    assert [p[2:4] for p in images.drawn(upload(picture(size=(300, 200))))] == [(300, 200)]


@pytest.mark.long
def test_the_same_picture_twice_is_one_file(storage):
    for _ in range(2):
        images.store(images.drawn(upload(picture())))
    assert len(list(storage.iterdir())) == 4  # two sizes, each as JPEG and as WebP


def test_nothing_that_the_camera_wrote_is_left():
    exif = Image.Exif()
    exif[Base.Make] = "CANARY"
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (52.0, 57.0, 0.0)
    given = picture(exif=exif, comment=b"CANARY")
    assert b"CANARY" in given
    for content, _ending, width, height, _webp in images.drawn(upload(given)):
        found = Image.open(BytesIO(content))
        assert b"CANARY" not in content
        assert not found.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & found.info.keys()
        # It stands upright, as the camera said it should.
        assert (found.width, found.height) == (width, height)
        assert height == 2 * width


def test_what_hides_after_a_picture_is_left_behind():
    given = picture() + b"<script>CANARY</script>"
    for drawn in images.drawn(upload(given)):
        assert b"CANARY" not in drawn.content + drawn.webp


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a JPEG"),
        (b"GIF89a" + b"\x00" * 40, "not a JPEG"),
        (b"<html><script>alert(1)</script>", "not a JPEG"),
        (picture()[:400], "damaged"),
        (picture("PNG")[:200], "damaged"),
        (b"\xff\xd8\xff" + b"x" * (5 * 1024 * 1024), "larger than 5 MB"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused(content, why):
    with pytest.raises(ValidationError, match=why):
        images.drawn(upload(content))


def test_a_gif_and_a_bmp_are_refused_whatever_their_name():
    for kind in ("GIF", "BMP", "TIFF"):
        with pytest.raises(ValidationError, match="not a JPEG"):
            images.drawn(upload(picture(kind, size=(8, 8)), "a.png"))


def test_a_picture_of_too_many_dots_is_refused_before_it_is_opened():
    huge = picture("PNG", size=(5001, 5000), mode="L")
    assert len(huge) < images.MOST_BYTES
    with pytest.raises(ValidationError, match="25 million"):
        images.drawn(upload(huge))


@pytest.mark.django_db
def test_the_upload_folder_is_for_staff_alone(storage, client, editor):
    [size] = images.store(images.drawn(upload(picture(size=(300, 200)))))
    path = f"/uploads/{size['file']}"
    assert default_storage.exists(size["file"])
    assert client.get(path).status_code == 404
    client.force_login(editor)
    answer = client.get(path)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == (storage / size["file"]).read_bytes()
    for other in ("/uploads/../site.sqlite3", "/uploads/secret-key", f"/uploads/{'a' * 32}.jpg"):
        assert client.get(other).status_code == 404


@pytest.mark.long
@pytest.mark.parametrize("size", [(50_000, 600), (50_000, 4000)])
def test_a_very_wide_picture_has_too_many_dots_and_is_not_damaged(size):
    with pytest.raises(ValidationError, match="25 million"):
        images.drawn(upload(picture("PNG", size=size, mode="L")))


def test_of_a_moving_picture_the_first_is_kept(storage):
    frames = [Image.new("RGB", (20, 10), colour) for colour in ((255, 0, 0), (0, 0, 255))]
    out = BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    moving, still = upload(out.getvalue()), upload(picture(size=(20, 10)))
    [(content, *_)] = images.drawn(moving)
    assert Image.open(BytesIO(content)).getpixel((0, 0)) == (255, 0, 0)
    assert images.is_moving(moving)
    images.drawn(still)
    assert not images.is_moving(still)


def test_a_token_brings_back_its_picture_and_nobody_can_make_one_up(storage):
    sizes = images.store(images.drawn(upload(picture())))
    token = images.to_token(sizes)
    assert images.from_token(token) == sizes
    for odd in ("", "x", token[:-1], token + "x"):
        with pytest.raises(ValidationError, match="again"):
            images.from_token(odd)
    (storage / sizes[0]["file"]).unlink()
    with pytest.raises(ValidationError, match="no longer here"):
        images.from_token(token)


@pytest.mark.django_db
def test_only_who_may_change_pages_sends_a_picture(storage, client, editor, django_user_model):
    address = "/admin/awareness/page/picture/"
    assert client.post(address, {"picture": upload(picture())}).status_code == 302
    client.force_login(django_user_model.objects.create_user("other", is_staff=True))
    assert client.post(address, {"picture": upload(picture())}).status_code == 403
    assert not list(storage.iterdir())
    client.force_login(editor)
    answer = client.post(address, {"picture": upload(picture())}).json()
    assert images.from_token(answer["chosen"])[0]["file"] in answer["url"]
    refused = client.post(address, {"picture": upload(b"x")})
    assert refused.status_code == 422
    assert "not a JPEG" in refused.json()["error"]
