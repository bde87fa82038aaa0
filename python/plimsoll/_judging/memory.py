"""What this process holds, for somebody who asks before anything is attached."""

from __future__ import annotations

import os

from plimsoll._reader import Level, NotAttachedError, Reader
from plimsoll._records import Allocation


class Memory:
    """A reader of its own, so that nobody else's peaks are restarted."""

    def __init__(self) -> None:
        self._reader: Reader | None = None
        self._pid = 0

    @property
    def attached(self) -> bool:
        return self._open() is not None

    def position(self) -> int:
        """0 until the first device is opened: all that comes then is later."""
        reader = self._open()
        return reader.position() if reader else 0

    def made_after(self, position: int) -> list[Allocation]:
        """What is live of that, or has outlived its device."""
        reader = self._open()
        if reader is None or reader.position() <= position:
            return []
        rows = reader.live(position)
        return [Allocation.of(row) for row in [*rows["live"], *rows["outlived"]]]

    def restart_peaks(self) -> None:
        if reader := self._open():
            reader.restart_peaks()

    def levels(self, region: str) -> dict[int, Level]:
        """By device."""
        reader = self._open()
        return {chip: reader.level(chip, region) for chip in reader.devices()} if reader else {}

    def _open(self) -> Reader | None:
        if self._reader is None or self._pid != os.getpid():  # a test may run in a forked child
            self._pid = os.getpid()
            try:
                self._reader = Reader()
            except NotAttachedError:
                self._reader = None
        return self._reader
