"""What this process holds on its devices: the functions of `plimsoll` for that."""

from __future__ import annotations

import os
import threading
from typing import Any

from plimsoll._reader import REGIONS, Reader
from plimsoll._records import Allocation, Finding, Snapshot


class _Own:
    """The reader that these functions share, opened when it is first asked for."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._reader: Reader | None = None

    def reader(self) -> Reader:
        if self._reader is None:
            self._reader = Reader()
        return self._reader


_own = _Own()


def _forget() -> None:
    global _own
    _own = _Own()  # what the parent holds is not this child's, and its lock may be taken


os.register_at_fork(after_in_child=_forget)


def memory_allocated(device: int = 0, region: str = "dram") -> int:
    """Bytes that the runtime's allocator has given in this region of this device.

    Banks and padding are counted, as the allocator does. In L1 circular and dataflow buffers are
    not: they lie outside of what it gives.
    """
    with _own.lock:
        return _own.reader().level(device, region).live


def max_memory_allocated(device: int = 0, region: str = "dram") -> int:
    """The most that memory_allocated() has been: since reset_peak(), else ever."""
    with _own.lock:
        return _own.reader().level(device, region).peak


def reset_peak() -> None:
    """From here on max_memory_allocated() is of the time since, on all devices."""
    with _own.lock:
        _own.reader().restart_peaks()


def live(after: Snapshot | int = 0) -> list[Allocation]:
    """The allocations that are live; with `after` those that were made after that moment."""
    position = after.position if isinstance(after, Snapshot) else after
    with _own.lock:
        return [Allocation.of(row) for row in _own.reader().live(position)["live"]]


def snapshot() -> Snapshot:
    """All of that at this moment."""
    with _own.lock:
        reader = _own.reader()
        rows = reader.live()
        levels = {
            device: {region: reader.level(device, region) for region in REGIONS}
            for device in reader.devices()
        }
    allocations = tuple(Allocation.of(row) for row in rows["live"])
    return Snapshot(rows["position"], levels, allocations, rows["unlisted"])


def report() -> dict[str, Any]:
    """The report of this process as it is now, JSON schema 1."""
    with _own.lock:
        return _own.reader().report()


def leaks() -> list[Finding]:
    """What should be gone and is not, and what was refused; the most severe first."""
    return [Finding.of(row) for row in report()["findings"]]
