"""Names moments and stretches of a TT-NN program for Plimsoll's reports, and tells what it holds.

    import plimsoll

    for token in range(100):
        with plimsoll.window("decode"):
            step()
        plimsoll.mark("token")
    print(plimsoll.max_memory_allocated(device=0, region="dram"))

Where Plimsoll is not attached, or no device was opened yet, mark() and window() do nothing and say
so by returning False; what asks for figures raises NotAttachedError.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from plimsoll._memory import (
    leaks,
    live,
    max_memory_allocated,
    memory_allocated,
    report,
    reset_peak,
    snapshot,
)
from plimsoll._reader import Level, NotAttachedError
from plimsoll._records import Allocation, Finding, Frame, Snapshot

__all__ = [
    "Allocation",
    "Finding",
    "Frame",
    "Level",
    "NotAttachedError",
    "Snapshot",
    "leaks",
    "live",
    "mark",
    "max_memory_allocated",
    "memory_allocated",
    "report",
    "reset_peak",
    "snapshot",
    "window",
]


def mark(name: str) -> bool:
    """Names this moment. A mark that comes again and again counts the program's iterations."""
    return _tell("plimsoll_ttmetal_mark", name)


@contextmanager
def window(name: str) -> Iterator[bool]:
    """Names the stretch of work in its block; the report says the most that was held in it.

    Windows nest. One that comes several times has the highest peak of all its times.
    """
    told = _tell("plimsoll_ttmetal_window_begin", name)
    try:
        yield told
    finally:
        if told:
            _tell("plimsoll_ttmetal_window_end")


def _tell(function: str, *names: str) -> bool:
    tell = _function(function)
    return tell is not None and tell(*(name.encode() for name in names)) != 0


def _function(name: str) -> Any:
    # The agent may come later: only what was found is kept.
    try:
        return _find(name)
    except AttributeError:
        return None


@lru_cache(maxsize=None)
def _find(name: str) -> Any:
    return getattr(ctypes.CDLL(None), name)
