"""How amounts of memory are written, and read."""

from __future__ import annotations

import re

UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
REGION_NAMES = {"dram": "DRAM", "l1": "L1", "l1_small": "L1 small", "trace": "trace"}


def size(number: int) -> str:
    """As reports write it: exact below a KiB, with one decimal above."""
    value, unit = float(number), UNITS[0]
    for unit in UNITS:
        if value < 1024 or unit == UNITS[-1]:
            break
        value /= 1024
    return f"{number} B" if unit == UNITS[0] else f"{value:.1f} {unit}"


def bytes_of(text: int | str) -> int:
    """512, "512K", "64 MiB" or "1.5GB": units are powers of 1024."""
    if isinstance(text, int) and not isinstance(text, bool) and text >= 0:
        return text
    match = SIZE.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{text!r} is no size; expected a number of bytes or such as '64MiB'")
    return int(float(match[1]) * 1024 ** "_KMGT".index(match[2].upper() or "_"))


def counted(count: int, kind: str) -> str:
    """3 circular buffers"""
    name = kind.replace("_", " ")
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def on_devices(devices: list[int]) -> str:
    """on device 0; on 8 devices"""
    return f"on device {devices[0]}" if len(devices) == 1 else f"on {len(devices)} devices"
