"""Drafts have nothing for an edition; once a day those that are too old are deleted."""

from publishing.sources import EditionSource, register

from .models import delete_old

register(EditionSource("drafts", daily=delete_old))
