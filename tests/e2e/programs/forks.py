"""Forks with a device open; the child allocates too. The runtime hangs at a child's normal exit.

usage: forks.py HOW      one of the functions below

The child holds 2 MiB of DRAM of its own beside the 2 MiB it shares with its parent.
"""

import os
import signal
import sys

import ttnn
from tensors import tensor

TIME_LIMIT_S = 30


def child_ends_first(child):
    os.waitpid(child, 0)


def child_is_killed(child):
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def parent_ends_first(child):
    """The child goes on, without the standard streams; whoever reads our output must end it."""


def in_child(how, told):
    signal.alarm(TIME_LIMIT_S)
    of_child = tensor(device, 1024, 1024)
    if how == "parent_ends_first":
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    os.write(told, b"!")
    if how != "child_ends_first":
        signal.pause()
    ttnn.deallocate(of_child)
    os._exit(0)


how = sys.argv[1]
device = ttnn.open_device(device_id=0)
shared = tensor(device, 1024, 1024)
child_has_told, told = os.pipe()
child = os.fork()
if child == 0:
    in_child(how, told)
signal.alarm(TIME_LIMIT_S)
os.read(child_has_told, 1)
globals()[how](child)
more = tensor(device, 1024, 1024)
ttnn.deallocate(more)
ttnn.deallocate(shared)
ttnn.close_device(device)
print("child", child)
