"""Which of the agent's seams a release has: read from the symbols of its library."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from running import REPOSITORY

MAP = REPOSITORY / "agents" / "ttmetal" / "exports.map"


def names() -> list[str]:
    """The mangled names of all seams, in the order of the export map."""
    return re.findall(r"^\s+(_Z\w+);$", MAP.read_text(), re.MULTILINE)


def readable(mangled: list[str]) -> list[str]:
    """Class and function, without namespaces and arguments."""
    done = subprocess.run(["c++filt", "-p", *mangled], capture_output=True, text=True, check=True)
    return ["::".join(name.split("::")[-2:]) for name in done.stdout.split()]


def present(python: Path) -> set[str]:
    """The names that the release of this environment's ttnn exports."""
    [library] = python.parent.parent.glob("lib/python*/site-packages/ttnn/build/lib/libtt_metal.so")
    done = subprocess.run(
        ["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True
    )
    return {line.split()[-1] for line in done.stdout.splitlines()}
