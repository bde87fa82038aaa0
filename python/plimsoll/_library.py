"""Where the files lie that this package is installed or built with."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def find(name: str) -> Path | None:
    """A library that is loaded into programs, by its file name."""
    # Of a wheel they lie in the package; of an installation in PREFIX/lib/plimsoll, which has this
    # package in its folder `python`; of a build tree likewise in lib.
    return _first([PACKAGE / "lib" / "plimsoll" / name, PACKAGE.parent.parent / name])


def find_program(name: str) -> Path | None:
    """One of the commands: beside the folder `lib` that holds the libraries."""
    prefixes = (PACKAGE, *PACKAGE.parents[2:4])
    return _first([prefix / "bin" / name for prefix in prefixes], os.X_OK)


def _first(candidates: list[Path], mode: int = os.R_OK) -> Path | None:
    return next((path for path in candidates if path.is_file() and os.access(path, mode)), None)
