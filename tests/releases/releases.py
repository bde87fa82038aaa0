#!/usr/bin/env python3
"""Runs programs on every supported release of ttnn and every mock machine; writes docs/releases.md.

Every program runs under `plimsoll run --verify`. Ends with 1, and says why, when a program behaves
otherwise than it should or Plimsoll counts otherwise than the allocator. `make releases` builds first.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY / "tests" / "e2e"))

from page import page  # noqa: E402
from running import RELEASES, Runner, machines, plimsoll_binary, ttnn_python  # noqa: E402
from seams import seams  # noqa: E402
from trial import PROGRAMS, Machine, Trial, run  # noqa: E402

MACHINES = tuple(Machine(machine["name"], *machine["mesh"]) for machine in machines())


def trials_of(release: str, chosen: list[Machine], folder: Path) -> list[Trial]:
    runner = Runner(plimsoll_binary(), ttnn_python(release), folder / release)
    suiting = [(m, program) for m in chosen for program in PROGRAMS if program.suits(m)]
    found = [run(runner, release, machine, program) for machine, program in suiting]
    print(f"{release}: {sum(not t.cannot_run for t in found)} runs", flush=True)
    return found


def seams_of(releases: list[str]) -> list[tuple[str, set[str]]]:
    found = {release: seams(release) for release in releases}
    return [(name, {r for r in releases if found[r][name]}) for name in found[releases[0]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--releases", default=",".join(RELEASES), help="separated by commas")
    parser.add_argument("--machines", default=",".join(m.name for m in MACHINES))
    parser.add_argument("--output", type=Path, default=REPOSITORY / "docs" / "releases.md")
    options = parser.parse_args()
    releases = options.releases.split(",")
    chosen = [m for m in MACHINES if m.name in options.machines.split(",")]

    with tempfile.TemporaryDirectory(prefix="plimsoll-releases-") as folder:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            of_each = pool.map(lambda r: trials_of(r, chosen, Path(folder)), releases)
            trials = [trial for found in of_each for trial in found]
    options.output.write_text(page(trials, releases, chosen, seams_of(releases)))

    wrong = [t for t in trials if t.wrong]
    for trial in wrong:
        place = f"{trial.program} on ttnn {trial.release}, {trial.machine}"
        print(f"{place}: {'; '.join(trial.wrong)}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
