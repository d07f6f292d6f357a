"""How gunicorn serves the site; one worker a core. Measured in docs/decisions/."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "config.worker.Worker"
workers = os.cpu_count()
preload_app = True
backlog = 4096
keepalive = 5
timeout = 30
graceful_timeout = 20
# In memory, so that a full or slow disk does not look like a hung worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108
umask = 0o027
# Nothing that identifies a reader is written anywhere.
accesslog = None
logger_class = "safety.logs.GunicornLogger"
control_socket_disable = True
