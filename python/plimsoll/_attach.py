"""Loads the agent into this process, where nobody preloaded it."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache

from plimsoll import _library

AGENT = "libplimsoll-ttmetal.so"
RUNTIME = "libtt_metal.so"


def wanted() -> bool:
    """Whether the environment asks for it."""
    return os.environ.get("TT_ALLOC_TRACKING_ENABLED") == "1"


@cache  # what cannot be had is said once
def attach() -> bool:
    """Has this process watched from here on: call it before ttnn is imported.

    True: the agent is there, now or since the program began. False: it is not, and the program runs
    on. A line on standard error says what is not seen, unless PLIMSOLL_AGENT=off asked for it.
    """
    if os.environ.get("PLIMSOLL_AGENT") == "off":
        return False
    try:
        problem = _load()
    except (ImportError, OSError) as error:  # some interpreters have no ctypes
        problem = f"cannot load its agent: {error}"
    if problem:
        _say(f"plimsoll: {problem}; the program runs on, unobserved")
    return not problem


def _load() -> str:
    """Empty: it is there. Otherwise the problem."""
    import ctypes  # not before somebody asks: most programs that name marks are not watched

    program = ctypes.CDLL(None)
    if hasattr(program, "plimsoll_ttmetal_describe"):
        return ""
    try:
        ctypes.CDLL(RUNTIME, mode=os.RTLD_NOLOAD)
    except OSError:
        pass
    else:
        return (
            "ttnn was loaded before plimsoll, which then sees nothing of it "
            "(to do: import plimsoll first, or start the program with plimsoll run)"
        )
    agent = _library.find(AGENT)
    if agent is None:
        return f"no {AGENT} belongs to {_library.PACKAGE} (to do: install plimsoll again)"
    if hasattr(program, "__cxa_throw"):  # by which the agent learns of refusals
        _say(
            "plimsoll: a C++ library was loaded for the whole program before, so what the runtime "
            "refuses is not seen (to do: import plimsoll first)"
        )
    # Before the runtime, and global: there the loader looks first for the functions it calls.
    ctypes.CDLL(str(agent), mode=ctypes.RTLD_GLOBAL)
    return ""


def _say(line: str) -> None:
    if sys.stderr is not None:  # a process without one
        with contextlib.suppress(OSError, ValueError):  # it is full, or closed
            print(line, file=sys.stderr, flush=True)
