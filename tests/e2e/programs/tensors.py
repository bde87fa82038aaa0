"""Short names for what the test programs do with ttnn again and again."""

import ttnn

DRAM = ttnn.DRAM_MEMORY_CONFIG
L1 = ttnn.L1_MEMORY_CONFIG


def tensor(device, rows, columns, memory=DRAM, layout=ttnn.TILE_LAYOUT):
    """A tensor of bfloat16 whose content does not matter."""
    return ttnn.allocate_tensor_on_device(
        ttnn.Shape([1, 1, rows, columns]), ttnn.bfloat16, layout, device, memory
    )
