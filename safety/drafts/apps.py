from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "safety.drafts"
    verbose_name = "Drafts"
