"""The check that a form was sent from a page of ours, without a token or a cookie."""
