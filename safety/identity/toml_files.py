import tomllib

from django.core.management.base import CommandError


def read(file):
    """Return a TOML file of the content as a dictionary.

    `file` is a Path. Raises CommandError, with the name of the file and what is wrong in it.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise CommandError(f"{file.name}: this file is missing in {file.parent}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommandError(f"{file.name}: this cannot be read as TOML: {error}.") from None
