"""Where the content of the register is: the site's own, or that of CONTENT_DIR."""

from pathlib import Path

from django.conf import settings


def content_folder() -> Path:
    """Return the folder with the TOML of the register."""
    own = Path(__file__).parent
    return Path(settings.CONTENT_DIR) / "register" if settings.CONTENT_DIR else own
