"""Runs another of these programs on a runtime whose Buffer::is_dram() is compiled otherwise.

usage: recompiled.py PROGRAM ARGUMENTS...

Its code begins with an instruction that does nothing. No library changes but in this process.
"""

import ctypes
import mmap
import runpy
import sys
from pathlib import Path

import ttnn

NAME = "_ZNK2tt8tt_metal6Buffer7is_dramEv"
END = bytes.fromhex("0f94c0c3")  # sete al; ret
DO_NOTHING = b"\x90"
PADDING = (b"\x90", b"\x0f\x1f\x44\x00\x00")  # behind it, up to the next function

runtime = ctypes.CDLL(str(Path(ttnn.__file__).parent / "build" / "lib" / "libtt_metal.so"))
at = ctypes.cast(getattr(runtime, NAME), ctypes.c_void_p).value
code = ctypes.string_at(at, 32)
body = code[: code.index(END) + len(END)]
assert code[len(body) :].startswith(PADDING), code.hex()

page = at & -mmap.PAGESIZE
ANY = mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
libc = ctypes.CDLL(None, use_errno=True)
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
assert libc.mprotect(page, 2 * mmap.PAGESIZE, ANY) == 0, ctypes.get_errno()
ctypes.memmove(at, DO_NOTHING + body, len(body) + 1)

program = Path(__file__).with_name(sys.argv[1])
sys.argv = [str(program), *sys.argv[2:]]
runpy.run_path(str(program), run_name="__main__")
