"""The screens of log-in and of one's own account. Each takes the admin site and the request."""
