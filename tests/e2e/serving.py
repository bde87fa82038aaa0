"""plimsolld in a test, and what can be seen of it from outside."""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from pathlib import Path

PATIENCE_S = 30


class Server:
    """plimsolld in the foreground, as the first of two terminals shows it."""

    def __init__(self, program: Path, path: Path, *options: str) -> None:
        self.program, self.socket, self.options = program, path, options
        self.text = ""
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [self.program, "--socket", self.socket, *self.options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.wait_for(rf"^plimsolld: listening at {self.socket}$")

    def wait_for(self, pattern: str) -> re.Match[str]:
        """What is printed from now on, until it matches."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + PATIENCE_S
        while not (found := re.search(pattern, self.text, re.MULTILINE)):
            left = max(0.0, deadline - time.monotonic())
            ready, _, _ = select.select([self.process.stdout], [], [], left)
            more = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert more, f"waited for {pattern!r}; there was:\n{self.text}"
            self.text += more.decode()
        self.text = self.text[found.end() :]
        return found

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=PATIENCE_S)
        self.text = ""

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE_S)


def own_memory(pid: int) -> int:
    """Bytes that are this process's alone: what it shares with others is theirs."""
    smaps = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(kib) << 10 for kib in re.findall(r"^Private_\w+: +(\d+) kB", smaps, re.M))
