"""Holds tensors on a mesh, some of them forgotten, says what the allocator has, and waits for input.

usage: holds.py ROWS COLUMNS [forget | hide]

forget: a tensor outlives a device that is closed before; hide: only root may look into the process.
"""

import ctypes
import json
import os
import sys

import ttnn
from tensors import DRAM, L1, tensor

REGIONS = {"dram": ttnn.BufferType.DRAM, "l1": ttnn.BufferType.L1}


def allocated(mesh):
    views = {name: ttnn.get_memory_view(mesh, kind) for name, kind in REGIONS.items()}
    return {n: view.total_bytes_allocated_per_bank * view.num_banks for n, view in views.items()}


def forget(rows, columns):
    mesh = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
    forgotten = tensor(mesh, 1024, 1024)
    ttnn.close_mesh_device(mesh)
    return forgotten


rows, columns = (int(word) for word in sys.argv[1:3])
kept = [forget(rows, columns)] if sys.argv[3:] == ["forget"] else []
mesh = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
kept += [tensor(mesh, 32 * (n + 1), 1024, DRAM) for n in range(5)]
kept.append(tensor(mesh, 96, 64, L1))
if sys.argv[3:] == ["hide"]:
    PR_SET_DUMPABLE = 4
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
told = {"pid": os.getpid(), "devices": list(mesh.get_device_ids()), "allocated": allocated(mesh)}
print(json.dumps(told), flush=True)
sys.stdin.read()
del kept
ttnn.close_mesh_device(mesh)
