"""From the edition to the reader: the HTTP protocol, the front door, and Django behind it."""
