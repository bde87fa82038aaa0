"""Calls ops in several ways, on one line and on several; says which, and dies with what they made."""

import os
import signal

import ttnn
from tensors import DRAM, tensor

device = ttnn.open_device(device_id=0)
kept = [tensor(device, 64, 64), tensor(device, 64, 64)]
expected = ["ttnn.allocate_tensor_on_device"] * 2


def through_one_line(op, *arguments, **named):
    kept.append(op(*arguments, **named))
    expected.append(op.__name__)


for op in (ttnn.add, ttnn.multiply, ttnn.subtract, ttnn.add):
    through_one_line(op, kept[0], kept[1])
through_one_line(ttnn.relu, kept[0])
through_one_line(ttnn.exp, kept[0])
through_one_line(ttnn.softmax, kept[0], dim=-1)
through_one_line(ttnn.to_memory_config, kept[0], ttnn.L1_MEMORY_CONFIG)
through_one_line(ttnn.reshape, ttnn.to_layout(kept[0], ttnn.ROW_MAJOR_LAYOUT), (1, 1, 128, 32))
kept.append(kept[0] + kept[1])
expected.append("ttnn.add")
kept.append(ttnn.to_memory_config(kept[0], ttnn.L1_MEMORY_CONFIG))
expected.append("ttnn.to_memory_config")
kept.append(kept[-1].to(device) if False else ttnn.clone(kept[0], memory_config=DRAM))
expected.append("ttnn.clone")
print("expected", *expected, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
