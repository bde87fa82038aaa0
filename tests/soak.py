#!/usr/bin/env python3
"""Processes that come, go, open, close and are killed, for long: the server's memory stays flat, and
nothing is ever shown of what is gone.

16 synthetic processes work at once; a thousand times a minute one of them closes all it has open, or
is killed, or ends, and another takes its place. After each minute the server is compared with what
the processes know of themselves.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "e2e"))

from asking import Asker  # noqa: E402
from running import Json, plimsoll_binary  # noqa: E402
from serving import own_memory  # noqa: E402
from synthetic import Synthetic, assert_equal, synthetic_program  # noqa: E402

PROCESSES = 16
CYCLES_A_MINUTE = 1000
ALLOWED_GROWTH = 4 << 20  # histories fill, and so do the allocator's free lists


class Soak:
    def __init__(self, folder: Path) -> None:
        self.program = synthetic_program(folder)
        self.socket = folder / "socket"
        self.random = random.Random(20261127)
        daemon = plimsoll_binary().parent / "plimsolld"
        self.server = subprocess.Popen([daemon, "--quiet", "--socket", self.socket])
        while not self.socket.exists():
            time.sleep(0.01)
        self.seed = self.kills = self.ends = self.closes = 0
        self.pids: set[int] = set()  # of all there ever were
        self.workers = [self.new() for _ in range(PROCESSES)]

    def new(self) -> Synthetic:
        self.seed += 1
        worker = Synthetic(self.program, self.seed, 4, self.socket)
        self.pids.add(worker.process.pid)
        return worker

    def seen(self, asker: Asker) -> dict[int, Json]:
        """Others on this host are none of our business."""
        processes = asker.body("snapshot")["processes"]
        return {p["pid"]: p for p in processes if p["pid"] in self.pids}

    def cycle(self) -> None:
        place = self.random.randrange(PROCESSES)
        worker = self.workers[place]
        worker.work(self.random.randrange(50, 400))
        dice = self.random.random()
        if dice < 0.1:
            worker.kill()
            self.kills += 1
        elif dice < 0.2:
            worker.end()
            self.ends += 1
        else:
            worker.close()
            self.closes += 1
            return
        self.workers[place] = self.new()

    def compare(self) -> None:
        told = {worker.process.pid: worker.tell() for worker in self.workers}
        deadline = time.monotonic() + 30
        with Asker(self.socket) as asker:
            while True:
                processes = self.seen(asker)
                if processes.keys() == told.keys():
                    break
                assert time.monotonic() < deadline, f"{processes.keys() ^ told.keys()} is wrong"
                time.sleep(0.05)
        for pid, one in told.items():
            assert_equal(processes[pid], one)

    def finish(self) -> None:
        for worker in self.workers:
            worker.close()
        with Asker(self.socket) as asker:
            left = sum(p["held_count"] for p in self.seen(asker).values())
            assert left == 0, f"{left} allocations of nobody"
        for worker in self.workers:
            worker.end()
        self.server.terminate()
        assert self.server.wait(timeout=30) == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plimsoll-soak-") as folder:
        soak = Soak(Path(folder))
        memory = []
        rounds = max(2, round(options.minutes * 6))  # of ten seconds
        cycles = max(20, round(CYCLES_A_MINUTE * options.minutes / rounds))
        for number in range(rounds):
            begun = time.monotonic()
            for _ in range(cycles):
                soak.cycle()
            soak.compare()
            memory.append(own_memory(soak.server.pid))
            left = options.minutes * 60 / rounds - (time.monotonic() - begun)
            time.sleep(max(0.0, left))
            if number % 6 == 0:
                print(f"{number / 6:4.0f} min  {memory[-1] / 1024:8.0f} KiB", flush=True)
        soak.finish()
    print(
        f"{rounds * cycles} cycles: {soak.closes} closed, {soak.ends} ended, {soak.kills} killed; "
        f"the server's own memory {memory[0] >> 10} KiB first, {max(memory) >> 10} KiB at most, "
        f"{memory[-1] >> 10} KiB last; no ghosts"
    )
    middle = memory[len(memory) // 2]
    if memory[-1] - middle > ALLOWED_GROWTH:
        sys.exit(f"soak: the server grew by {memory[-1] - middle} bytes in its second half")


if __name__ == "__main__":
    main()
