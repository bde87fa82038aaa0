"""What a pair of allocation and free costs this process: one JSON list on the last line.

Run by runtime_bench.py, with or without Plimsoll attached; it knows nothing about either.
Arguments: rows and columns of the mesh (1 1: a single chip), chunks, pairs per chunk.
The list holds nanoseconds per pair of each chunk, so that the reader can set the machine's noise
aside. The pairs are made four Python frames deep, as in a model of some size.
"""

import json
import sys
import time

import ttnn

SHAPE = ttnn.Shape([1, 1, 1024, 1024])


def pairs(device, count):
    for _ in range(count):
        tensor = ttnn.allocate_tensor_on_device(
            SHAPE, ttnn.bfloat16, ttnn.TILE_LAYOUT, device, ttnn.DRAM_MEMORY_CONFIG
        )
        ttnn.deallocate(tensor)


def chunk(device, count):
    before = time.perf_counter_ns()
    pairs(device, count)
    return (time.perf_counter_ns() - before) / count


def measure(device, chunks, count):
    chunk(device, 10 * count)  # caches fill, memory is touched for the first time
    return [chunk(device, count) for _ in range(chunks)]


def main():
    rows, columns, chunks, count = map(int, sys.argv[1:])
    if rows * columns == 1:
        device = ttnn.open_device(device_id=0)
        print(json.dumps(measure(device, chunks, count)))
        ttnn.close_device(device)
    else:
        device = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
        print(json.dumps(measure(device, chunks, count)))
        ttnn.close_mesh_device(device)


main()
