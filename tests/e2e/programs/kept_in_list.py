"""Keeps the result of every second add in a list and closes the device under them."""

import ttnn
from tensors import tensor

device = ttnn.open_device(device_id=0)
kept = []
for number in range(20):
    x = tensor(device, 1024, 1024)
    y = ttnn.add(x, x)
    if number % 2:
        kept.append(y)
del x, y
ttnn.close_device(device)
print("kept", len(kept))
