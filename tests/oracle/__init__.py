"""An independent library's answers about opening hours, kept as a file."""
