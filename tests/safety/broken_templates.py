"""The site with a mistake in the template that all pages share, for test_errors_served.py."""

import os
from pathlib import Path

from django.conf import settings

folder = Path(os.environ["DATA_DIR"]) / "broken-templates"
folder.mkdir(exist_ok=True)
(folder / "base.html").write_text("{% nonsense %}")
settings.TEMPLATES[0]["DIRS"].insert(0, folder)

from config.asgi import application  # noqa: E402

__all__ = ["application"]
