"""A kind of block or page says everything in one place: what lacks a piece fails here."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import connection, models
from django.template.loader import get_template
from django.urls import resolve, reverse
from django.utils import timezone

from awareness import editing, rendering
from awareness.models import Block, Kind, Page
from awareness.prose import ProseField
from publishing import sources

pytestmark = pytest.mark.django_db

every_block = pytest.mark.parametrize("kind", Block.kinds.values(), ids=Block.kinds)
every_kind = pytest.mark.parametrize("kind", Kind)


def example(kind, page):
    """Return a block with something in each field that holds words."""
    values = {}
    for field in kind.own_fields():
        if isinstance(field, ProseField):
            values[field.name] = f"<p>Words of {field.name}.</p>"
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            values[field.name] = f"Words of {field.name}."
    return kind(parent=page, region="main", ordering=10, **values)


@every_block
def test_a_kind_of_block_has_its_template_its_table_and_its_place_in_the_admin(kind):
    assert get_template(f"awareness/blocks/{kind.type}.html")
    assert kind._meta.db_table in connection.introspection.table_names()
    inlines = [
        inline for inline in admin.site.get_model_admin(Page).inlines if inline.model is kind
    ]
    assert [inline.icon for inline in inlines] == [kind.icon]
    if kind.form:
        assert inlines[0].form is kind.form


@every_block
def test_a_kind_of_block_freezes_thaws_and_is_shown(kind, make_page):
    block = example(kind, make_page("page"))
    frozen = block.to_json()
    assert Block.kinds[frozen["type"]] is kind
    assert kind.from_json(frozen, block.parent, 10).to_json() == frozen
    assert str(block).startswith("Words of")
    assert kind.files(frozen) == []
    assert kind.referred_to(frozen) == set()
    if kind.type != "image":  # its words are shown with its picture
        assert "Words of" in rendering.render([frozen], timezone.now())


def test_a_kind_of_block_without_an_icon_is_refused():
    with pytest.raises(TypeError, match="Forgotten needs an icon"):
        type(Block)("Forgotten", (Block,), {"__module__": "awareness.models"})
    assert "forgotten" not in Block.kinds


def example_page(kind):
    days = {"first_day": date(2024, 4, 22), "last_day": date(2024, 4, 26)}
    slug = next(iter(kind.place.slugs), "example")
    head = days if kind == Kind.CAMPAIGN else {}
    return Page.objects.create(kind=kind, slug=slug, title="Title", summary="Summary.", **head)


@every_kind
def test_a_kind_of_page_has_its_addresses_its_list_and_its_place_in_the_edition(kind, read):
    page = example_page(kind)
    page.full_clean()
    editing.publish(page)
    found = resolve(page.get_absolute_url())
    assert page.slug == "home" or found.kwargs == {"kind": kind, "slug": page.slug}
    assert "Title" in read(page.get_absolute_url()).content.decode()
    now = timezone.now()
    edition = {
        address.path: address.changed for address in sources.registered["awareness"].addresses(now)
    }
    assert page.get_absolute_url() in edition
    if kind.place.folder:
        listed = reverse(f"awareness:{kind.place.list_name}")
        assert edition[listed] == edition[page.get_absolute_url()]
        assert page.get_absolute_url() in read(listed).content.decode()


@every_kind
def test_a_kind_of_page_with_settled_addresses_takes_no_other(kind):
    page = example_page(kind)
    page.slug = "elsewhere"
    if kind.place.slugs:
        with pytest.raises(editing.ValidationError, match="has one of these addresses"):
            page.full_clean()
    else:
        page.full_clean()
