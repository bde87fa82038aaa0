"""What the preloaded agent costs a child process that never loads the runtime: milliseconds per
fork, exec and end of /bin/true. Beside it, what any library costs there: the C library's libm.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

from running import Runner, plimsoll_binary
from table import Bar, Spread, Table

CHILD = "/bin/true"


def ms_of_child(environment: dict[str, str]) -> float:
    before = time.perf_counter_ns()
    child = os.posix_spawn(CHILD, [CHILD], environment)
    os.waitpid(child, 0)
    return (time.perf_counter_ns() - before) / 1e6


def tables(smoke: bool) -> list[Table]:
    agent = Runner(plimsoll_binary(), Path(sys.executable), Path()).agent
    preloads = {"alone": None, "libm preloaded": "libm.so.6", "agent preloaded": str(agent)}
    own = {k: v for k, v in os.environ.items() if k != "LD_PRELOAD"}
    ways = {k: own if v is None else {**own, "LD_PRELOAD": v} for k, v in preloads.items()}
    samples: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(10 if smoke else 2000):  # child by child, so that all ways meet the same
        for name, environment in ways.items():
            samples[name].append(ms_of_child(environment))

    alone = statistics.median(samples["alone"])
    added = {name: statistics.median(values) - alone for name, values in samples.items()}
    rows = [
        [name, Spread.of(values).text(digits=3), f"{added[name]:+.3f}"]
        for name, values in samples.items()
    ]
    agents = added["agent preloaded"]
    bar = Bar("at most 1 ms per child", f"{agents:+.3f} ms", agents <= 1)
    return [
        Table(
            "Children that never load the runtime",
            f"Milliseconds per fork, exec and end of {CHILD}: median (middle half), what is added.",
            ["", "ms", "added"],
            rows,
            [bar],
            added,
        )
    ]
