"""Memory of several kinds, and how much of each the runtime's own allocator then has; dies with it."""

import json
import os
import signal

import ttnn
from tensors import L1, convolved, tensor

ROW_MAJOR = ttnn.ROW_MAJOR_LAYOUT
REGIONS = {
    "dram": ttnn.BufferType.DRAM,
    "l1": ttnn.BufferType.L1,
    "l1_small": ttnn.BufferType.L1_SMALL,
}


def cores(x, y):
    return ttnn.CoreRangeSet({ttnn.CoreRange(ttnn.CoreCoord(0, 0), ttnn.CoreCoord(x, y))})


def sharded(device):
    """One tile on each of 16 cores."""
    shard = ttnn.ShardSpec(cores(3, 3), [32, 32], ttnn.ShardOrientation.ROW_MAJOR)
    memory = ttnn.MemoryConfig(
        ttnn.TensorMemoryLayout.HEIGHT_SHARDED, ttnn.BufferType.L1, shard
    )
    return tensor(device, 512, 32, memory)


def allocated(device):
    views = {name: ttnn.get_memory_view(device, kind) for name, kind in REGIONS.items()}
    return {n: view.total_bytes_allocated_per_bank * view.num_banks for n, view in views.items()}


device = ttnn.open_device(device_id=0, l1_small_size=16384)
# Refused, and what comes next on this thread is a semaphore all the same, or a tensor.
for _ in range(2):
    try:
        ttnn.create_global_semaphore(device, cores(0, 0), 0, ttnn.BufferType.DRAM)
    except RuntimeError:
        pass
    kept = [ttnn.create_global_semaphore(device, cores(3, 3), 0)]
kept.append(ttnn.create_global_semaphore(device, cores(7, 7), 0, ttnn.BufferType.L1_SMALL))
kept.append(tensor(device, 7, 2, L1, ROW_MAJOR))
kept.append(sharded(device))
kept.append(convolved(device, tensor(device, 1024, 16, ttnn.DRAM_MEMORY_CONFIG, ROW_MAJOR)))
print(json.dumps(allocated(device)), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
