"""A campaign beyond its page: the national week, and what leaves the screen."""
