"""What a program may do to a library that is preloaded into it; nothing is held at its end.

usage: unusual.py WAY [ARGUMENT]      one of the functions below
"""

import ctypes
import os
import signal
import sys

import ttnn
from tensors import tensor


def work(device):
    held = tensor(device, 1024, 1024)
    ttnn.deallocate(ttnn.add(held, held))
    return held


def closes_all_descriptors():
    """Before and after its device is opened. The runtime's MPI waits for two minutes in its exit
    handlers then, with us or without."""
    os.closerange(3, 65536)
    device = ttnn.open_device(device_id=0)
    held = work(device)
    os.closerange(3, 65536)
    ttnn.deallocate(held)
    ttnn.deallocate(work(device))
    ttnn.close_device(device)
    print("done", flush=True)
    os._exit(0)


def executes_itself():
    """With memory held; what it becomes is killed with other memory held."""
    device = ttnn.open_device(device_id=0)
    kept = work(device)
    os.execv(sys.executable, [sys.executable, sys.argv[0], "is_killed"])
    return kept


def is_killed():
    device = ttnn.open_device(device_id=0)
    kept = [work(device), work(device)]
    os.kill(os.getpid(), signal.SIGKILL)
    return kept


def closes_the_agent(agent):
    """As often as it is open, before the runtime comes and after."""
    libc = ctypes.CDLL(None)
    libc.dlclose.argtypes = [ctypes.c_void_p]
    for _ in range(3):
        libc.dlclose(ctypes.CDLL(agent)._handle)
    device = ttnn.open_device(device_id=0)
    ttnn.deallocate(work(device))
    for _ in range(3):
        libc.dlclose(ctypes.CDLL(agent)._handle)
    ttnn.deallocate(work(device))
    ttnn.close_device(device)


def works_in_a_foreign_thread(library):
    """A thread that another language made, which Python meets when it is called back."""
    device = ttnn.open_device(device_id=0)
    call = ctypes.CFUNCTYPE(None)(lambda: ttnn.deallocate(work(device)))
    for _ in range(20):
        assert ctypes.CDLL(library).in_foreign_thread(call) == 0
    ttnn.close_device(device)


def starts_many_children():
    for _ in range(20):
        assert os.system("true") == 0
    device = ttnn.open_device(device_id=0)
    held = work(device)
    for _ in range(20):
        assert os.system("true") == 0
    ttnn.deallocate(held)
    ttnn.close_device(device)


globals()[sys.argv[1]](*sys.argv[2:])
print("done")
