"""Holds more in one named window than in others; prints what each held, by its own count.

usage: windows.py       must be run where the module `plimsoll` can be imported
"""

import json

import plimsoll
import ttnn
from tensors import DRAM, tensor

TILES = 256  # rows and columns of the smallest tensor
unheard = plimsoll.mark("before any device")
device = ttnn.open_device(device_id=0)
always = tensor(device, TILES, TILES, DRAM)


def hold(count):
    held = [tensor(device, TILES, TILES, DRAM) for _ in range(count)]
    for each in held:
        ttnn.deallocate(each)


with plimsoll.window("prefill") as heard:
    hold(8)
    with plimsoll.window("decode"):
        hold(2)
for _ in range(3):
    with plimsoll.window("decode"):
        hold(3)
    plimsoll.mark("token")
hold(20)
ttnn.close_device(device)
print(json.dumps({"unheard": unheard, "heard": heard, "prefill": 9, "decode": 4, "all": 21}))
