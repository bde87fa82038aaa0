"""Asks plimsoll and the runtime's allocator after each step, and prints what both say, as JSON.

usage: asks_itself.py       must be run where the module `plimsoll` can be imported
"""

import gc
import json
import random

import plimsoll
import ttnn
from tensors import DRAM, L1, convolved, tensor

STEPS = 60
TYPES = {
    "dram": ttnn.BufferType.DRAM,
    "l1": ttnn.BufferType.L1,
    "l1_small": ttnn.BufferType.L1_SMALL,
}


def unattached():
    try:
        plimsoll.memory_allocated()
    except plimsoll.NotAttachedError as error:
        return str(error)
    return ""


def refused(device, region):
    try:
        plimsoll.memory_allocated(device, region)
    except ValueError as error:
        return str(error)
    return ""


def allocated(device):
    views = {name: ttnn.get_memory_view(device, kind) for name, kind in TYPES.items()}
    return {n: view.total_bytes_allocated_per_bank * view.num_banks for n, view in views.items()}


def asked(ask):
    return {region: ask(region=region) for region in TYPES}


told = {"unattached": unattached(), "steps": []}
device = ttnn.open_device(device_id=0, l1_small_size=16384)
random.seed(5)
held = []
highest = dict.fromkeys(TYPES, 0)
for step in range(STEPS):
    if step == STEPS // 2:
        plimsoll.reset_peak()
        highest = allocated(device)
    if held and random.random() < 0.4:
        held.pop(random.randrange(len(held)))
    else:
        rows = 32 * random.randint(1, 40)
        held.append(tensor(device, rows, 64, random.choice([DRAM, L1])))
    now = allocated(device)
    highest = {region: max(highest[region], now[region]) for region in TYPES}
    told["steps"].append(
        {
            "allocator": now,
            "plimsoll": asked(plimsoll.memory_allocated),
            "highest": highest,
            "peak": asked(plimsoll.max_memory_allocated),
        }
    )

before = plimsoll.snapshot()
picture = tensor(device, 1024, 16, DRAM, ttnn.ROW_MAJOR_LAYOUT)
convolved(device, picture)
told["convolved"] = {
    "allocator": allocated(device),
    "plimsoll": asked(plimsoll.memory_allocated),
}
[mine] = [one for one in plimsoll.live(after=before) if one.address == picture.buffer_address()]
told["live"] = {"bytes": mine.bytes, "op": mine.op, "line": str(mine.frames[-1])}
told["listed"] = len(before.allocations)
told["held"] = len(held)
told["levels"] = {region: before.levels[0][region].live for region in TYPES}
told["capacity"] = before.levels[0]["dram"].capacity
told["wrong_device"] = refused(7, "dram")
told["wrong_region"] = refused(0, "sram")
told["report"] = plimsoll.report()["live_count"]

del held, picture
gc.collect()
kept = tensor(device, 64, 64)
ttnn.close_device(device)
told["leaks"] = [finding.code for finding in plimsoll.leaks()]
print(json.dumps(told))
