"""The C interface of plimsoll/reader.h, for Python."""

from __future__ import annotations

import ctypes
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from plimsoll import _library

LIBRARY = "libplimsoll-reader.so"
REGIONS = ("dram", "l1", "l1_small", "trace", "system")  # in the order of plimsoll_region
COVERAGES = ("exact", "at_least", "unknown")  # of plimsoll_coverage
OK, INVALID_ARGUMENT, NO_MEMORY, DETACHED = 0, 1, 2, 5  # of plimsoll_status


class NotAttachedError(RuntimeError):
    """Plimsoll does not watch this process, or not yet; the text says why."""


@dataclass(frozen=True)
class Level:
    """Occupied bytes of one region of one device, as the runtime's allocator counts them.

    `coverage` says how far live and peak reach: exact, or at_least. No capacity: it is not known.
    """

    live: int
    peak: int
    capacity: int | None
    live_coverage: str
    peak_coverage: str


class _Level(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_uint32),
        ("live_coverage", ctypes.c_uint8),
        ("peak_coverage", ctypes.c_uint8),
        ("capacity_coverage", ctypes.c_uint8),
        ("reserved", ctypes.c_uint8),
        ("live", ctypes.c_uint64),
        ("peak", ctypes.c_uint64),
        ("capacity", ctypes.c_uint64),
    ]


class Reader:
    """What this process holds. For one thread at a time; several do not know of each other."""

    def __init__(self) -> None:
        self._library = _load()
        self._handle = ctypes.c_void_p()
        why = ctypes.c_char_p()
        status = self._library.plimsoll_reader_open(ctypes.byref(self._handle), ctypes.byref(why))
        if status == DETACHED:
            raise NotAttachedError(
                f"{(why.value or b'').decode()}\n"
                "  expected: plimsoll run -- python ..., and a device that was opened\n"
                "  to do: ask after the first device is open; plimsoll doctor says what is missing"
            )
        _check(status)

    def close(self) -> None:
        self._library.plimsoll_reader_close(self._handle)
        self._handle = ctypes.c_void_p()

    def position(self) -> int:
        """The highest id of an allocation by now."""
        id_ = ctypes.c_uint64()
        _check(self._library.plimsoll_reader_position(self._handle, ctypes.byref(id_)))
        return id_.value

    def devices(self) -> tuple[int, ...]:
        """The chips that were ever opened."""
        room = 256
        chips = (ctypes.c_int32 * room)()
        count = ctypes.c_size_t()
        _check(
            self._library.plimsoll_reader_devices(self._handle, chips, room, ctypes.byref(count))
        )
        return tuple(chips[: count.value])

    def level(self, device: int, region: str) -> Level:
        if region not in REGIONS:
            raise ValueError(f"no region '{region}'; expected one of: {', '.join(REGIONS)}")
        level = _Level(size=ctypes.sizeof(_Level))
        status = self._library.plimsoll_reader_level(
            self._handle, device, REGIONS.index(region), ctypes.byref(level)
        )
        if status == INVALID_ARGUMENT:
            opened = ", ".join(map(str, self.devices()))
            raise ValueError(f"device {device} was not opened; those that were: {opened}")
        _check(status)
        return Level(
            live=level.live,
            peak=level.peak,
            capacity=None if COVERAGES[level.capacity_coverage] == "unknown" else level.capacity,
            live_coverage=COVERAGES[level.live_coverage],
            peak_coverage=COVERAGES[level.peak_coverage],
        )

    def restart_peaks(self) -> None:
        _check(self._library.plimsoll_reader_restart_peaks(self._handle))

    def live(self, after: int = 0) -> dict[str, Any]:
        """What is live and was made after the allocation with this id."""
        return self._json("plimsoll_reader_live", ctypes.c_uint64(after))

    def report(self) -> dict[str, Any]:
        return self._json("plimsoll_reader_report")

    def _json(self, function: str, *arguments: Any) -> dict[str, Any]:
        text = ctypes.c_char_p()
        call = getattr(self._library, function)
        _check(call(self._handle, *arguments, ctypes.byref(text)))
        return json.loads(text.value or b"")


@cache
def _load() -> ctypes.CDLL:
    path = _library.find(LIBRARY)
    if path is None:
        raise FileNotFoundError(
            f"{LIBRARY} does not belong to {_library.PACKAGE}\n"
            "  expected: a complete installation or build of plimsoll\n"
            "  to do: install plimsoll again, or build the target plimsoll-reader"
        )
    library = ctypes.CDLL(str(path))
    library.plimsoll_reader_close.restype = None
    return library


def _check(status: int) -> None:
    if status == OK:
        return
    if status == DETACHED:
        raise NotAttachedError("this reader is that of the process which this one was forked from")
    if status == NO_MEMORY:
        raise MemoryError("no memory to read what this process holds")
    raise RuntimeError(f"libplimsoll-reader.so refused a call: status {status}")
