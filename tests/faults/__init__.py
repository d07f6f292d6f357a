"""What goes wrong halfway, at the same moment, or on the disk, with a real database and real files."""
