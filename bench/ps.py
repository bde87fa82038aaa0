#!/usr/bin/env python3
"""What a look from outside costs: milliseconds of `plimsoll ps` while processes hold many buffers.
Beside it, procps's `ps aux`, which looks at the same processes and at none of their memory.

The commands take turns. Shown: the median, and from where to where the middle half reaches.
"""

from __future__ import annotations

import argparse
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


def ms_of(command: list[str]) -> float:
    before = time.perf_counter_ns()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter_ns() - before) / 1e6


def measure(program: Path, processes: int, allocations: int, rounds: int) -> None:
    holders = subprocess.Popen(
        [program, str(processes), str(allocations)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holders.stdin is not None and holders.stdout is not None
    holders.stdout.read(processes)  # a dot of each
    ways = {"plimsoll ps": [str(plimsoll_binary()), "ps"], "ps aux": ["ps", "aux"]}
    samples: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, command in ways.items():
            samples[name].append(ms_of(command))
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
    print(f"{'':<15}{'plimsoll ps':>24}{'ps aux':>24}")
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        program = compiled(Path(folder))
        for processes, allocations in sizes:
            measure(program, processes, allocations, 5 if options.smoke else 40)


if __name__ == "__main__":
    main()
