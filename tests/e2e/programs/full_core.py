"""Is killed with tensors in L1 above what two programs have there: a core as it is in the middle of
a model."""

import os
import signal

import ttnn
from tensors import DRAM, L1, tensor

device = ttnn.open_device(device_id=0)
held = [tensor(device, 2048, 1024, L1) for _ in range(6)]
x = tensor(device, 1024, 1024, DRAM)
y = ttnn.softmax(ttnn.add(x, x))
os.kill(os.getpid(), signal.SIGKILL)
