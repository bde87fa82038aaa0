"""Looks for what was left behind, step by step, until nothing is or it is certain.

Nothing of the program is freed here. Python's collector is asked to do its work, and references
are let go that pytest alone keeps, a moment before it would itself.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from plimsoll._judging import holders, tensors
from plimsoll._judging.ownership import Ownership
from plimsoll._records import Allocation

Look = Callable[[], list[Allocation]]
# They have a Python object of a kind of their own, which nobody can be asked for.
NOT_TENSORS = ("semaphore",)
DEBUGGER_NAMES = ("last_type", "last_value", "last_traceback", "last_exc")


@dataclass
class Residue:
    """What one test or fixture left."""

    left: list[Allocation] = field(default_factory=list)
    of_runtime: list[Allocation] = field(default_factory=list)  # of cached programs, and such
    held_by: dict[int, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)  # what was done to make sure

    def take(self, what: str, found: list[Allocation]) -> None:
        self.left = [one for one in found if one.owner == "user"]
        self.of_runtime = [one for one in found if one.owner != "user"]
        self.steps.append(f"{len(self.left)} {what}")


def inspect(look: Look, item: Any, ownership: Ownership, *, clear_cache: bool) -> Residue:
    """`item` is the test that was last, `look` gives all that is live and in question."""
    residue = Residue()
    residue.take("at its end", look())
    if residue.left:
        devices = _devices_of(item) if clear_cache else []
        _let_go(item)
        gc.collect()
        residue.take("after gc.collect()", look())
        if clear_cache and (residue.left or residue.of_runtime):
            _clear_program_caches(devices)
            residue.take(f"after clearing {len(devices)} program caches", look())
    if residue.left:
        _tell_apart(residue, ownership, cache_is_empty=clear_cache and bool(devices))
    if residue.left:
        gc.collect()
        still = {one.id for one in look()}
        residue.left = [one for one in residue.left if one.id in still]
        residue.steps.append(f"{len(residue.left)} after another")
    return residue


def _let_go(item: Any) -> None:
    """Of the values of fixtures that are finalized, and of the exception for debuggers."""
    if getattr(item, "funcargs", None):
        item.funcargs.clear()
    if not item.config.getoption("usepdb", False):
        for name in DEBUGGER_NAMES:
            if hasattr(sys, name):
                delattr(sys, name)


def _devices_of(item: Any) -> list[Any]:
    values = (getattr(item, "funcargs", None) or {}).values()
    return [value for value in values if hasattr(value, "clear_program_cache")]


def _clear_program_caches(devices: list[Any]) -> None:
    for device in devices:
        device.clear_program_cache()


def _tell_apart(residue: Residue, ownership: Ownership, *, cache_is_empty: bool) -> None:
    """Memory of the user, of fixtures that live on, and of the runtime."""
    for keeper in ownership.living:
        cached = getattr(keeper.fixture, "cached_result", None)
        if cached is not None:
            adopted = tensors.within(cached[0], residue.left)
            keeper.adopted |= adopted
            residue.left = [one for one in residue.left if one.id not in adopted]
    if not residue.left:
        return
    held = tensors.Tensors()
    # Where the cache was cleared, whatever is there is no cached program's.
    unheld = [
        one
        for one in residue.left
        if held.of(one) is None and one.kind not in NOT_TENSORS and not cache_is_empty
    ]
    if unheld:
        residue.steps.append(f"{len(unheld)} of them held by no Python object, so by the runtime")
    residue.of_runtime += unheld
    residue.left = [one for one in residue.left if one not in unheld]
    residue.held_by = holders.describe(residue.left, held)
