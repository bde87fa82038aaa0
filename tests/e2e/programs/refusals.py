"""Is refused memory in known ways, and prints each error it caught as a line of JSON.

usage: refusals.py CASE [LIBRARY]      one of the functions below
"""

import ctypes
import json
import os
import signal
import sys
import threading

import ttnn
from tensors import DRAM, L1, convolved, tensor

CASE = sys.argv[1]


errors = []  # printed at the end: the runtime's log of another thread may be on the same line


def refused(ask):
    try:
        ask()
    except RuntimeError as error:
        errors.append({"error": str(error)})


def filled_l1(device):
    """Leaves less than 64 KiB in each bank."""
    return [tensor(device, 2048, 1024, L1) for _ in range(21)]


def in_an_op(device):
    full = filled_l1(device)
    x = tensor(device, 2048, 1024, DRAM)
    refused(lambda: ttnn.add(x, x, memory_config=L1))
    for each in (x, *full):
        ttnn.deallocate(each)


def on_a_mesh(device):
    in_an_op(device)


def uncaught(device):
    keep = tensor(device, 4096, 8192, L1)
    tensor(device, 4096, 8192, L1)
    ttnn.deallocate(keep)


def first_of_all(device):
    refused(lambda: tensor(device, 32768, 8192, L1))


def in_threads(device):
    keep = tensor(device, 4096, 8192, L1)
    asks = [lambda n=n: refused(lambda: tensor(device, 4096 + 64 * n, 8192, L1)) for n in range(4)]
    workers = [threading.Thread(target=ask) for ask in asks]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ttnn.deallocate(keep)


def again_and_again(device):
    keep = tensor(device, 4096, 8192, L1)
    for _ in range(100):
        refused(lambda: tensor(device, 4096, 8192, L1))
    ttnn.deallocate(keep)


def more_than_rows(device):
    keep = tensor(device, 4096, 8192, L1)
    for n in range(260):
        refused(lambda n=n: tensor(device, 4096 + 64 * n, 8192, L1))
    ttnn.deallocate(keep)


def in_a_small_region(device):
    refused(lambda: convolved(device, tensor(device, 32 * 32, 16)))


def thrown_anew(device):
    keep = tensor(device, 4096, 8192, L1)
    refused(lambda: tensor(device, 4096, 8192, L1))
    ctypes.CDLL(sys.argv[2]).throws_anew(errors[0]["error"].encode())
    ttnn.deallocate(keep)


def killed(device):
    keep = tensor(device, 4096, 8192, L1)
    refused(lambda: tensor(device, 4096, 8192, L1))
    os.kill(os.getpid(), signal.SIGKILL)
    ttnn.deallocate(keep)


SHAPE = ttnn.MeshShape(2, 4) if CASE == "on_a_mesh" else ttnn.MeshShape(1, 1)
device = ttnn.open_mesh_device(SHAPE)
globals()[CASE](device)
ttnn.close_mesh_device(device)
print(*(json.dumps(error) for error in errors), sep="\n", flush=True)
