"""Says where its own tensors lie at the moment that a report draws.

usage: pictured.py CASE      one of the functions below

The last line is JSON: `addresses`, what is held then; `error`, the runtime's words.
"""

import json
import sys

import ttnn
from tensors import DRAM, L1, tensor

LEFT = []
ROWS, COLUMNS = 2048, 1024  # 65536 B on each of 64 cores


def error_of(ask):
    try:
        ask()
    except RuntimeError as error:
        return str(error)
    return None


def told(tensors, error):
    print(json.dumps({"addresses": sorted(t.buffer_address() for t in tensors), "error": error}))
    sys.stdout.flush()


def fragmented(device):
    """Every second one is given back, and then the room of two is asked for."""
    all_there_is = [tensor(device, ROWS, COLUMNS, L1) for _ in range(21)]
    kept = all_there_is[1::2]
    for each in all_there_is[::2]:
        ttnn.deallocate(each)
    told(kept, error_of(lambda: tensor(device, 3 * ROWS, COLUMNS, L1)))
    for each in kept:
        ttnn.deallocate(each)


def clash(device):
    wide = tensor(device, 1024, 8192, DRAM)
    resident = [tensor(device, ROWS, COLUMNS, L1) for _ in range(20)]
    told(resident, error_of(lambda: ttnn.softmax(wide)))
    for each in (wide, *resident):
        ttnn.deallocate(each)


def leak(device):
    kept = [tensor(device, 1024, 1024, DRAM) for _ in range(3)]
    told(kept, None)
    LEFT.extend(kept)


device = ttnn.open_device(device_id=0)
globals()[sys.argv[1]](device)
ttnn.close_device(device)
