"""Every picture, with what it shows and where it is used."""

import pytest

from awareness import editing, images
from awareness.admin.pictures import pictures
from awareness.models import Image

from ..conftest import picture, uk, upload
from .test_admin import form_data

pytestmark = pytest.mark.django_db


def put(page, name, alt=""):
    sizes = [{"file": f"{name * 32}.jpg", "width": 640, "height": 480}]
    given = {"alt": alt} if alt else {"decorative": True}
    Image.objects.create(parent=page, region="main", ordering=20, sizes=sizes, **given)


def test_a_picture_is_named_once_with_every_page_that_has_it(editor_client, make_page):
    one, two = make_page("one", title="One"), make_page("two", title="Two")
    put(one, "a", "A poster")
    put(two, "a", "The poster of the week")
    put(two, "b")
    editing.publish(one)
    found = {picture.small["url"]: picture for picture in pictures(uk(2099, 1, 1))}
    poster = found[f"/uploads/{'a' * 32}.jpg"]
    assert set(poster.alts) == {"A poster", "The poster of the week"}
    assert {title: state for (title, _), state in poster.pages.items()} == {
        "One": "readers see it",
        "Two": "not published",
    }
    text = editor_client.get("/admin/awareness/page/pictures/").content.decode()
    assert text.count("<img src=") == 2
    assert "Decorative: it tells readers nothing" in text


def test_three_pictures_or_thirty_cost_the_same_queries(
    editor_client, make_page, django_assert_num_queries
):
    page = make_page("one")
    for number in range(3):
        put(page, str(number), "A poster")
    with django_assert_num_queries(2):
        assert len(pictures(uk(2099, 1, 1))) == 3
    for name in "abcdefghijklmnopqrstuvwxyzA":
        put(page, name, "A poster")
    with django_assert_num_queries(2):
        assert len(pictures(uk(2099, 1, 1))) == 30


def test_no_picture_yet(editor_client):
    text = editor_client.get("/admin/awareness/page/pictures/").content.decode()
    assert "There is none yet." in text


def form_of(client, page):
    """Return what the browser sends of a page with one picture more, and where it stands."""
    data = form_data(page)
    number = data["awareness_image_set-TOTAL_FORMS"]
    data["awareness_image_set-TOTAL_FORMS"] = number + 1
    return data, f"awareness_image_set-{number}"


@pytest.mark.long
def test_one_that_we_have_is_taken_with_what_it_shows(editor_client, make_page, storage):
    sizes = images.store(images.drawn(upload(picture())))
    one, two = make_page("one", title="One"), make_page("two", title="Two")
    Image.objects.create(parent=one, region="main", ordering=20, sizes=sizes, alt="A poster")
    [choice] = editor_client.get("/admin/awareness/page/pictures/choose/").json()["pictures"]
    assert (choice["alt"], choice["pages"]) == ("A poster", "One")
    data, place = form_of(editor_client, two)
    data |= {f"{place}-region": "main", f"{place}-ordering": 30, f"{place}-alt": choice["alt"]}
    # Nobody has to say again that it holds no number.
    editor_client.post(
        f"/admin/awareness/page/{two.pk}/change/", data | {f"{place}-chosen": choice["chosen"]}
    )
    assert Image.objects.get(parent=two).sizes == sizes


def test_whoever_may_not_write_is_given_none_to_choose(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert client.get("/admin/awareness/page/pictures/choose/").status_code == 403
