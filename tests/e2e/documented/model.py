"""The model of the documentation's examples: one tensor, on a mock machine; without one, nothing."""

import os

if "TT_METAL_MOCK_CLUSTER_DESC_PATH" in os.environ:
    import ttnn

    device = ttnn.open_device(device_id=0)
    shape = ttnn.Shape([1, 1, 32, 32])
    tensor = ttnn.allocate_tensor_on_device(shape, ttnn.bfloat16, ttnn.TILE_LAYOUT, device)
    ttnn.deallocate(tensor)
    ttnn.close_device(device)
