#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "runserver" in sys.argv[1:2]:
        # Only ever used on the machine of someone who works on templates.
        os.environ.setdefault("LOCAL", "1")
        os.environ.setdefault("DEBUG", "1")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # The sentence says what to type; a traceback above it would only hide it.
        sys.exit(str(error))
