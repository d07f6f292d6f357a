"""What gunicorn serves: the front door, and Django behind it.

Here the front door is told what it needs from the apps that it may not know.
"""

from config.wsgi import application as wsgi  # Before the apps: it sets Django up.
from cookies import state
from publishing.printing.schedule import Printing
from publishing.serving.django_bridge import Django
from publishing.serving.door import FrontDoor
from publishing.serving.health import Ready
from publishing.serving.hooks import DoorHooks
from publishing.serving.loaded_edition import EditionLoader
from publishing.serving.metrics import Metrics
from safety import leaving
from safety.error_pages import plain
from safety.headers import security_headers
from safety.identity.in_force import exit_of

# A message on a page that has no address leads to where every choice can be made.
COOKIES = "/cookies/"

hooks = DoorHooks(
    state_of=state.read,
    flag_of=state.flag,
    flag_of_error=state.flag_of_error,
    address_of=lambda path, query: state.address(path, query) if path else COOKIES,
    headers_for=security_headers,
    is_leaving=leaving.is_leaving,
    mentions_leaving=leaving.mentions_leaving,
    covers=leaving.covers,
    leave=leaving.leave,
    exit_of=exit_of,
    error=plain.error,
    data_error=plain.data_error,
    newsroom_error=plain.newsroom_error,
    emergency=plain.EMERGENCY,
    cover=plain.COVER,
)
loader = EditionLoader(security_headers)
printing = Printing()
django = Django(wsgi)
metrics = Metrics(loader, django, security_headers)
application = FrontDoor(
    hooks,
    loader,
    django,
    {"/-/ready": Ready(loader, security_headers), "/-/metrics": metrics},
    on_open=[loader.open, printing.open, metrics.open],
    on_close=[loader.close, printing.close, metrics.close],
)
