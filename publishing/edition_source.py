"""What publishing itself has for an edition: the two files for search engines."""

from .printing import audit
from .sources import Address, EditionSource, register

FILES = [Address("/sitemap.xml"), Address("/robots.txt")]

register(EditionSource("publishing", addresses=lambda moment: FILES, alarms=audit.alarms))
