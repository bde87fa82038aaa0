"""Is refused memory in known ways, and prints each error it caught as JSON.

usage: refusals.py CASE

Cases: in_an_op, uncaught, threads, retries, many, mesh, small_region, beyond
"""

import json
import sys
import threading

import ttnn
from tensors import DRAM, L1, tensor

CASE = sys.argv[1]


def refused(ask):
    """The error's own words; nothing when there was none."""
    try:
        return ask() and None
    except RuntimeError as error:
        print(json.dumps({"error": str(error)}), flush=True)
        return str(error)


def fill_l1(device):
    """Leaves less than 64 KiB in each bank."""
    return [tensor(device, 2048, 1024, L1) for _ in range(21)]


def in_an_op(device):
    full = fill_l1(device)
    x = tensor(device, 2048, 1024, DRAM)
    refused(lambda: ttnn.add(x, x, memory_config=L1))
    for each in (x, *full):
        ttnn.deallocate(each)


def uncaught(device):
    keep = tensor(device, 4096, 8192, L1)
    tensor(device, 4096, 8192, L1)
    ttnn.deallocate(keep)


def threads(device):
    keep = tensor(device, 4096, 8192, L1)
    workers = [
        threading.Thread(target=refused, args=(lambda n=n: tensor(device, 4096 + 32 * n, 8192, L1),))
        for n in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ttnn.deallocate(keep)


def retries(device):
    keep = tensor(device, 4096, 8192, L1)
    for _ in range(1000):
        refused(lambda: tensor(device, 4096, 8192, L1))
    ttnn.deallocate(keep)


def many(device):
    """More that differ than the table of refusals has rows."""
    keep = tensor(device, 4096, 8192, L1)
    for n in range(300):
        refused(lambda n=n: tensor(device, 4096 + 32 * n, 8192, L1))
    ttnn.deallocate(keep)


def mesh(device):
    in_an_op(device)


def small_region(device):
    weights = ttnn.zeros([64, 32, 3, 3], dtype=ttnn.bfloat16)
    image = tensor(device, 32 * 32, 32, DRAM)
    refused(
        lambda: ttnn.conv2d(
            input_tensor=image,
            weight_tensor=weights,
            in_channels=32,
            out_channels=64,
            device=device,
            kernel_size=(3, 3),
            stride=(1, 1),
            padding=(1, 1),
            batch_size=1,
            input_height=32,
            input_width=32,
        )
    )


OPENED = {"mesh": lambda: ttnn.open_mesh_device(ttnn.MeshShape(2, 4))}
device = OPENED.get(CASE, lambda: ttnn.open_device(device_id=0))()
globals()[CASE](device)
ttnn.close_mesh_device(device) if CASE in OPENED else ttnn.close_device(device)
print("done")
