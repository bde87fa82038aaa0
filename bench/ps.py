"""What a look from outside costs: milliseconds of `plimsoll ps` while processes hold many buffers.
Once by itself, and once with a server that keeps their books and is asked for what only it knows.
Beside it, procps's `ps aux`, which looks at the same processes and at none of their memory.

The commands take turns. Shown: the median, and from where to where the middle half reaches.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from running import REPOSITORY, plimsoll_binary
from table import Bar, Spread, Table

BENCH = Path(__file__).resolve().parent


def compiled(folder: Path) -> Path:
    library = plimsoll_binary().parent.parent / "lib"
    program = folder / "holders"
    command = ["cc", "-O2", "-I", REPOSITORY / "include", BENCH / "holders.c", "-o", program]
    command += ["-L", library, "-lplimsoll", f"-Wl,-rpath,{library}"]
    subprocess.run(list(map(str, command)), check=True)
    return program


def ms_of(command: list[str], socket: Path) -> float:
    environment = {**os.environ, "PLIMSOLL_SOCKET": str(socket)}
    before = time.perf_counter_ns()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)
    return (time.perf_counter_ns() - before) / 1e6


def served(socket: Path) -> subprocess.Popen[bytes]:
    """A server that has found all holders: it answers when it has looked for the first time."""
    server = subprocess.Popen(
        [plimsoll_binary().parent / "plimsolld", "--quiet", "--socket", socket],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ask = [str(plimsoll_binary()), "mark", "bench"]
    environment = {**os.environ, "PLIMSOLL_SOCKET": str(socket)}
    while subprocess.run(ask, capture_output=True, env=environment, check=False).returncode != 0:
        time.sleep(0.01)
    return server


def measure(program: Path, processes: int, allocations: int, rounds: int) -> dict[str, Spread]:
    holders = subprocess.Popen(
        [program, str(processes), str(allocations)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holders.stdin is not None and holders.stdout is not None
    holders.stdout.read(processes)  # a dot of each
    socket, nobody = program.parent / "socket", program.parent / "nobody"
    server = served(socket)
    ways = {
        "plimsoll ps": ([str(plimsoll_binary()), "ps"], nobody),
        "with plimsolld": ([str(plimsoll_binary()), "ps"], socket),
        "ps aux": (["ps", "aux"], nobody),
    }
    samples: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (command, asked) in ways.items():
            samples[name].append(ms_of(command, asked))
    server.kill()
    server.wait()
    holders.kill()
    holders.wait()
    return {name: Spread.of(values) for name, values in samples.items()}


def tables(smoke: bool) -> list[Table]:
    sizes = [(1, 1000), (8, 1000), (64, 1000), (1, 100_000), (8, 100_000), (64, 100_000)]
    rows, figures = [], []
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        program = compiled(Path(folder))
        for processes, allocations in [(2, 1000)] if smoke else sizes:
            spreads = measure(program, processes, allocations, 5 if smoke else 40)
            name = f"{processes} x {allocations:,}"
            rows.append([name, *(spread.text(digits=1) for spread in spreads.values())])
            medians = {way: spread.median for way, spread in spreads.items()}
            figures.append({"processes": processes, "allocations": allocations, **medians})
    largest = figures[-1]["plimsoll ps"]
    return [
        Table(
            "A look from outside",
            "Milliseconds of `plimsoll ps` while processes hold so many buffers each, by itself "
            "and with a server that keeps their books: median (middle half). Beside it procps's "
            "ps, which looks at the same processes and at none of their memory.",
            ["processes x buffers", *spreads],
            rows,
            [Bar(f"at most 50 ms with {rows[-1][0]}", f"{largest:.1f} ms", largest <= 50)],
            figures,
        )
    ]
