"""Tensors whose content does not matter, by their size in tiles."""

import ttnn


def tensor(device, tiles=1, memory=ttnn.DRAM_MEMORY_CONFIG):
    shape = ttnn.Shape([1, 1, 32 * tiles, 32])
    return ttnn.allocate_tensor_on_device(shape, ttnn.bfloat16, ttnn.TILE_LAYOUT, device, memory)
