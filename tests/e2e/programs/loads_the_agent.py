"""Loads the agent as a library instead of having it preloaded, then runs another program.

usage: loads_the_agent.py AGENT PROGRAM [ARGUMENT ...]
"""

import ctypes
import os
import runpy
import sys

assert "LD_PRELOAD" not in os.environ
ctypes.CDLL(sys.argv[1], mode=ctypes.RTLD_GLOBAL)
sys.argv = sys.argv[2:]
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")
