"""What makes the site somebody's own: its name and colours, its notices, and who runs it."""
