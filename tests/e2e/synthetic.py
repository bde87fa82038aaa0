"""Processes that report allocations of their own making, without a runtime: as many as wanted."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from native_programs import compiled
from running import REPOSITORY, Json, plimsoll_binary


def synthetic_program(folder: Path) -> Path:
    library = plimsoll_binary().parent.parent / "lib"
    options = ["-I", REPOSITORY / "include", "-L", library, "-lplimsoll"]
    return compiled(folder, "synthetic.c", *options, f"-Wl,-rpath,{library}")


class Synthetic:
    """One such process; it does its own sums, and what is seen from outside must equal them."""

    def __init__(
        self, program: Path, seed: int, chips: int, socket: Path | None, *before: str
    ) -> None:
        environment = {k: v for k, v in os.environ.items() if k != "PLIMSOLL_SOCKET"}
        if socket is not None:
            environment["PLIMSOLL_SOCKET"] = str(socket)
        self.process = subprocess.Popen(
            [*before, program, str(seed), str(chips)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _hear(self) -> Json:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"it ended with {self.process.wait()}"
        return json.loads(line)

    def work(self, steps: int) -> None:
        self._say(f"work {steps}")

    def tell(self) -> Json:
        self._say("tell")
        return self._hear()

    def close(self) -> Json:
        self._say("close")
        return self._hear()

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(timeout=60) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=60)


def assert_equal(process: Json, told: Json) -> None:
    """What is seen of the process is what it knows of itself, for each chip and region."""
    seen = {str(d["device"]): d["live"] for d in process["devices"]}
    for chip, sums in told["devices"].items():
        live = seen.get(chip, {"dram": 0, "l1": 0})
        assert {r: live[r] for r in ("dram", "l1")} == sums, f"chip {chip} of {told['pid']}"
    assert process["held_count"] == told["count"]
