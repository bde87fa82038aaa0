"""What is told of memory, as values."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from plimsoll._reader import Level


@dataclass(frozen=True)
class Frame:
    """A line of the program."""

    file: str
    line: int | None
    function: str

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{os.path.basename(self.file)}{line} in {self.function}"


@dataclass(frozen=True)
class Allocation:
    """One allocation that is live. `row` is all that a report tells of it."""

    id: int
    kind: str
    region: str
    owner: str
    devices: tuple[int, ...]
    address: int
    bytes: int  # requested, on one device
    occupied_bytes: int  # on one device
    op: str | None  # what the program called, such as ttnn.add
    call_site: str | None  # innermost line of the program, for people
    frames: tuple[Frame, ...]  # the same, with up to three callers
    program: str | None  # label of the program that owns it
    row: dict[str, Any]

    @property
    def outlived(self) -> bool:
        """Its device was closed, so it holds no memory; but its object is still there."""
        return self.row["ending"] is not None

    @classmethod
    def of(cls, row: dict[str, Any]) -> Allocation:
        return cls(
            id=row["id"],
            kind=row["kind"],
            region=row["region"],
            owner=row["owner"],
            devices=tuple(row["devices"]),
            address=row["address"],
            bytes=row["bytes"],
            occupied_bytes=row["occupied_bytes"],
            op=row["op"],
            call_site=row["call_site"],
            frames=tuple(Frame(**frame) for frame in row["frames"]),
            program=row["program"]["label"] if row["program"] else None,
            row=row,
        )


@dataclass(frozen=True)
class Finding:
    """A broken rule, as `plimsoll leaks` and the reports tell it."""

    code: str
    severity: str
    title: str
    count: int
    bytes: int
    devices: tuple[int, ...]
    cause: str
    fix: tuple[str, ...]
    row: dict[str, Any]

    @classmethod
    def of(cls, row: dict[str, Any]) -> Finding:
        return cls(
            code=row["code"],
            severity=row["severity"],
            title=row["title"],
            count=row["count"],
            bytes=row["bytes"],
            devices=tuple(row["devices"]),
            cause=row["cause"],
            fix=tuple(row["fix"]),
            row=row,
        )


@dataclass(frozen=True)
class Snapshot:
    """What this process holds at one moment."""

    position: int  # allocations that are made later have higher ids
    levels: dict[int, dict[str, Level]]  # by device, then by region
    allocations: tuple[Allocation, ...]
    unlisted: int  # live allocations beyond those, which found no room in the table of them
