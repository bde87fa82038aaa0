"""What watching costs on the real runtime: nanoseconds per pair of allocation and free, and per op.

For each release of ttnn and each mock machine, alloc_free.py runs alone, watched by Plimsoll in
several ways, and with the runtime's own shared-memory tracker (where the release has one). In a
round there is a process for each way, and they take turns on one processor, a few milliseconds each
and in random order, so that what else happens on the machine meets them alike; what watches them is
on another one, where there is one. What a way adds in a round is the difference between its fastest
tenth of turns and that of the process alone. Processes differ by where their memory happens to lie,
so there are many rounds; one in which the processor was shared from beginning to end, and so even
the process alone slow, does not count.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from running import Runner, plimsoll_binary, ttnn_python
from serving import Server
from table import Bar, Spread, Table

BENCH = Path(__file__).resolve().parent
RELEASES = ("0.66.0", "0.81.1")
RELEASE_WITH_TRACKER = "0.81.1"
MACHINES = {"n150": (1, 1), "t3k": (2, 4), "galaxy": (4, 8)}  # rows and columns of chips
REPETITIONS = {"pair": 500, "bare pair": 500, "op": 50}  # in a turn
SHARED = 1.25  # so many times the fastest round's: the processor was shared
SHARED_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Way:
    """One way to run the program."""

    name: str
    options: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


ALONE = Way("alone", ("--no-agent",))
COUNTERS = Way("no lines", ("--call-sites", "off"))
LINES = Way("with lines")
NATIVE = Way("native frames", ("--call-sites", "native"))
SERVED = Way("lines, server")
TRACKER = Way("runtime's tracker", ("--no-agent",), (("TT_METAL_SHM_TRACKING_DISABLED", "0"),))
WATCHED = (COUNTERS, LINES, NATIVE, SERVED)

Rounds = dict[str, list[float]]  # by way: what its fastest turns take
Samples = dict[str, Rounds]  # by what


class Process:
    """alloc_free.py, which works when it is its turn."""

    def __init__(self, runner: Runner, machine: str, way: Way) -> None:
        self.way = way
        rows, columns = MACHINES[machine]
        command = [str(runner.python), str(BENCH / "alloc_free.py"), str(rows), str(columns)]
        # One seed, or dictionaries cost something else in each process.
        environment = {"PYTHONHASHSEED": "0", **dict(way.environment)}
        runner.working_folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            runner.arguments(command, ("--quiet", *way.options), machine),
            cwd=runner.working_folder,
            env=runner.environment(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def answer(self) -> object:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            try:
                return json.loads(line)
            except ValueError:
                continue  # the runtime's log
        sys.exit(f"bench: {self.way.name} ended with {self.process.wait()}")

    def ns(self, what: str) -> float:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([what, REPETITIONS[what]]) + "\n")
        self.process.stdin.flush()
        ns = self.answer()
        assert isinstance(ns, float)
        return ns

    def end(self) -> None:
        self.process.communicate()


def fastest_tenth(values: list[float]) -> float:
    return statistics.quantiles(values, n=10, method="inclusive")[0] if values[1:] else values[0]


def one_round(runner: Runner, machine: str, ways: list[Way], turns: int, to: Samples) -> None:
    processes = [Process(runner, machine, way) for way in ways]
    for process in processes:
        process.answer()  # that it is ready
    for what, rounds in to.items():
        taken: dict[str, list[float]] = {way.name: [] for way in ways}
        for _ in range(turns):
            for process in random.sample(processes, len(processes)):
                taken[process.way.name].append(process.ns(what))
        for name, values in taken.items():
            rounds[name].append(fastest_tenth(values))
    for process in processes:
        process.end()


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """A server that finds each process and follows it."""
    server = Server(plimsoll_binary().parent / "plimsolld", folder / "socket")
    try:
        yield
    finally:
        server.end()


def measure(runner: Runner, machine: str, ways: list[Way], rounds: int, turns: int) -> Samples:
    samples: Samples = {what: {way.name: [] for way in ways} for what in REPETITIONS}
    for _ in range(rounds):
        one_round(runner, machine, ways, turns, samples)
    return samples


def quiet(rounds: Rounds) -> list[int]:
    """The numbers of those in which the processor was not shared all the time."""
    alone = rounds[ALONE.name]
    return [n for n, ns in enumerate(alone) if ns <= SHARED * min(alone)]


def added(rounds: Rounds, way: Way) -> Spread:
    return Spread.of([rounds[way.name][n] - rounds[ALONE.name][n] for n in quiet(rounds)])


def alone(rounds: Rounds) -> float:
    return Spread.of([rounds[ALONE.name][n] for n in quiet(rounds)]).median


@dataclass(frozen=True)
class Measured:
    """On one machine with one release: without a server beside, and with one."""

    unserved: Samples
    served: Samples

    def added(self, what: str, way: Way) -> Spread | None:
        if way is SERVED:
            return added(self.served[what], LINES)
        return added(self.unserved[what], way) if way.name in self.unserved[what] else None

    def cells(self, name: str, what: str) -> list[str]:
        kept = f"{len(quiet(self.unserved[what]))}+{len(quiet(self.served[what]))}"
        out = [f"{name} {what}", kept, f"{alone(self.unserved[what]):.0f}"]
        for way in (*WATCHED, TRACKER):
            spread = self.added(what, way)
            out.append("-" if spread is None else spread.text(sign="+"))
        return out


def measure_both(runner: Runner, release: str, machine: str, rounds: int, turns: int) -> Measured:
    ways = [ALONE, COUNTERS, LINES, NATIVE, *([TRACKER] if release == RELEASE_WITH_TRACKER else [])]
    unserved = measure(runner, machine, ways, rounds, turns)
    with serving(runner.folder):
        return Measured(unserved, measure(runner, machine, [ALONE, LINES], rounds, turns))


def bars(all_: dict[tuple[str, str], Measured]) -> list[Bar]:
    met = []
    for machine, times in (("n150", 10), ("t3k", 30)):
        measured = all_[RELEASE_WITH_TRACKER, machine]
        rounds = measured.unserved["pair"]
        tracker, counters, lines = (added(rounds, way).median for way in (TRACKER, COUNTERS, LINES))
        met += [
            Bar(
                f"{machine}, no lines: {times}x less than the runtime's tracker",
                f"{tracker / counters:.1f}x",
                counters * times <= tracker,
                "docs/decisions/0020 has what each step of an event takes, and 0031 what is read "
                "in place: the runtime's own 44,000 instructions leave little of the agent in the "
                "processor's caches.",
            ),
            Bar(
                f"{machine}, no lines: at most 4 % of the pair",
                f"{counters / alone(rounds):.1%}",
                counters <= 0.04 * alone(rounds),
                "As above.",
            ),
            Bar(
                f"{machine}, with lines: at most a fifth of the runtime's tracker",
                f"{lines / tracker:.2f}",
                lines <= tracker / 5,
                "As above.",
            ),
        ]
    for (release, machine), measured in all_.items():
        if machine == "galaxy":
            continue
        spread = added(measured.unserved["pair"], LINES)
        met.append(
            Bar(
                f"{release} {machine}, with lines: at most 150 ns",
                spread.text(sign="+"),
                spread.median <= 150,
                "docs/decisions/0020 has what each step of an event takes.",
            )
        )
    return met


def trackers_files() -> set[Path]:
    return set(SHARED_MEMORY.glob("tt_device_*"))


def run(rounds: int, turns: int, folder: Path) -> Table:
    plimsoll = plimsoll_binary()
    all_: dict[tuple[str, str], Measured] = {}
    for release in RELEASES:
        runner = Runner(plimsoll, ttnn_python(release), folder / release)
        for machine in MACHINES:
            all_[release, machine] = measure_both(runner, release, machine, rounds, turns)
    return Table(
        "Watching a program on the real runtime",
        "Nanoseconds of the program's thread per pair of allocation and free, from Python, and per "
        "cached op, on mock machines of 1, 8 and 32 chips, by processes that take turns of a "
        f"few milliseconds; of {rounds} rounds without a server and {rounds} with one "
        "those count in which the processor was not shared all the time. + is added to alone: the "
        "median of the rounds (and where the middle half is).",
        ["ttnn", "rounds", ALONE.name, *(way.name for way in (*WATCHED, TRACKER))],
        [m.cells(" ".join(key), what) for key, m in all_.items() for what in REPETITIONS],
        bars(all_),
        {
            " ".join(key): {"unserved": m.unserved, "served": m.served}
            for key, m in all_.items()
        },
    )


def tables(smoke: bool, rounds: int = 12) -> list[Table]:
    there_before = trackers_files()
    try:
        with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
            return [run(*((1, 2) if smoke else (rounds, 40)), Path(folder))]
    finally:
        # The runtime's own tracker never removes its files.
        for left in trackers_files() - there_before:
            left.unlink(missing_ok=True)
