"""How gunicorn serves the site; one worker a core."""

import os
import resource

# The worker's protocol knows the kinds of address from the settings, before Django is set up.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "publishing.serving.worker.Worker"
workers = os.cpu_count()
preload_app = True
backlog = 4096
keepalive = 5
timeout = 30
graceful_timeout = 20
# In memory, so that a full or slow disk does not look like a hung worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108
umask = 0o027
# A connection costs a descriptor, and the usual 1,024 are soon gone.
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
wanted = 16_384 if most == resource.RLIM_INFINITY else min(16_384, most)
resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
# Nothing that identifies a reader is written anywhere.
accesslog = None
logger_class = "safety.logs.GunicornLogger"
control_socket_disable = True


def post_fork(server, worker):
    """Give each worker a place of its own for what it counts."""
    from publishing.serving.counting import table

    table.take_row(worker.age)


def pre_exec(server):
    """Put systemd's sockets where the next gunicorn looks for them (USR2), in the process that becomes it.

    gunicorn 27 takes them from descriptor 3 on, moves them, and then says that they are there.
    """
    if server.systemd:
        held = [os.dup(listener.fileno()) for listener in server.LISTENERS]
        for place, descriptor in enumerate(held, start=3):
            os.dup2(descriptor, place)


def when_ready(server):
    """Load the edition once for all workers, and those that take their place.

    And tell systemd that this is its process now: on an upgrade it has not started this one itself.
    """
    from gunicorn.systemd import sd_notify

    from config.asgi import loader

    loader.keep_spare()
    sd_notify(f"MAINPID={server.pid}", server.log)
