"""What the allocation server costs: its own memory per live allocation that it has followed event
by event, and how much of a core it takes while nothing happens.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from asking import Asker
from ps import compiled
from running import plimsoll_binary
from serving import own_memory
from table import Bar, Table

MOST_EVENTS = 1 << 20  # that a ring can keep
PATIENCE_S = 60


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_for_events(socket: Path, processes: int, events: int) -> None:
    """Until the server has followed all of each process."""
    deadline = time.monotonic() + PATIENCE_S
    with Asker(socket) as asker:
        while time.monotonic() < deadline:
            seen = asker.body("snapshot")["processes"]
            there = [process for process in seen if process["name"] == "holders"]
            if len(there) == processes and sum(p["held_count"] for p in there) == events:
                time.sleep(1)
                return
            time.sleep(0.2)
    sys.exit("bench: the server did not see all there was")


def measure(
    program: Path, folder: Path, processes: int, allocations: int, idle_s: float
) -> tuple[float, float]:
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
    return per_allocation, share


def tables(smoke: bool) -> list[Table]:
    rows, most = [], 0.0
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        program = compiled(Path(folder))
        sizes = [(1, 1_000_000), (8, 100_000), (64, 10_000)]
        for processes, allocations in [(2, 1000)] if smoke else sizes:
            idle_s = 1.0 if smoke else 20.0
            bytes_each, share = measure(program, Path(folder), processes, allocations, idle_s)
            most = max(most, bytes_each)
            rows.append([f"{processes} x {allocations:,}", f"{bytes_each:.1f}", f"{share:.2%}"])
    return [
        Table(
            "The server",
            "Its own memory for each live allocation that it has followed event by event, and how "
            "much of a core it takes while nothing happens.",
            ["processes x buffers", "bytes per allocation", "of a core, idle"],
            rows,
            [
                Bar(
                    "at most 100 bytes per live allocation",
                    f"{most:.1f}",
                    most <= 100,
                    "Each process that is followed takes some 0.1 MB besides its allocations, "
                    "which counts where they are few.",
                )
            ],
        )
    ]
