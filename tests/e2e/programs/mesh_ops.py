"""Opens a mesh, runs three ops on it, frees all, closes it: the life of a well-behaved program.

usage: mesh_ops.py ROWS COLUMNS [REPEATS [AT ...]]

After the repeats named by AT a line of JSON tells the resident memory of this process in KiB.
"""

import json
import sys
from pathlib import Path

import ttnn
from tensors import tensor

AGENT = "libplimsoll-ttmetal"


def run_once(rows, columns):
    mesh = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
    a = tensor(mesh, 1024, 1024)
    b = tensor(mesh, 1024, 1024)
    first = ttnn.add(a, b)
    second = ttnn.add(a, first)
    third = ttnn.softmax(a)
    for each in (third, second, first, b, a):
        ttnn.deallocate(each)
    ttnn.close_mesh_device(mesh)


def owner_of(mapping, start, previous_owner, previous_end):
    for owner in ("memfd:plimsoll", AGENT, "[heap]"):
        if owner in mapping:
            return owner
    # The static tables of a library are a nameless mapping right behind its named ones.
    of_agent = not mapping and previous_owner == AGENT and start == previous_end
    return AGENT if of_agent else "rest"


def resident_kib():
    """Resident memory by whose it is."""
    total, owner, last = {}, "rest", ""
    for line in Path("/proc/self/smaps").read_text().splitlines():
        words = line.split()
        if not words[0].endswith(":"):
            start, end = words[0].split("-")
            owner, last = owner_of(" ".join(words[5:]), start, owner, last), end
        elif words[0] == "Rss:":
            total[owner] = total.get(owner, 0) + int(words[1])
    return total


rows, columns, repeats, *at = [*map(int, sys.argv[1:])] + [1] * (len(sys.argv) == 3)
for repeat in range(1, repeats + 1):
    run_once(rows, columns)
    if repeat in at:
        print(json.dumps({"repeat": repeat, **resident_kib()}))
print("done")
