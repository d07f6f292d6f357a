"""python -m tests.validators.open_data FOLDER SCHEMATHESIS: right and wrong questions to the open data."""

import subprocess
import sys
from pathlib import Path

from tests.server import Server

# Every check but those of what can be created, and of log-ins: the open data has neither.
LEFT_OUT = "use_after_free,ensure_resource_availability,ignored_auth,object_level_authorization"


def ask(folder, schemathesis):
    """Hold a site of its own to its own description, by schemathesis; return its exit status."""
    server = Server(folder / "open-data")
    server.environ["SITE_URL"] = server.url
    try:
        server.start()
        base = f"{server.url}/api/open-referral/v3"
        command = [schemathesis, "run", f"{base}/openapi.json", "--url", base]
        command += ["--checks", "all", "--exclude-checks", LEFT_OUT, "--seed", "1"]
        return subprocess.run([*command, "--continue-on-failure"], cwd=folder).returncode
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(ask(Path(sys.argv[1]), sys.argv[2]))
