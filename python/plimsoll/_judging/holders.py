"""Who holds a tensor, in words that a user knows it by."""

from __future__ import annotations

import gc
import os
import sys
from types import FrameType, GeneratorType
from typing import Any

from plimsoll._judging.tensors import UNTRACKED, Tensors
from plimsoll._records import Allocation

MOST_DESCRIBED = 5  # each takes a look at all objects there are
OWN_FOLDER = os.path.dirname(__file__)


def describe(allocations: list[Allocation], tensors: Tensors) -> dict[int, str]:
    """By the allocation's id, of the first ones; those that cannot be told are left out."""
    described = {}
    for one in allocations[:MOST_DESCRIBED]:
        if text := _describe(tensors.of(one), tensors.untracked):
            described[one.id] = text
    return described


def _describe(tensor: Any, untracked: list[Any]) -> str:
    parts = [tensor]
    for each in untracked:  # what a comprehension uses lies in a cell, which would be a holder
        if _holds(each, tensor):
            parts.append(each)
    for part in parts:
        for holder in gc.get_referrers(part):
            if not _is_own(holder) and (text := _named(holder, part)):
                return text
    return ""


def _holds(container: Any, tensor: Any) -> bool:
    for part in gc.get_referents(container):
        if part is tensor:
            return True
    return False


def _named(holder: Any, part: Any) -> str:
    if isinstance(holder, FrameType):
        code = holder.f_code
        line = f"{os.path.basename(code.co_filename)}:{holder.f_lineno}"
        return f"{_name_in(holder.f_locals, part)}, local in {code.co_name} at {line}"
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", {})
        if name := _name_in(names, part if names is holder else holder):
            return f"{name} of module {module.__name__}"
    plain = isinstance(holder, (*UNTRACKED, list))
    return "" if plain else f"an object of type {type(holder).__name__}"


def _name_in(names: dict[str, Any], wanted: Any) -> str:
    for name, value in list(names.items()):
        if value is wanted:
            return name
    return ""


def _is_own(holder: Any) -> bool:
    """Those that look hold what they look at."""
    if isinstance(holder, FrameType):
        return holder.f_code.co_filename.startswith(OWN_FOLDER)
    if isinstance(holder, GeneratorType):
        return holder.gi_code.co_filename.startswith(OWN_FOLDER)
    return False
