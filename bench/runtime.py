#!/usr/bin/env python3
"""What watching costs on the real runtime: nanoseconds per pair of allocation and free.

For each release of ttnn and each mock machine, alloc_free.py runs alone, watched by Plimsoll, and
with the runtime's own shared-memory tracker (where the release has one). All of these take turns,
process by process and in alternating order, for many short rounds, so that what else happens on
the machine meets them alike. A process counts with the time that the fastest tenth of its chunks
stays below: they are short, so that some meet nothing else even on a busy machine. What is added is
the difference to the process that ran alone in the same round. Shown: the median over the rounds,
and from where to where their middle half reaches.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent / "tests" / "e2e"))

from running import Json, Runner, plimsoll_binary, ttnn_python  # noqa: E402

RELEASES = ("0.66.0", "0.81.1")
RELEASE_WITH_TRACKER = "0.81.1"
MACHINES = {"n150": (1, 1), "t3k": (2, 4)}  # rows and columns of chips
PAIRS_PER_CHUNK = 50
SHARED_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Way:
    """One way to run the program."""

    name: str
    options: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


ALONE = Way("alone", ("--no-agent",))
WATCHED = (Way("plimsoll"), Way("plimsoll --call-sites off", ("--call-sites", "off")))
TRACKER = Way(
    "runtime's own tracker", ("--no-agent",), (("TT_METAL_SHM_TRACKING_DISABLED", "0"),)
)


@dataclass(frozen=True)
class Spread:
    median: float
    low: float
    high: float

    @staticmethod
    def of(values: list[float]) -> Spread:
        if len(values) == 1:
            return Spread(values[0], values[0], values[0])
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return Spread(median, low, high)

    def text(self, sign: str = "") -> str:
        return f"{self.median:{sign}.0f} ({self.low:{sign}.0f}..{self.high:{sign}.0f})"

    def json(self) -> Json:
        return {"median": self.median, "low": self.low, "high": self.high}


def ns_per_pair(runner: Runner, machine: str, way: Way, chunks: int) -> float:
    rows, columns = MACHINES[machine]
    command = [str(runner.python), str(BENCH / "alloc_free.py")]
    command += [str(n) for n in (rows, columns, chunks, PAIRS_PER_CHUNK)]
    # One seed, or dictionaries cost something else in each process.
    environment = {"PYTHONHASHSEED": "0", **dict(way.environment)}
    ended = runner.raw(command, "--quiet", *way.options, machine=machine, **environment)
    if ended.code != 0:
        sys.exit(f"bench: {way.name} on {machine} ended with {ended.code}:\n{ended.stderr}")
    of_chunks = json.loads(ended.output[0][-1])
    return statistics.quantiles(of_chunks, n=10, method="inclusive")[0]


def measure(runner: Runner, machine: str, ways: list[Way], rounds: int, chunks: int) -> Json:
    samples: dict[str, list[float]] = {way.name: [] for way in ways}
    for number in range(rounds):
        for way in ways if number % 2 == 0 else reversed(ways):
            samples[way.name].append(ns_per_pair(runner, machine, way, chunks))
    alone = samples[ALONE.name]
    return {
        "machine": machine,
        "alone_ns": Spread.of(alone).json(),
        "added_ns": {
            way.name: Spread.of([b - a for a, b in zip(alone, samples[way.name])]).json()
            for way in ways
            if way is not ALONE
        },
        "samples_ns": samples,
    }


def cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"


def conditions(plimsoll: Path, rounds: int, chunks: int) -> Json:
    version = subprocess.run([plimsoll, "--version"], capture_output=True, text=True, check=True)
    return {
        "plimsoll": version.stdout.strip(),
        "cpu": cpu_model(),
        "cpus": os.cpu_count(),
        "kernel": platform.release(),
        "load_before": os.getloadavg()[0],
        "rounds": rounds,
        "chunks": chunks,
        "pairs_per_chunk": PAIRS_PER_CHUNK,
        "command": sys.argv,
    }


def row_of(release: str, result: Json) -> str:
    added = {name: Spread(**spread).text("+") for name, spread in result["added_ns"].items()}
    cells = [Spread(**result["alone_ns"]).text()]
    cells += [added.get(way.name, "-") for way in (*WATCHED, TRACKER)]
    return f"{release:<8} {result['machine']:<5}" + "".join(f"{cell:>26}" for cell in cells)


def print_head(head: Json) -> None:
    print("Nanoseconds per pair of allocation and free, from Python, on a mock machine.")
    print(f"{head['plimsoll']}; {head['cpu']}, {head['cpus']} CPUs, Linux {head['kernel']}")
    size = f"{head['rounds']} rounds of {head['chunks']} x {head['pairs_per_chunk']} pairs each"
    print(f"{size}: median (middle half of the rounds); + is added to alone")
    titles = [way.name for way in (ALONE, *WATCHED, TRACKER)]
    print(f"\n{'ttnn':<8} {'':<5}" + "".join(f"{title:>26}" for title in titles), flush=True)


def trackers_files() -> set[Path]:
    return set(SHARED_MEMORY.glob("tt_device_*"))


def run(rounds: int, chunks: int, folder: Path) -> Json:
    plimsoll = plimsoll_binary()
    head = conditions(plimsoll, rounds, chunks)
    print_head(head)
    results = []
    for release in RELEASES:
        runner = Runner(plimsoll, ttnn_python(release), folder / release)
        for machine in MACHINES:
            ways = [ALONE, *WATCHED, *([TRACKER] if release == RELEASE_WITH_TRACKER else [])]
            result = measure(runner, machine, ways, rounds, chunks)
            results.append({"ttnn": release, **result})
            print(row_of(release, result), flush=True)
    return {"schema": 1, **head, "results": results}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="only show that everything runs")
    parser.add_argument("--rounds", type=int, default=16, help="default: 16")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results to FILE")
    options = parser.parse_args()
    rounds, chunks = (1, 5) if options.smoke else (options.rounds, 300)

    if options.smoke:
        print("bench: this only shows that everything runs; its figures mean nothing")
    there_before = trackers_files()
    try:
        with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
            measured = run(rounds, chunks, Path(folder))
    finally:
        # The runtime's own tracker never removes its files.
        for left in trackers_files() - there_before:
            left.unlink(missing_ok=True)
    if options.json is not None:
        options.json.write_text(json.dumps(measured, indent=1) + "\n")


if __name__ == "__main__":
    main()
