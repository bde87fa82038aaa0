"""Four threads allocate and free at once; each keeps five tensors; then the process is killed."""

import os
import signal
import threading

import ttnn
from tensors import tensor

THREADS, ROUNDS, KEPT = 4, 200, 5

device = ttnn.open_device(device_id=0)
start = threading.Barrier(THREADS)
kept = [[] for _ in range(THREADS)]


def work(number):
    start.wait()
    for _ in range(ROUNDS):
        ttnn.deallocate(tensor(device, 32 * (number + 1), 64))
    kept[number] = [tensor(device, 32 * (number + 1), 64) for _ in range(KEPT)]


threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
view = ttnn.get_memory_view(device, ttnn.BufferType.DRAM)
print(view.total_bytes_allocated_per_bank * view.num_banks, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
