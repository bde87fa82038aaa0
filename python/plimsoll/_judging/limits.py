"""The marker device_memory: how much a test may take at most, and what it may leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plimsoll._judging import allowance
from plimsoll._judging.allowance import Allowance
from plimsoll._judging.memory import Memory
from plimsoll._judging.words import REGION_NAMES, bytes_of, size

MARKER = "device_memory"
DESCRIPTION = (
    f"{MARKER}(limit_dram=None, limit_l1=None, allow=[]): with --plimsoll, the most that a test may"
    " take on a device, such as '64MiB', and patterns of lines or ops whose memory it may leave."
)
LIMITS = {"limit_dram": "dram", "limit_l1": "l1"}


@dataclass
class Limits:
    most: dict[str, int] = field(default_factory=dict)  # by region
    allowed: list[Allowance] = field(default_factory=list)


def of_test(item: Any) -> Limits:
    """The nearest marker wins, limit by limit; what they allow adds up. Raises ValueError."""
    limits = Limits()
    for marker in item.iter_markers(MARKER):
        if marker.args:
            raise ValueError(f"{MARKER} takes its values by name: {', '.join((*LIMITS, 'allow'))}")
        for name, value in marker.kwargs.items():
            if name == "allow":
                patterns = [value] if isinstance(value, str) else value
                for pattern in patterns:
                    limits.allowed += allowance.of_marker(pattern)
            elif name not in LIMITS:
                raise ValueError(f"no '{name}'; expected: {', '.join((*LIMITS, 'allow'))}")
            elif value is not None:
                limits.most.setdefault(LIMITS[name], bytes_of(value))
    return limits


def exceeded(limits: Limits, memory: Memory) -> list[str]:
    """A sentence for each."""
    sentences = []
    for region, most in limits.most.items():
        levels = memory.levels(region)
        if not levels:
            continue
        device, level = max(levels.items(), key=lambda each: each[1].peak)
        if level.peak > most:
            least = "at least " if level.peak_coverage != "exact" else ""
            sentences.append(
                f"plimsoll: took {least}{size(level.peak)} of {REGION_NAMES[region]} on device "
                f"{device}, {size(level.peak - most)} more than its limit of {size(most)}"
            )
    return sentences
