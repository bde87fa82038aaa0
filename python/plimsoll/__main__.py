"""The commands, as Python's tools find them: `python -m plimsoll`, and the scripts of a wheel."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from plimsoll import _library


def plimsoll() -> NoReturn:
    _become("plimsoll")


def plimsolld() -> NoReturn:
    _become("plimsolld")


def _become(name: str) -> NoReturn:
    # In place of this process: its signals, descriptors and exit code are the program's own.
    program = _library.find_program(name)
    if program is None:
        sys.exit(
            f"plimsoll: no program '{name}' belongs to {_library.PACKAGE}\n"
            f"  expected: a complete installation, which has bin/{name}\n"
            "  to do: install plimsoll again"
        )
    os.execv(program, [name, *sys.argv[1:]])


if __name__ == "__main__":
    plimsoll()
