"""What watching costs on the real runtime: nanoseconds per pair of allocation and free, and per op.

For each release of ttnn and each mock machine, alloc_free.py runs alone, watched by Plimsoll in
several ways, and with the runtime's own shared-memory tracker (where the release has one). All of
these take turns, process by process and in alternating order, for many short rounds, so that what
else happens on the machine meets them alike. A process counts with the time that the fastest tenth
of its chunks stays below. Processes differ by where their memory happens to lie, and mostly
upwards: so what is added is the difference between the lower quartiles of both ways' rounds. How
far that would be off by chance is told by drawing the rounds again at random (bootstrap, middle
80 %).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from running import Runner, plimsoll_binary, ttnn_python
from serving import Server
from table import Bar, Table

BENCH = Path(__file__).resolve().parent
RELEASES = ("0.66.0", "0.81.1")
RELEASE_WITH_TRACKER = "0.81.1"
MACHINES = {"n150": (1, 1), "t3k": (2, 4), "galaxy": (4, 8)}  # rows and columns of chips
WHATS = ("pair", "bare pair", "op")
PAIRS_PER_CHUNK = 50
SHARED_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Way:
    """One way to run the program."""

    name: str
    options: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    served: bool = False


ALONE = Way("alone", ("--no-agent",))
COUNTERS = Way("no lines", ("--call-sites", "off"))
LINES = Way("with lines")
NATIVE = Way("native frames", ("--call-sites", "native"))
SERVED = Way("lines, server", served=True)
TRACKER = Way("runtime's tracker", ("--no-agent",), (("TT_METAL_SHM_TRACKING_DISABLED", "0"),))
WATCHED = (COUNTERS, LINES, NATIVE, SERVED)

Samples = dict[str, dict[str, list[float]]]  # by way, by what


@dataclass(frozen=True)
class Added:
    """Nanoseconds that a way adds to `alone`, and where chance would put them."""

    ns: float
    low: float
    high: float

    @staticmethod
    def of(alone: list[float], way: list[float]) -> Added:
        chance = random.Random(1)
        drawn = [
            lower(chance.choices(way, k=len(way))) - lower(chance.choices(alone, k=len(alone)))
            for _ in range(400)
        ]
        tenths = statistics.quantiles(drawn, n=10)
        return Added(lower(way) - lower(alone), tenths[0], tenths[-1])

    def text(self) -> str:
        return f"{self.ns:+.0f} ({self.low:+.0f}..{self.high:+.0f})"


def lower(values: list[float]) -> float:
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=4, method="inclusive")[0]


def ns_of(runner: Runner, machine: str, way: Way, chunks: int) -> dict[str, float]:
    rows, columns = MACHINES[machine]
    command = [str(runner.python), str(BENCH / "alloc_free.py")]
    command += [str(n) for n in (rows, columns, chunks, PAIRS_PER_CHUNK)]
    # One seed, or dictionaries cost something else in each process.
    environment = {"PYTHONHASHSEED": "0", **dict(way.environment)}
    ended = runner.raw(command, "--quiet", *way.options, machine=machine, **environment)
    if ended.code != 0:
        sys.exit(f"bench: {way.name} on {machine} ended with {ended.code}:\n{ended.stderr}")
    of_chunks: dict[str, list[float]] = json.loads(ended.output[0][-1])
    return {
        what: statistics.quantiles(values, n=10, method="inclusive")[0]
        if len(values) > 1
        else values[0]
        for what, values in of_chunks.items()
    }


@contextmanager
def serving(way: Way, folder: Path) -> Iterator[None]:
    """A server that finds the process and follows it, where the way has one."""
    if not way.served:
        yield
        return
    server = Server(plimsoll_binary().parent / "plimsolld", folder / "socket")
    try:
        yield
    finally:
        server.end()


def measure(runner: Runner, machine: str, ways: list[Way], rounds: int, chunks: int) -> Samples:
    samples: Samples = {way.name: {what: [] for what in WHATS} for way in ways}
    for number in range(rounds):
        for way in ways if number % 2 == 0 else reversed(ways):
            with serving(way, runner.folder):
                for what, ns in ns_of(runner, machine, way, chunks).items():
                    samples[way.name][what].append(ns)
    return samples


def cells(release: str, machine: str, what: str, samples: Samples) -> list[str]:
    alone = samples[ALONE.name][what]
    out = [f"{release} {machine} {what}", f"{lower(alone):.0f}"]
    for way in (*WATCHED, TRACKER):
        there = way.name in samples
        out.append(Added.of(alone, samples[way.name][what]).text() if there else "-")
    return out


def bars(all_: dict[tuple[str, str], Samples]) -> list[Bar]:
    met = []
    for machine, times in (("n150", 10), ("t3k", 30)):
        samples = all_[RELEASE_WITH_TRACKER, machine]
        alone = samples[ALONE.name]["pair"]
        tracker = Added.of(alone, samples[TRACKER.name]["pair"]).ns
        counters = Added.of(alone, samples[COUNTERS.name]["pair"]).ns
        lines = Added.of(alone, samples[LINES.name]["pair"]).ns
        met += [
            Bar(
                f"{machine}, no lines: {times}x less than the runtime's tracker",
                f"{tracker / counters:.1f}x",
                counters * times <= tracker,
                "docs/decisions/0020 has what each step of an event takes: most of it is that the "
                "runtime's own 44,000 instructions leave nothing of the agent in the processor's "
                "caches, and one event is as dear on one chip as on eight.",
            ),
            Bar(
                f"{machine}, no lines: at most 4 % of the pair",
                f"{counters / lower(alone):.1%}",
                counters <= 0.04 * lower(alone),
                "As above.",
            ),
            Bar(
                f"{machine}, with lines: at most a fifth of the runtime's tracker",
                f"{lines / tracker:.2f}",
                lines <= tracker / 5,
                "As above.",
            ),
        ]
    for (release, machine), samples in all_.items():
        if machine == "galaxy":
            continue
        alone = samples[ALONE.name]["pair"]
        lines = Added.of(alone, samples[LINES.name]["pair"])
        met.append(
            Bar(
                f"{release} {machine}, with lines: at most 150 ns",
                lines.text(),
                lines.ns <= 150,
                "docs/decisions/0020 has what each step of an event takes.",
            )
        )
    return met


def trackers_files() -> set[Path]:
    return set(SHARED_MEMORY.glob("tt_device_*"))


def run(rounds: int, chunks: int, folder: Path) -> Table:
    plimsoll = plimsoll_binary()
    all_: dict[tuple[str, str], Samples] = {}
    for release in RELEASES:
        runner = Runner(plimsoll, ttnn_python(release), folder / release)
        for machine in MACHINES:
            ways = [ALONE, *WATCHED, *([TRACKER] if release == RELEASE_WITH_TRACKER else [])]
            all_[release, machine] = measure(runner, machine, ways, rounds, chunks)
    return Table(
        "Watching a program on the real runtime",
        "Nanoseconds of the program's thread per pair of allocation and free, from Python, and per "
        f"cached op, on mock machines of 1, 8 and 32 chips; {rounds} rounds. + is added to alone "
        "(in brackets: where chance puts it).",
        ["ttnn", ALONE.name, *(way.name for way in (*WATCHED, TRACKER))],
        [cells(*key, what, samples) for key, samples in all_.items() for what in WHATS],
        bars(all_),
        {" ".join(key): samples for key, samples in all_.items()},
    )


def tables(smoke: bool, rounds: int = 12) -> list[Table]:
    there_before = trackers_files()
    try:
        with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
            return [run(*((1, 10) if smoke else (rounds, 300)), Path(folder))]
    finally:
        # The runtime's own tracker never removes its files.
        for left in trackers_files() - there_before:
            left.unlink(missing_ok=True)
