"""What is said of one test or fixture: plain values, which travel between processes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plimsoll._judging.inspection import Residue
from plimsoll._judging.words import REGION_NAMES, counted, on_devices, size
from plimsoll._records import Allocation

Row = dict[str, Any]
MOST_ROWS = 20
SHOWN_FRAMES = 2


def rows(allocations: Iterable[Allocation], held_by: dict[int, str]) -> list[Row]:
    """Alike ones together, the most bytes first."""
    found: dict[tuple[Any, ...], Row] = {}
    for one in allocations:
        holder = held_by.get(one.id, "")
        site = " < ".join(map(str, one.frames[:SHOWN_FRAMES]))
        key = (one.kind, one.region, one.owner, one.op, site, one.devices, one.outlived, holder)
        frame = one.frames[0] if one.frames else None
        row = found.setdefault(
            key,
            {
                "kind": one.kind,
                "region": one.region,
                "owner": one.owner,
                "op": one.op,
                "call_site": site,
                "file": frame.file if frame else None,
                "line": frame.line if frame else None,
                "devices": list(one.devices),
                "held_by": holder,
                "outlived": one.outlived,
                "count": 0,
                "bytes": 0,
            },
        )
        row["count"] += 1
        row["bytes"] += one.bytes * len(one.devices)
    return sorted(found.values(), key=lambda row: -row["bytes"])


def total(found: list[Row]) -> str:
    """3 buffers, 6.0 MiB"""
    kinds = {row["kind"] for row in found}
    kind = kinds.pop() if len(kinds) == 1 else "allocation"
    count = sum(row["count"] for row in found)
    return f"{counted(count, kind)}, {size(sum(row['bytes'] for row in found))}"


def where(found: list[Row]) -> str:
    return on_devices(sorted({device for row in found for device in row["devices"]}))


def made_at(row: Row) -> str:
    """ttnn.zeros at model.py:12 in load < model.py:30 in main"""
    return " at ".join(filter(None, (row["op"], row["call_site"]))) or "a line that is not known"


def table(found: list[Row]) -> list[str]:
    """For people: bytes, count, owner, op and line."""
    lines = [f"{'bytes':>12}  {'owner':<7}  what"]
    for row in found[:MOST_ROWS]:
        what = counted(row["count"], row["kind"])
        region = REGION_NAMES.get(row["region"], row["region"])
        over = ", longer than its device was open" if row["outlived"] else ""
        lines.append(f"{size(row['bytes']):>12}  {row['owner']:<7}  {what} in {region}{over}")
        lines.append(f"{'':>12}  {made_at(row)}")
        if row["held_by"]:
            lines.append(f"{'':>12}  held by {row['held_by']}")
    if len(found) > MOST_ROWS:
        lines.append(f"{'':>12}  and {len(found) - MOST_ROWS} more lines")
    return lines


def left_text(who: str, found: list[Row], steps: list[str]) -> str:
    return "\n".join(
        [
            f"plimsoll: {who} left {total(found)} {where(found)}",
            "",
            *table(found),
            "",
            "  looked for: " + "; ".join(steps),
        ]
    )


def runtime_text(found: list[Row]) -> str:
    return "\n".join(
        [f"the runtime keeps {total(found)}: no failure, cached programs do", "", *table(found)]
    )


def of(residue: Residue) -> tuple[list[Row], list[Row]]:
    """What was left, and what the runtime keeps."""
    return rows(residue.left, residue.held_by), rows(residue.of_runtime, {})
