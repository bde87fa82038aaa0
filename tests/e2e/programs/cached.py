"""Ops whose programs keep tables on the device, in the program cache, and then the end that is named.

usage: cached.py END      one of the functions below "work"
"""

import os
import signal
import sys

import ttnn
from tensors import DRAM, convolved, pooled, tensor

ROW_MAJOR = ttnn.ROW_MAJOR_LAYOUT


def opened():
    return ttnn.open_device(device_id=0, l1_small_size=16384)


def convolve(device):
    return convolved(device, tensor(device, 1024, 16, DRAM, ROW_MAJOR))


def pool(device):
    return pooled(tensor(device, 1024, 32, DRAM, ROW_MAJOR))


def reshape(device):
    return ttnn.reshape(tensor(device, 512, 1024), [1, 512, 16, 64])


def work(device):
    return [op(device) for op in (convolve, pool, reshape)]


def closed():
    device = opened()
    work(device)
    ttnn.close_device(device)


def closed_with_a_tensor_kept():
    global kept, device
    device = opened()
    work(device)
    kept = [tensor(device, 1024, 1024)]
    ttnn.close_device(device)


def closed_twice():
    closed()
    closed()


def never_closed():
    global device
    device = opened()
    work(device)


def never_closed_with_a_tensor_kept():
    global kept
    never_closed()
    kept = [tensor(device, 1024, 1024)]


def cleared():
    device = opened()
    work(device)
    device.disable_and_clear_program_cache()
    ttnn.close_device(device)


def cleared_midway_and_killed():
    device = opened()
    kept = work(device)
    device.disable_and_clear_program_cache()
    kept.append(tensor(device, 1024, 1024))
    os.kill(os.getpid(), signal.SIGKILL)


def closed_and_gone_without_a_word():
    device = opened()
    work(device)
    ttnn.close_device(device)
    sys.stdout.flush()
    os._exit(0)


globals()[sys.argv[1]]()
print("done")
