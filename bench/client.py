"""What one call of the client takes, beside what others take for the same event."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from running import plimsoll_binary
from table import Bar, Table

Row = dict[str, Any]


def lttng(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["lttng", "--no-sessiond", *arguments], capture_output=True, text=True, check=False
    )


def must(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(done.args)} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def tracing(folder: Path) -> Iterator[None]:
    """LTTng records the benchmark's tracepoint, into a folder that goes away."""
    # Where one runs already, ours ends at once and its session is one of many.
    daemon = subprocess.Popen(["lttng-sessiond", "--no-kernel", "--quiet"], stderr=subprocess.PIPE)
    session = f"plimsoll-bench-{os.getpid()}"
    try:
        deadline = time.monotonic() + 10
        while lttng("list").returncode != 0 and time.monotonic() < deadline:
            time.sleep(0.05)
        must(lttng("create", session, f"--output={folder}/trace"))
        must(lttng("enable-event", "--userspace", "plimsoll_bench:*"))
        must(lttng("start"))
        yield
        must(lttng("destroy", session))
    finally:
        daemon.terminate()
        daemon.communicate()


def measured(smoke: bool) -> Row:
    program = plimsoll_binary().parent / "client_bench"
    size = ["1", "2"] if smoke else []
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder, tracing(Path(folder)):
        done = subprocess.run([program, *size], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"bench: {program.name} ended with {done.returncode}:\n{done.stderr}")
    return dict(json.loads(done.stdout))


def cells(row: Row) -> list[str]:
    out = [row["name"]]
    for what in ("allocate_ns", "free_ns"):
        ns = row[what]
        out += [f"{ns['median']:.1f} ({ns['low']:.1f}..{ns['high']:.1f})", f"{ns['p99_9']:.0f}"]
    return out


COLUMNS = ["", "allocate", "p99.9", "free", "p99.9"]
NANOSECONDS = (
    "Nanoseconds: the median over the rounds of bursts of 32 calls (and where the middle half of "
    "the rounds is), and what one call in a thousand exceeds."
)


def of(rows: list[Row], name: str, what: str, figure: str = "median") -> float:
    return float(next(row for row in rows if row["name"] == name)[what][figure])


def worst(rows: list[Row], name: str, figure: str = "median") -> float:
    return max(of(rows, name, what, figure) for what in ("allocate_ns", "free_ns"))


def bars_of_calls(rows: list[Row]) -> list[Bar]:
    median, tail = worst(rows, "plimsoll"), worst(rows, "plimsoll", "p99_9")
    floor, floors_tail = worst(rows, "floor"), worst(rows, "floor", "p99_9")
    return [
        Bar("at most 30 ns", f"{median:.1f} ns", median <= 30),
        Bar(
            "at most 100 ns in 999 of 1000",
            f"{tail:.0f} ns, the floor {floors_tail:.0f} ns",
            tail <= 100,
            "One call in a thousand meets an interrupt, a page that is touched for the first time "
            "or another process: the floor, which only stores, has such a tail too.",
        ),
        Bar("at most 3x the floor", f"{median / floor:.1f}x", median <= 3 * floor),
    ]


def tables(smoke: bool) -> list[Table]:
    all_ = measured(smoke)
    calls, states, threads = all_["contenders"], all_["states"], all_["threads"]
    disabled = max(
        of(states, "disabled", what) - of(states, "an empty function", what)
        for what in ("allocate_ns", "free_ns")
    )
    ratio = worst(threads, "plimsoll, 2") / worst(threads, "plimsoll, 1")
    least = worst(threads, "floor with a shared number, 2") / worst(threads, "floor with a shared number, 1")
    return [
        Table(
            "A call of the client, and what others take for the same event",
            NANOSECONDS + " The floor is a time stamp and the store of a cache line. The shared "
            "counters are a replica of the runtime's own tracker, the socket client one of an "
            "earlier tracker's; neither can tell what is live.",
            COLUMNS,
            [cells(row) for row in calls],
            bars_of_calls(calls),
            calls,
        ),
        Table(
            "The same call in other states",
            NANOSECONDS + " Cold start: the first 32 calls after attaching, which touch memory for "
            "the first time.",
            COLUMNS,
            [cells(row) for row in states],
            [
                Bar(
                    "disabled: at most 1 ns more than an empty function",
                    f"{disabled:.1f} ns",
                    disabled <= 1,
                )
            ],
            states,
        ),
        Table(
            "The same call by several threads at once",
            NANOSECONDS + " Per thread; this machine may have fewer processors. The shared number "
            "is one that each event takes the next of.",
            ["what, threads", *COLUMNS[1:]],
            [cells(row) for row in threads],
            [
                Bar(
                    "two threads: per thread no more than 1.3x one thread",
                    f"{ratio:.2f}x; the floor with a shared number {least:.2f}x",
                    ratio <= 1.3,
                    "An event has a number of its own, which tells what came first in two threads, "
                    "and changes counters whose peak is exact: words that all threads share. With "
                    "one such word alone, the floor is beyond the bar.",
                )
            ],
            threads,
        ),
    ]
