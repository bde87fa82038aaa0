"""Works in iterations, and keeps or gives back what the way of it says.

usage: iterates.py WAY [ITERATIONS]      one of the functions below "ways"
"""

import os
import signal
import sys

import ttnn
from tensors import tensor

ROWS, COLUMNS = 64, 1024
kept = []
device = ttnn.open_device(device_id=0)


def made(rows=ROWS):
    return tensor(device, rows, COLUMNS)


def work(x):
    """A few results that come and go."""
    return ttnn.multiply(ttnn.add(x, x), ttnn.exp(x))


# ways: one iteration each; `i` counts from 0


def every_iteration(i):
    x = made()
    work(x)
    kept.append(ttnn.add(x, x))


def every_second(i):
    x = made()
    y = ttnn.add(x, x)
    if i % 2:
        kept.append(y)


def every_third(i):
    y = work(made())
    if i % 3 == 2:
        kept.append(ttnn.exp(y))


def an_input(i):
    x = made()
    work(x)
    kept.append(x)


def two_lines(i):
    x = made()
    kept.append(ttnn.add(x, x))
    work(x)
    kept.append(ttnn.exp(x))


def of_any_shape(i):
    x = made(32 * (1 + i % 5))
    work(x)
    kept.append(ttnn.add(x, x))


def after_a_clean_time(i):
    y = work(made())
    if i >= 60:
        kept.append(ttnn.exp(y))


def semaphores_of_each_shape(i):
    work(made(32 * (1 + i)))
    cores = ttnn.CoreRangeSet([ttnn.CoreRange(ttnn.CoreCoord(0, 0), ttnn.CoreCoord(0, 0))])
    kept.extend(ttnn.create_global_semaphore(device, cores, 0) for _ in range(8))


def given_back_at_the_end(i):
    every_iteration(i)


def killed(i):
    every_iteration(i)


def new_program_each_time(i):
    ttnn.softmax(made(32 * (1 + i)))


cache = {}


def a_cache_that_fills(i):
    x = made()
    work(x)
    if i % 8 not in cache:
        cache[i % 8] = ttnn.add(x, x)


def gathered_and_given_back(i):
    every_iteration(i)
    if len(kept) == 6:
        kept.clear()


def nothing(i):
    work(made())


def loading(i):
    raw = made()
    kept.append(ttnn.to_layout(raw, ttnn.ROW_MAJOR_LAYOUT))


def loading_then_working(i):
    if i < 24:
        kept.append(ttnn.multiply(made(), 2.0))
    else:
        for weight in kept:
            work(ttnn.add(weight, weight))


def one_cache_of_keys(i):
    if i == 0:
        kept.extend(made(512) for _ in range(4))
    for keys in kept:
        work(ttnn.add(keys, keys))


way = sys.argv[1]
for number in range(int(sys.argv[2]) if len(sys.argv) > 2 else 30):
    globals()[way](number)
if way == "given_back_at_the_end":
    kept.clear()
if way == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if way in ("loading_then_working", "one_cache_of_keys"):
    kept.clear()
ttnn.close_device(device)
print("done")
