from django.apps import AppConfig

from .sources import Address, Room, register


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Publishing"

    def ready(self):
        files = [Address("/sitemap.xml", kind="file"), Address("/robots.txt", kind="file")]
        register(Room("publishing", addresses=lambda moment: files))
