"""Which tensors Python objects hold. What nobody holds belongs to the runtime, as a rule to the
programs that it caches.

Tensors are unknown to the garbage collector, and so are dicts and tuples that hold nothing else;
but whoever holds those is known to it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from types import FrameType, FunctionType, ModuleType
from typing import Any

from plimsoll._records import Allocation

UNTRACKED = (dict, tuple)
# Beyond these lies all that the program has.
NOT_FOLLOWED = (ModuleType, FunctionType, FrameType, type)
MOST_FOLLOWED = 100_000

Place = tuple[str, int]  # region, address


class Tensors:
    """All that Python objects hold, as far as they seem to be on a device.

    Those of a device that was closed seem so too, with addresses that others have by now. Nothing
    may be asked of them that would need their device, but they have lower numbers.
    """

    def __init__(self) -> None:
        self.untracked: list[Any] = []
        self._newest: dict[Place, Any] = {}
        self._elsewhere: list[Any] = []  # in some releases also those of a device that was closed
        for tensor in self._all():
            place = _place(tensor)
            if place is None:
                self._elsewhere.append(tensor)
            elif _number(tensor) >= _number(self._newest.get(place)):
                self._newest[place] = tensor

    def of(self, allocation: Allocation) -> Any:
        """None: no object holds one."""
        wanted = (allocation.region, allocation.address)
        if wanted in self._newest or not allocation.outlived:
            return self._newest.get(wanted)
        for tensor in self._elsewhere:
            if _last_place(tensor) == wanted:
                return tensor
        return None

    def _all(self) -> Iterator[Any]:
        kinds = _tensor_types()
        waiting: list[Any] = [*gc.get_objects(), *_running()]
        while waiting:
            parts = gc.get_referents(*waiting)
            yield from [part for part in parts if type(part) in kinds]
            containers = {id(part): part for part in parts if type(part) in UNTRACKED}
            waiting = [part for part in containers.values() if not gc.is_tracked(part)]
            self.untracked += waiting


def within(value: Any, allocations: Iterable[Allocation]) -> set[int]:
    """The ids of those whose tensors can be reached from this value."""
    wanted = {(one.region, one.address): one.id for one in allocations}
    places = map(_place, _reachable(value))
    return {wanted[place] for place in places if place in wanted}


def _reachable(value: Any) -> Iterator[Any]:
    kinds = _tensor_types()
    seen, waiting = {id(value)}, [value]
    while waiting and len(seen) < MOST_FOLLOWED:
        one = waiting.pop()
        if type(one) in kinds:
            yield one
        elif not isinstance(one, NOT_FOLLOWED):
            fresh = [part for part in gc.get_referents(one) if id(part) not in seen]
            seen.update(map(id, fresh))
            waiting.extend(fresh)


def _running() -> Iterator[FrameType]:
    for top in sys._current_frames().values():
        frame: FrameType | None = top
        while frame is not None:
            yield frame
            frame = frame.f_back


def _tensor_types() -> set[type]:
    tensor = getattr(sys.modules.get("ttnn"), "Tensor", None)
    return {tensor, *tensor.__subclasses__()} if tensor else set()


def _place(tensor: Any) -> Place | None:
    """None: it is not on a device, or was freed by hand."""
    try:
        return _last_place(tensor) if tensor.is_allocated() else None
    except Exception:  # whatever the runtime throws: it says nothing of where this one is
        return None


def _last_place(tensor: Any) -> Place | None:
    try:
        return tensor.memory_config().buffer_type.name.lower(), tensor.buffer_address()
    except Exception:
        return None


def _number(tensor: Any) -> int:
    number = getattr(tensor, "buffer_unique_id", None)  # not in every release
    return number() if number else 0
