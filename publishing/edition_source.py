"""What publishing itself has for an edition: the two files for search engines."""

from .sources import Address, EditionSource, register

FILES = [Address("/sitemap.xml", kind="file"), Address("/robots.txt", kind="file")]

register(EditionSource("publishing", addresses=lambda moment: FILES))
