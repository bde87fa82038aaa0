"""Tells what the runtime says of a machine, keeps a tensor on all chips and one on half, and dies.

usage: on_all_chips.py ROWS COLUMNS      opens a mesh of ROWS x COLUMNS devices

The line printed is JSON. The half is the first of two submeshes of equal size; one chip has none.
"""

import json
import os
import signal
import sys

import ttnn
from tensors import DRAM, L1, tensor


def allocated(mesh):
    kinds = {"dram": ttnn.BufferType.DRAM, "l1": ttnn.BufferType.L1}
    views = {name: ttnn.get_memory_view(mesh, kind) for name, kind in kinds.items()}
    return {n: view.total_bytes_allocated_per_bank * view.num_banks for n, view in views.items()}


def facts(mesh):
    grid = mesh.compute_with_storage_grid_size()
    info = ttnn._ttnn.reports.get_device_info(mesh)
    dram = ttnn.get_memory_view(mesh, ttnn.BufferType.DRAM)
    return {
        "chips": mesh.get_num_devices(),
        "arch": str(mesh.arch()).split(".")[-1].lower(),
        "grid": [grid.x, grid.y],
        "dram_channels": dram.num_banks,
        "bytes_per_dram_channel": dram.total_bytes_per_bank,
        "l1_bytes_per_core": info.worker_l1_size,
    }


rows, columns = (int(word) for word in sys.argv[1:])
mesh = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
told = facts(mesh)
told["devices"] = list(mesh.get_device_ids())
told["meshes"] = [len(told["devices"])]
whole = [tensor(mesh, 1024, 1024, DRAM), tensor(mesh, 33, 70, L1)]
freed = ttnn.add(whole[0], whole[0])
ttnn.deallocate(freed)
told["allocated"] = allocated(mesh)
if columns > 1:
    half = mesh.create_submesh(ttnn.MeshShape(rows, columns // 2))
    told["half"] = list(half.get_device_ids())
    told["meshes"].append(len(told["half"]))
    kept = [tensor(half, 512, 512, DRAM), tensor(half, 64, 64, L1)]
    told["allocated_on_half"] = allocated(half)
print(json.dumps(told), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
