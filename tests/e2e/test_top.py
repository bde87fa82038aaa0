"""`plimsoll top`, driven in a real terminal emulator."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import Runner
from test_ps import Holder, holding, start

PATIENCE_S = 30


class Terminal:
    """A tmux server of its own, with one window."""

    def __init__(self, folder: Path, columns: int, rows: int, command: str) -> None:
        self.socket = folder / "tmux"
        size = ("-x", str(columns), "-y", str(rows))
        self.tmux("-f", "/dev/null", "new-session", "-d", *size, f"LC_ALL=C.UTF-8 {command}")

    def tmux(self, *words: str) -> str:
        command = ["tmux", "-u", "-S", str(self.socket), *words]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def screen(self) -> list[str]:
        return self.tmux("capture-pane", "-p").splitlines()

    def wait_until(self, holds: Callable[[list[str]], bool], what: str) -> list[str]:
        """The screen, once that holds of it."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            screen = self.screen()
            if holds(screen):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"no {what} in\n" + "\n".join(self.screen()))

    def wait_for(self, pattern: str) -> list[str]:
        """The screen, once it has a line like that."""
        return self.wait_until(
            lambda screen: any(re.search(pattern, line) for line in screen), repr(pattern)
        )

    def is_over(self) -> bool:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if "plimsoll" not in self.tmux("list-windows"):
                return True
            time.sleep(0.05)
        return False

    def end(self) -> None:
        self.tmux("kill-server")


@pytest.fixture
def holder(runner: Runner) -> Iterator[Holder]:
    with holding(start(runner, "t3k", 2, 4)) as [holder]:
        yield holder


@pytest.fixture
def terminal(plimsoll: Path, tmp_path: Path, holder: Holder) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path, 100, 30, f"{plimsoll} top --every 0.2")
    yield terminal
    terminal.end()


def test_from_the_overview_to_one_allocation_and_back(terminal: Terminal, holder: Holder) -> None:
    pid = holder.told["pid"]
    screen = terminal.wait_for(rf"^ +{pid} ")
    # Others on this host may hold memory too.
    assert re.match(r"plimsoll top  \d+ process(es)? on \d+ chips, by DRAM$", screen[0])
    chips = [line for line in screen if "wormhole_b0" in line]
    for number, line in enumerate(chips[:8]):
        size = r"(≥ )?[\d.]+ [KMG]?i?B"
        assert re.match(rf" +{number} wormhole_b0  DRAM █+░+ +{size} +\d+%  L1 █+░+ ", line), line
    assert len(chips) >= 8
    assert max(map(len, screen)) <= 100

    terminal.press("/")
    terminal.press(str(pid))
    terminal.press("Enter")
    terminal.wait_for(rf"only '{pid}'")
    terminal.press("Enter")
    screen = terminal.wait_for(r"holds 6 allocations on 8 chips")
    groups = [line.split() for line in screen[3:] if "tensors.py:" in line]
    assert [group[0] for group in groups] == ["5", "1"]
    terminal.press("Enter")
    screen = terminal.wait_for(r"^plimsoll top  5 allocations of python")
    rows = [line.split() for line in screen if "buffer" in line]
    assert [row[2:5] for row in rows] == [["8", "buffer", "user"]] * 5
    terminal.press("Escape")
    terminal.wait_for(r"holds 6 allocations on 8 chips")
    terminal.press("b")
    terminal.wait_for(r"live +bytes +region +owner")
    terminal.press("Escape")
    terminal.wait_for(rf"only '{pid}'")
    terminal.press("q")
    assert terminal.is_over()


def test_keys_that_change_the_list(terminal: Terminal, holder: Holder) -> None:
    terminal.wait_for(rf"^ +{holder.told['pid']} ")
    terminal.press("s")
    terminal.wait_for(", by L1$")
    terminal.press("Tab", "Down", "Down", "Enter")
    terminal.wait_for("; chip 2 only$")
    terminal.press("Space")
    terminal.wait_for("paused$")
    holder.kill()
    terminal.press("?")
    terminal.wait_for("sort by DRAM, L1, allocations, pid")
    terminal.press("x")
    terminal.wait_for(rf"^ +{holder.told['pid']} ")  # paused
    terminal.press("Space")
    terminal.wait_for("no process|none of the processes")
    terminal.press("q")
    assert terminal.is_over()


def test_the_picture_follows_the_size(terminal: Terminal, holder: Holder) -> None:
    terminal.wait_for("^ Enter: look into")
    terminal.tmux("resize-window", "-x", "140", "-y", "12")
    terminal.wait_for(r"of 1\d\.\d GiB")  # there is room for capacities now
    terminal.wait_until(
        lambda screen: len(screen) == 12 and screen[11].startswith(" Enter: look into"),
        "twelve lines that end with the keys",
    )


def test_without_a_terminal(plimsoll: Path) -> None:
    told = subprocess.run([plimsoll, "top"], capture_output=True, text=True, check=False)
    assert told.returncode == 125
    assert "plimsoll ps --watch 1" in told.stderr
