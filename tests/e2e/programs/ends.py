"""Holds 64 MiB of DRAM and 8 MiB of L1 and ends in the way that is named.

usage: ends.py WAY      one of the functions below
"""

import os
import signal
import sys

import ttnn
from tensors import DRAM, L1, tensor

TIME_LIMIT_S = 30


def normally(device, held):
    held.clear()
    ttnn.close_device(device)


class ClosedLate:
    """Closes its device when Python takes the program apart, and holds its tensors until then."""

    def __init__(self, device, held):
        self.device, self.held, self.close = device, list(held), ttnn.close_device

    def __del__(self):
        self.close(self.device)


def closing_late(device, held):
    global late
    late = ClosedLate(device, held)


def by_exception(device, held):
    raise ValueError("not caught")


def by_an_error_of_the_runtime(device, held):
    """Its text, with a backtrace, reaches standard error."""
    tensor(device, 32768, 32768, L1)


def by_sys_exit(device, held):
    sys.exit(3)


def by_os_exit(device, held):
    os._exit(4)


def by_abort(device, held):
    os.abort()


def by_sigkill(device, held):
    os.kill(os.getpid(), signal.SIGKILL)


def by_sigterm(device, held):
    os.kill(os.getpid(), signal.SIGTERM)


def by_a_signal_from_outside(device, held):
    print("ready", flush=True)
    signal.alarm(TIME_LIMIT_S)
    signal.pause()


def by_the_runtime_crashing(device, held):
    """Traces crash on mock machines; the first add fills the program cache before the capture."""
    ttnn.add(held[0], held[0])
    trace = ttnn.begin_trace_capture(device, cq_id=0)
    ttnn.add(held[0], held[0])
    ttnn.end_trace_capture(device, trace, cq_id=0)
    ttnn.execute_trace(device, trace, cq_id=0, blocking=True)


device = ttnn.open_device(device_id=0, trace_region_size=65536)
held = [tensor(device, 2048, 2048, DRAM) for _ in range(8)]
held.append(tensor(device, 2048, 2048, L1))
print("holding", flush=True)
globals()[sys.argv[1]](device, held)
