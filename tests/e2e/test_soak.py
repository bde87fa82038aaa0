"""A short piece of the soak that `make soak` runs for half an hour."""

from __future__ import annotations

import subprocess
import sys

from running import REPOSITORY


def test_a_short_soak() -> None:
    done = subprocess.run(
        [sys.executable, REPOSITORY / "tests" / "soak.py", "--minutes", "0.1"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no ghosts" in done.stdout
