"""What one pair of allocation and free, and one op, costs this process: nanoseconds, as it is asked.

Run by runtime.py, with or without Plimsoll attached; it knows nothing about either. Arguments: rows
and columns of the mesh (1 1: a single chip). For each line on standard input, which says what and
how often, one line of JSON: the nanoseconds of one repetition, of this thread's own time, which does
not go on while others have the processor. `pair` is made four Python frames deep, as in a model of
some size; `bare pair` has as little Python around it as can be; `op` is one that the program cache
holds.
"""

import json
import os
import sys
import time
from collections import deque
from functools import partial
from itertools import repeat

# One processor for all that take turns, but not for those that watch them.
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import ttnn  # noqa: E402

SHAPE = ttnn.Shape([1, 1, 1024, 1024])


def pairs(device, count):
    for _ in range(count):
        tensor = ttnn.allocate_tensor_on_device(
            SHAPE, ttnn.bfloat16, ttnn.TILE_LAYOUT, device, ttnn.DRAM_MEMORY_CONFIG
        )
        ttnn.deallocate(tensor)


def bare_pairs(device, count):
    allocate = partial(
        ttnn.allocate_tensor_on_device, SHAPE, ttnn.bfloat16, ttnn.TILE_LAYOUT, device
    )
    made = map(allocate, repeat(ttnn.DRAM_MEMORY_CONFIG, count))
    deque(map(ttnn.deallocate, made), maxlen=0)  # no line of Python runs from here to the end


def ops(device, count):
    operand = ttnn.allocate_tensor_on_device(
        ttnn.Shape([1, 1, 32, 32]), ttnn.bfloat16, ttnn.TILE_LAYOUT, device
    )
    for _ in range(count):
        ttnn.deallocate(ttnn.add(operand, operand))
    ttnn.deallocate(operand)


def chunk(work, device, count):
    before = time.thread_time_ns()
    work(device, count)
    return (time.thread_time_ns() - before) / count


WORKS = {"pair": pairs, "bare pair": bare_pairs, "op": ops}


def answer(device):
    for work in WORKS.values():
        work(device, 300)  # caches fill, memory is touched for the first time
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        what, count = json.loads(line)
        chunk(WORKS[what], device, 1 + count // 4)  # another process had the processor's caches
        print(json.dumps(chunk(WORKS[what], device, count)), flush=True)


def main():
    rows, columns = map(int, sys.argv[1:])
    if rows * columns == 1:
        device = ttnn.open_device(device_id=0)
        answer(device)
        ttnn.close_device(device)
    else:
        device = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
        answer(device)
        ttnn.close_mesh_device(device)


main()
