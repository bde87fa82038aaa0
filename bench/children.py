#!/usr/bin/env python3
"""What the preloaded agent costs a child process that never loads the runtime: milliseconds per
fork, exec and end of /bin/true. Beside it, what any library costs there: the C library's libm.

The ways take turns, child by child. Shown: the median, and from where to where the middle half of
the children reaches.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "e2e"))

from running import Runner, plimsoll_binary  # noqa: E402

CHILD = "/bin/true"


def ms_of_child(environment: dict[str, str]) -> float:
    before = time.perf_counter_ns()
    child = os.posix_spawn(CHILD, [CHILD], environment)
    os.waitpid(child, 0)
    return (time.perf_counter_ns() - before) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="only show that everything runs")
    parser.add_argument("--children", type=int, default=2000, help="of each way; default: 2000")
    options = parser.parse_args()

    agent = Runner(plimsoll_binary(), Path(sys.executable), Path()).agent
    preloads = {"alone": None, "libm preloaded": "libm.so.6", "agent preloaded": str(agent)}
    own = {k: v for k, v in os.environ.items() if k != "LD_PRELOAD"}
    ways = {k: own if v is None else {**own, "LD_PRELOAD": v} for k, v in preloads.items()}
    samples: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(10 if options.smoke else options.children):
        for name, environment in ways.items():
            samples[name].append(ms_of_child(environment))

    print(f"\nMilliseconds per fork, exec and end of {CHILD}: median (middle half), added")
    alone = statistics.median(samples["alone"])
    for name, values in samples.items():
        low, median, high = statistics.quantiles(values, n=4)
        print(f"{name:<18}{median:>8.3f} ({low:.3f}..{high:.3f}){median - alone:>+9.3f}")


if __name__ == "__main__":
    main()
