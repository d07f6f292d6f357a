"""The launch content: one TOML file a page, loaded once and never over an editor's words."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from safety.accounts import roles
from safety.identity import toml_files

from .. import editing
from ..models import Block, Page

FOLDER = Path(__file__).parent
NOTE = "Launch content"


def load():
    """Load and publish the launch pages. Return how many were added, and kept."""
    make_groups()
    added = kept = 0
    for path in sorted(folder().glob("*.toml")):
        words = toml_files.read(path)
        if Page.objects.filter(kind=words["kind"], slug=words["slug"]).exists():
            kept += 1
            continue
        try:
            add(words)
        except (ValidationError, LookupError, TypeError) as error:
            sentences = getattr(error, "messages", [repr(error)])
            raise CommandError(f"{path.name}: {' '.join(sentences)}") from error
        added += 1
    return added, kept


def folder():
    """Return the folder with the TOML of the pages: the site's own, or that of CONTENT_DIR."""
    return Path(settings.CONTENT_DIR) / "pages" if settings.CONTENT_DIR else FOLDER


@transaction.atomic
def add(words):
    """Make one page with its blocks and publish it."""
    blocks = words.pop("blocks", [])
    page = Page(**words)
    page.full_clean()
    page.save()
    for place, block in enumerate(blocks, start=1):
        model = Block.kinds[block.pop("type")]
        model(parent=page, region="main", ordering=place * 10, **written(model, block)).save()
    editing.publish(page, note=NOTE)


def written(model, block):
    """Return a block's words as its model holds them, without the space round them."""
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in model.from_toml(block).items()
    }


def make_groups():
    """Give writers what drafts need: pages and their blocks; editors that, and publishing."""
    blocks = [model._meta.model_name for model in Block.kinds.values()]
    drafts = [f"{action}_page" for action in ("add", "change", "view")]
    drafts += [
        f"{action}_{name}" for action in ("add", "change", "delete", "view") for name in blocks
    ]
    drafts += ["view_release"]
    for name, codenames in {
        roles.WRITERS: drafts,
        roles.EDITORS: [*drafts, "delete_page", "publish_page", "view_feedback"],
    }.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="awareness", codename__in=codenames)
        )
