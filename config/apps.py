from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ConfigConfig(AppConfig):
    """The site as a whole: its checks and its commands; no models, pages or words."""

    default = True
    name = "config"

    def ready(self):
        from . import checks  # noqa: F401


class NewsroomConfig(admin.AdminConfig):
    default = False
    default_site = "config.newsroom.Newsroom"
