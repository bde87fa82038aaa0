#!/usr/bin/env python3
"""Measures Plimsoll beside what others take for the same, and says which bars are met.

One table per claim. With --page they become docs/performance.md, with plots of how things grow.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent / "tests" / "e2e"))

import children  # noqa: E402
import client  # noqa: E402
import collector  # noqa: E402
import fleet  # noqa: E402
import judged_tests  # noqa: E402
import page  # noqa: E402
import ps  # noqa: E402
import runtime  # noqa: E402
import server  # noqa: E402
from running import plimsoll_binary  # noqa: E402
from table import Table  # noqa: E402

ALL = {
    "client": client,
    "collector": collector,
    "server": server,
    "ps": ps,
    "children": children,
    "fleet": fleet,
    "judged tests": judged_tests,
    "runtime": runtime,
}


def cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"


def conditions() -> str:
    version = subprocess.run(
        [plimsoll_binary(), "--version"], capture_output=True, text=True, check=True
    )
    compiler = subprocess.run(["c++", "--version"], capture_output=True, text=True, check=True)
    return (
        f"{version.stdout.strip()}; {cpu_model()}, {os.cpu_count()} CPUs; "
        f"Linux {platform.release()}; {compiler.stdout.splitlines()[0]}; "
        f"load {os.getloadavg()[0]:.1f} before"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="only show that everything runs")
    parser.add_argument("--only", choices=ALL, action="append", help="leave the others out")
    parser.add_argument("--rounds", type=int, default=12, help="on the real runtime; default: 12")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    parser.add_argument("--page", action="store_true", help="write docs/performance.md")
    options = parser.parse_args()
    head = conditions()
    print(head)
    if options.smoke:
        print("bench: this only shows that everything runs; its figures mean nothing")

    measured: list[Table] = []
    for name, module in ALL.items():
        if options.only and name not in options.only:
            continue
        more = {"rounds": options.rounds} if module is runtime else {}
        for table in module.tables(options.smoke, **more):
            print(table.text(), flush=True)
            if not options.smoke:
                print("\n".join(bar.text() for bar in table.bars), flush=True)
            measured.append(table)
    missed = [bar for table in measured for bar in table.bars if not bar.is_met]
    if not options.smoke:
        print(f"\n{len(missed)} bars not met")
    if options.json is not None:
        content = {"schema": 1, "machine": head, "tables": [table.json() for table in measured]}
        options.json.write_text(json.dumps(content, indent=1) + "\n")
    if options.page:
        page.write(head, measured)


if __name__ == "__main__":
    main()
