"""Which Python objects hold a tensor: what nobody holds belongs to the runtime, as a rule to the
programs that it caches.

Tensors themselves are unknown to the garbage collector, and so are dicts and tuples that hold
nothing else; but whoever holds those is known to it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from types import FrameType, FunctionType, MethodType, ModuleType
from typing import Any

from plimsoll._records import Allocation

Key = tuple[int, str, int]  # device, region, address
UNTRACKED = (dict, tuple)
# Beyond these lies all that the program has.
NOT_FOLLOWED = (ModuleType, FunctionType, FrameType, type)
MOST_FOLLOWED = 100_000


def held(allocations: Iterable[Allocation]) -> dict[int, str]:
    """By the allocation's id: who holds it, in words. Those that no Python object holds are not in
    there."""
    wanted = {key: one.id for one in allocations for key in _keys(one)}
    found: dict[int, str] = {}
    for holder, tensor in _all_held():
        for id_ in {wanted[key] for key in _places(tensor) if key in wanted}:
            if id_ not in found or not found[id_]:
                found[id_] = _describe(holder, tensor)
    return found


def within(value: Any, allocations: Iterable[Allocation]) -> set[int]:
    """The ids of those whose tensors can be reached from this value."""
    wanted = {key: one.id for one in allocations for key in _keys(one)}
    return {wanted[key] for tensor in _reachable(value) for key in _places(tensor) if key in wanted}


def _keys(allocation: Allocation) -> list[Key]:
    return [(device, allocation.region, allocation.address) for device in allocation.devices]


def _tensor_type() -> Any:
    return getattr(sys.modules.get("ttnn"), "Tensor", ())


def _places(tensor: Any) -> list[Key]:
    """Nowhere when it is not on a device, or was freed by hand."""
    try:
        if not tensor.is_allocated():
            return []
        region = tensor.memory_config().buffer_type.name.lower()
        address = tensor.buffer_address()
        return [(chip, region, address) for chip in tensor.device().get_device_ids()]
    except Exception:  # whatever the runtime throws: it says nothing of where this one is
        return []


def _all_held() -> Iterator[tuple[Any, Any]]:
    """Each tensor with an object that the collector knows and that holds it."""
    kind = _tensor_type()
    for holder in [*gc.get_objects(), *_running()]:
        waiting = [holder]
        while waiting:
            for part in gc.get_referents(waiting.pop()):
                if isinstance(part, kind):
                    yield holder, part
                elif type(part) in UNTRACKED and not gc.is_tracked(part):
                    waiting.append(part)


def _running() -> Iterator[FrameType]:
    for top in sys._current_frames().values():
        frame: FrameType | None = top
        while frame is not None:
            yield frame
            frame = frame.f_back


def _reachable(value: Any) -> Iterator[Any]:
    kind = _tensor_type()
    seen, waiting = {id(value)}, [value]
    while waiting and len(seen) < MOST_FOLLOWED:
        one = waiting.pop()
        if isinstance(one, kind):
            yield one
        elif not isinstance(one, NOT_FOLLOWED):
            fresh = [part for part in gc.get_referents(one) if id(part) not in seen]
            seen.update(map(id, fresh))
            waiting.extend(fresh)


def _describe(holder: Any, tensor: Any) -> str:
    """Empty: nothing that a user would know it by."""
    if isinstance(holder, FrameType):
        code = holder.f_code
        return f"a local variable of {code.co_name}, {code.co_filename}:{holder.f_lineno}"
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", None)
        if names is None:
            continue
        for name, value in list(names.items()):
            if value is tensor and names is holder:
                return f"{name} of module {module.__name__}"
            if value is holder and not isinstance(holder, MethodType):
                return f"{name}, a {type(holder).__name__} of module {module.__name__}"
    owner = holder if not isinstance(holder, dict) else None
    return f"a {type(owner).__name__}" if owner is not None else ""
