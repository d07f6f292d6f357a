import sqlite3
from contextlib import closing

import pytest

from publishing.printing import editions


@pytest.fixture
def machine(settings, tmp_path):
    """A machine with a database, a picture and two editions; its rows have no gap."""
    settings.DATA_DIR = tmp_path
    settings.SQLITE_FILE = tmp_path / "site.sqlite3"
    settings.BACKUP_DIR = str(tmp_path / "backups")
    with closing(sqlite3.connect(settings.SQLITE_FILE)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE line (number INTEGER PRIMARY KEY, words TEXT)")
        database.execute("INSERT INTO line VALUES (1, 'one')")
    (tmp_path / "uploads" / "a").mkdir(parents=True)
    (tmp_path / "uploads" / "a" / "picture.png").write_bytes(b"picture")
    for number in (1, 2):
        folder = editions.root() / str(number)
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
    editions.switch(2)
    (editions.root() / "taken-off").write_text("08000000000")
    (editions.root() / "pinned").write_text("2")
    return settings
