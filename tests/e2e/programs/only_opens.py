"""Opens a mesh and ends without using it or closing it.

usage: only_opens.py ROWS COLUMNS
"""

import os
import sys

import ttnn

mesh = ttnn.open_mesh_device(ttnn.MeshShape(int(sys.argv[1]), int(sys.argv[2])))
print("open", flush=True)
os._exit(0)
