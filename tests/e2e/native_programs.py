"""Compiles what stands in native/, once per session of tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "native"


def compiled(folder: Path, source: str, *options: object, name: str = "") -> Path:
    """The program or library that the compiler makes of a source; a failure fails the test."""
    path = folder / (name or Path(source).stem)
    compiler = "c++" if source.endswith(".cpp") else "cc"
    command = [compiler, "-O1", SOURCES / source, "-o", path, *options, "-ldl", "-lpthread"]
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return path


def library(folder: Path, source: str) -> Path:
    return compiled(folder, source, "-shared", "-fPIC", name=f"lib{Path(source).stem}.so")
