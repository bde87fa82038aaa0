"""Runs programs by turns, and after each step lets `plimsoll show` look at this process.

usage: runs.py PLIMSOLL ROWS COLUMNS

Prints a line of JSON per step: {"step": name, "shown": what PLIMSOLL show --json prints}.
"""

import json
import os
import subprocess
import sys

import ttnn
from tensors import DRAM, L1, tensor


def look(step):
    environment = {k: v for k, v in os.environ.items() if k != "LD_PRELOAD"}
    command = [plimsoll, "show", str(os.getpid()), "--json"]
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    print(json.dumps({"step": step, "shown": json.loads(shown.stdout)}), flush=True)


def refused(wide):
    try:
        ttnn.softmax(wide)
    except RuntimeError:
        return
    sys.exit("this softmax should not fit")


plimsoll, rows, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
mesh = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
x = tensor(mesh, 1024, 1024)
wide = tensor(mesh, 1024, 8192, DRAM)
look("opened")
y = ttnn.add(x, x)
look("add")
y = ttnn.softmax(x)
look("softmax")
y = ttnn.add(x, x)
look("add again")
y = ttnn.softmax(x)
look("softmax again")
filling = [tensor(mesh, 2048, 1024, L1) for _ in range(17)]
look("filled")
refused(wide)
look("refused")
for each in filling:
    ttnn.deallocate(each)
look("emptied")
mesh.disable_and_clear_program_cache()
look("cleared")
ttnn.close_mesh_device(mesh)
print("done")
