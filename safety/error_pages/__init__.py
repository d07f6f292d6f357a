"""What every error page, the cover and the emergency page say, plain and styled."""
