"""Takes K of the steps below, prints what the runtime's allocator holds, and dies by SIGKILL.

usage: stop_after_step.py K ROWS COLUMNS      opens a mesh of ROWS x COLUMNS devices

After the last step it closes the device instead and ends. The line printed is JSON:
{"steps": how many there are, "allocated": {"dram": bytes on one device, ...}}
"""

import json
import os
import signal
import sys

import ttnn
from tensors import DRAM, L1, convolved, tensor

ROW_MAJOR = ttnn.ROW_MAJOR_LAYOUT
GRID = ttnn.CoreGrid(y=7, x=8)
kept = {}


def height_sharded(device):
    return ttnn.create_sharded_memory_config(
        shape=(256, 64), core_grid=ttnn.CoreGrid(y=1, x=8), strategy=ttnn.ShardStrategy.HEIGHT
    )


def first_cores():
    return ttnn.CoreRangeSet({ttnn.CoreRange(ttnn.CoreCoord(0, 0), ttnn.CoreCoord(3, 1))})


def l1_small(device):
    shard = ttnn.ShardSpec(first_cores(), [1, 64], ttnn.ShardOrientation.ROW_MAJOR)
    memory = ttnn.MemoryConfig(
        ttnn.TensorMemoryLayout.HEIGHT_SHARDED, ttnn.BufferType.L1_SMALL, shard
    )
    return tensor(device, 8, 64, memory, ROW_MAJOR)


def keep(name, make):
    def step(device):
        kept[name] = make(device)

    return step


def free(*names):
    def step(device):
        for name in names:
            del kept[name]

    return step


STEPS = [
    keep("a", lambda d: tensor(d, 192, 512)),
    keep("odd", lambda d: tensor(d, 7, 50, L1, ROW_MAJOR)),
    keep("odder", lambda d: tensor(d, 33, 70, DRAM, ROW_MAJOR)),
    keep("l1", lambda d: tensor(d, 320, 96, L1)),
    keep("sharded", lambda d: tensor(d, 256, 64, height_sharded(d))),
    keep("small", l1_small),
    keep("semaphore", lambda d: ttnn.create_global_semaphore(d, first_cores(), 0)),
    keep("sum", lambda d: ttnn.add(kept["a"], kept["a"])),
    keep("weight", lambda d: tensor(d, 512, 192)),
    keep("linear", lambda d: ttnn.linear(kept["a"], kept["weight"], core_grid=GRID)),
    free("odd", "sum"),
    keep("norm", lambda d: ttnn.layer_norm(kept["linear"])),
    keep("typecast", lambda d: ttnn.typecast(tensor(d, 96, 64), ttnn.bfloat8_b)),
    keep("untiled", lambda d: ttnn.to_layout(kept["norm"], ROW_MAJOR, memory_config=L1)),
    keep("reshaped", lambda d: ttnn.reshape(kept["linear"], [1, 2, 96, 192])),
    keep("joined", lambda d: ttnn.concat([kept["norm"], kept["linear"]], dim=3)),
    free("a", "linear", "l1", "sharded", "small", "untiled"),
    keep("picture", lambda d: tensor(d, 1024, 16, DRAM, ROW_MAJOR)),
    keep("convolved", lambda d: convolved(d, kept["picture"])),
    free("convolved", "picture", "semaphore"),
    keep("late", lambda d: tensor(d, 33, 70, L1, ROW_MAJOR)),
]
REGIONS = {
    "dram": ttnn.BufferType.DRAM,
    "l1": ttnn.BufferType.L1,
    "l1_small": ttnn.BufferType.L1_SMALL,
}


def allocated(device):
    views = {region: ttnn.get_memory_view(device, kind) for region, kind in REGIONS.items()}
    return {r: v.total_bytes_allocated_per_bank * v.num_banks for r, v in views.items()}


count, rows, columns = (int(word) for word in sys.argv[1:])
device = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns), l1_small_size=16384)
for step in STEPS[:count]:
    step(device)
print(json.dumps({"steps": len(STEPS), "allocated": allocated(device)}), flush=True)
if count <= len(STEPS):
    os.kill(os.getpid(), signal.SIGKILL)
kept.clear()
ttnn.close_mesh_device(device)
