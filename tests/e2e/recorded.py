"""What `plimsoll record` has written: what was live just after each event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from running import ALLOCATED, Json, Runner

HELD = ("live", "held")


@dataclass(frozen=True)
class Row:
    place: Json
    id: int
    address: int
    over: int

    @property
    def is_held(self) -> bool:
        return self.place["state"] in HELD


@dataclass(frozen=True)
class Recording:
    report: Json
    more: Json

    @classmethod
    def read(cls, path: Path) -> Recording:
        told = json.loads(path.read_text())
        assert told["recording"] == 1
        return cls(told["report"], told["more"])

    @property
    def history(self) -> Json:
        return self.more["history"]

    def _column(self, name: str) -> list[int]:
        text = self.more["allocations"][name]
        return list(accumulate(map(int, text.split(",")))) if text else []

    def rows(self) -> Iterator[Row]:
        places = self.more["allocations"]["places"]
        for place, *numbers in zip(
            *(self._column(name) for name in ("place", "id", "address", "over")), strict=True
        ):
            yield Row(places[place], *numbers)

    def levels(self, device: int, region: str) -> list[int]:
        """What the allocator had given there, after each event of a run of one process."""
        changes: list[tuple[int, int]] = []
        for row in self.rows():
            place = row.place
            if place["region"] != region or device not in place["devices"]:
                continue
            if place["kind"] not in ALLOCATED:
                continue
            changes.append((row.id, place["occupied_bytes"]))
            if not row.is_held:
                assert row.over > row.id
                changes.append((row.over, -place["occupied_bytes"]))
        return list(accumulate(change for _, change in sorted(changes)))


def record(runner: Runner, command: list[str], machine: str, **environment: str) -> Recording:
    file = runner.folder / "recording"
    options = ("--output", str(file), "--quiet")
    ended = runner.raw(command, *options, machine=machine, verb="record", **environment)
    assert "cannot be written" not in ended.stderr
    return Recording.read(file)
