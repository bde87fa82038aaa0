#!/usr/bin/env python3
"""What a look from outside costs: milliseconds of `plimsoll ps` while processes hold many buffers.
Once by itself, and once with a server that keeps their books and is asked for what only it knows.
Beside it, procps's `ps aux`, which looks at the same processes and at none of their memory.

The commands take turns. Shown: the median, and from where to where the middle half reaches.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent / "tests" / "e2e"))

from running import REPOSITORY, plimsoll_binary  # noqa: E402


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


def measure(program: Path, processes: int, allocations: int, rounds: int) -> None:
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
    cells = []
    for values in samples.values():
        low, median, high = statistics.quantiles(values, n=4)
        cells.append(f"{median:.1f} ({low:.1f}..{high:.1f})")
    print(f"{processes:>4} x {allocations:<8}" + "".join(f"{cell:>24}" for cell in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="only show that everything runs")
    options = parser.parse_args()
    sizes = [(2, 1000)] if options.smoke else [(1, 1000), (8, 100_000), (64, 100_000)]
    print("\nMilliseconds per look at processes that hold so many buffers each: median (middle half)")
    print(f"{'':<15}{'plimsoll ps':>24}{'with plimsolld':>24}{'ps aux':>24}")
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        program = compiled(Path(folder))
        for processes, allocations in sizes:
            measure(program, processes, allocations, 5 if options.smoke else 40)


if __name__ == "__main__":
    main()
