"""Keeps a tensor in a list while it closes the device."""

import ttnn

device = ttnn.open_device(device_id=0)
shape = ttnn.Shape([1, 1, 32, 32])
kept = [ttnn.allocate_tensor_on_device(shape, ttnn.bfloat16, ttnn.TILE_LAYOUT, device)]
ttnn.close_device(device)
