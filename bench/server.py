#!/usr/bin/env python3
"""What the allocation server costs: its own memory per live allocation that it has followed event by
event, and how much of a core it takes while nothing happens. Beside it, a process that sleeps.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent / "tests" / "e2e"))

from asking import Asker  # noqa: E402
from ps import compiled  # noqa: E402
from running import plimsoll_binary  # noqa: E402
from serving import own_memory  # noqa: E402

MOST_EVENTS = 1 << 20  # that a ring can keep
PATIENCE_S = 60


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_for_events(socket: Path, processes: int, events: int) -> None:
    """Until the server has followed all of each process; a dump says how many events it received."""
    deadline = time.monotonic() + PATIENCE_S
    with Asker(socket) as asker:
        while time.monotonic() < deadline:
            there = asker.body("snapshot")["processes"]
            if len(there) == processes and sum(p["held_count"] for p in there) == events:
                time.sleep(1)
                return
            time.sleep(0.2)
    sys.exit("bench: the server did not see all there was")


def measure(program: Path, folder: Path, processes: int, allocations: int, idle_s: float) -> str:
    socket = folder / "socket"
    daemon = plimsoll_binary().parent / "plimsolld"
    server = subprocess.Popen([daemon, "--quiet", "--socket", socket])
    while not socket.exists():
        time.sleep(0.01)
    before = own_memory(server.pid)
    holders = subprocess.Popen(
        [program, str(processes), str(allocations), str(MOST_EVENTS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PLIMSOLL_SOCKET": str(socket)},
    )
    assert holders.stdout is not None
    holders.stdout.read(processes)
    live = processes * allocations
    wait_for_events(socket, processes, live)
    per_allocation = (own_memory(server.pid) - before) / live
    at_rest = cpu_s(server.pid)
    time.sleep(idle_s)
    share = (cpu_s(server.pid) - at_rest) / idle_s
    holders.kill()
    server.terminate()
    holders.wait()
    server.wait()
    return f"{per_allocation:>18.1f}{share:>17.2%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="only show that everything runs")
    options = parser.parse_args()
    sizes = [(2, 1000)] if options.smoke else [(1, 1_000_000), (8, 100_000), (64, 10_000)]
    print(f"\n{'plimsolld':<18}{'bytes/allocation':>18}{'of a core, idle':>17}")
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        program = compiled(Path(folder))
        for processes, allocations in sizes:
            idle_s = 1.0 if options.smoke else 20.0
            row = measure(program, Path(folder), processes, allocations, idle_s)
            print(f"{processes:>4} x {allocations:<11}" + row, flush=True)


if __name__ == "__main__":
    main()
