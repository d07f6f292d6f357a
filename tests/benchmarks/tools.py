"""Load from wrk, rounds that take turns, and a table of medians and ratios."""

import os
import re
import statistics
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..server import Server

SECONDS, ROUNDS, CLIENTS = 2, 5, 16
UNITS = {"us": 0.001, "ms": 1, "s": 1000}
CORES = sorted(os.sched_getaffinity(0))
# The server on one core and the load on another, where there are two.
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]
BROWSER = (
    "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Accept-Language: en-GB,en;q=0.9",
    "Sec-Fetch-Site: none",
    "Sec-Fetch-Mode: navigate",
    "Upgrade-Insecure-Requests: 1",
    "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0",
)


@dataclass
class Load:
    """What wrk saw: requests a second, milliseconds, and answers that were not 2xx or 3xx.

    `cpu` are the microseconds of processor time that the server took for a request.
    """

    rps: float
    p50: float
    p99: float
    wrong: int
    requests: int
    cpu: float = 0


def wrk(url, clients=CLIENTS, seconds=SECONDS, headers=BROWSER, script=None):
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{clients}", f"-d{seconds}s"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", Path(__file__).parent / script]
    said = subprocess.run([*command, "--latency", url], capture_output=True, text=True, check=True)
    return parse(said.stdout)


def parse(said):
    def milliseconds(percent):
        number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", said).groups()
        return float(number) * UNITS[unit]

    errors = re.findall(r"(?:Non-2xx or 3xx responses: |connect |read |write |timeout )(\d+)", said)
    rps = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    requests = int(re.search(r"(\d+) requests in", said)[1])
    return Load(rps, milliseconds(50), milliseconds(99), sum(map(int, errors)), requests)


@dataclass
class Target:
    """What is loaded: an address, who answers there (process ids), what is sent more; wrk's script."""

    url: str
    pids: list
    headers: tuple = ()
    script: str | None = None


def processor_seconds(pids):
    """Return the processor time that processes have taken so far: utime and stime of /proc."""
    ticks = 0
    for pid in pids:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(target, seconds=SECONDS, clients=CLIENTS):
    """Load a Target with wrk; return the Load with the server's processor time a request."""
    before = processor_seconds(target.pids)
    seen = wrk(target.url, clients, seconds, (*BROWSER, *target.headers), target.script)
    seen.cpu = (processor_seconds(target.pids) - before) / max(seen.requests, 1) * 1_000_000
    return seen


def take_turns(targets, rounds=ROUNDS):
    """Load each Target by name in turn, round after round. Return name -> list of Load."""
    seen = {name: [] for name in targets}
    for target in targets.values():
        load(target, seconds=1)
    for _ in range(rounds):
        for name, target in targets.items():
            seen[name].append(load(target))
    return seen


def compare(title, seen, aims=()):
    """Print the medians of name -> list of Load, and the ratios of processor time.

    `aims` are (name, name of what it is held against, ratio at most or None). Says how busy
    the machine was, for figures of a busy one are no figures.
    """
    medians = {
        name: {
            what: statistics.median(getattr(one, what) for one in loads)
            for what in ("cpu", "rps", "p50", "p99")
        }
        for name, loads in seen.items()
    }
    print(f"\n{title}")  # noqa: T201
    print(f"  {'':40}{'us a req':>10}{'req/s':>10}{'p50 ms':>9}{'p99 ms':>9}{'wrong':>7}")  # noqa: T201
    for name, found in medians.items():
        wrong = sum(one.wrong for one in seen[name])
        say(
            f"{name:40}{found['cpu']:10.1f}{found['rps']:10.0f}{found['p50']:9.2f}"
            f"{found['p99']:9.2f}{wrong:7}"
        )
    for name, other, aim in aims:
        if name not in medians or other not in medians:
            continue
        ratio = medians[name]["cpu"] / medians[other]["cpu"]
        met = "" if aim is None else f", at most {aim}: {'met' if ratio <= aim else 'NOT MET'}"
        say(f"{name} : {other} = {ratio:.2f}{met}")
    say(f"Load of the machine: {' '.join(f'{one:.1f}' for one in os.getloadavg())}")


def table(title, seen, base):
    """Print the medians of name -> list of Load, and the ratio of each to `base`."""
    print(f"\n{title}")  # noqa: T201
    print(f"  {'':44}{'req/s':>9}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}{'wrong':>7}")  # noqa: T201
    medians = {name: statistics.median(load.rps for load in loads) for name, loads in seen.items()}
    for name, loads in seen.items():
        p50, p99 = (statistics.median(getattr(load, p) for load in loads) for p in ("p50", "p99"))
        ratio = medians[name] / medians[base]
        wrong = sum(load.wrong for load in loads)
        print(  # noqa: T201
            f"  {name:44}{medians[name]:9.0f}{ratio:8.3g}{p50:9.2f}{p99:9.2f}{wrong:7}"
        )


def say(words):
    print(f"  {words}", flush=True)  # noqa: T201


@contextmanager
def site(workers=1, pinned=True, **environ):
    """A site of its own, its workers on the server's core unless they may use them all."""
    with tempfile.TemporaryDirectory(prefix="site-bench-") as folder:
        server = Server(Path(folder), **{"DATABASE_URL": None, **environ})
        try:
            server.start("--workers", str(workers))
            server.wait_until(lambda: len(server.workers()) == workers)
            if pinned:
                stay(server.workers())
            yield server
        finally:
            server.close()


def stay(pids):
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {SERVER_CORE})


def memory(pid):
    """Return the proportional share of memory of a process, in MiB."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) / 1024
