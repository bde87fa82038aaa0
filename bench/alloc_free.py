"""What one pair of allocation and free, and one op, costs this process: one JSON line.

Run by runtime.py, with or without Plimsoll attached; it knows nothing about either. Arguments: rows
and columns of the mesh (1 1: a single chip), chunks, repetitions per chunk.
For each thing that is measured, a list of nanoseconds per repetition, one number per chunk, so that
the reader can set the machine's noise aside: of this thread's own time, which does not go on while
others have the processor. `pair` is made four Python frames deep, as in a model of some size; `bare
pair` has as little Python around it as can be; `op` is one that the program cache holds.
"""

import json
import sys
import time
from collections import deque
from functools import partial
from itertools import repeat

import ttnn

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


def measure(device, chunks, count):
    costs = {}
    for name, work, share in (("pair", pairs, 1), ("bare pair", bare_pairs, 1), ("op", ops, 10)):
        work(device, 10 * count // share)  # caches fill, memory is touched for the first time
        costs[name] = [chunk(work, device, count // share) for _ in range(chunks // share)]
    return costs


def main():
    rows, columns, chunks, count = map(int, sys.argv[1:])
    if rows * columns == 1:
        device = ttnn.open_device(device_id=0)
        costs = measure(device, chunks, count)
        ttnn.close_device(device)
    else:
        device = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
        costs = measure(device, chunks, count)
        ttnn.close_mesh_device(device)
    print(json.dumps(costs))


main()
