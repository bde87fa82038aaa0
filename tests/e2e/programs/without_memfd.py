"""Runs a command in which the kernel refuses memfd_create, as a strict sandbox does.

usage: without_memfd.py COMMAND...
"""

import ctypes
import errno
import os
import struct
import sys

MEMFD_CREATE = {"x86_64": 319, "aarch64": 279}[os.uname().machine]
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD_WORD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, FAIL_WITH = 0x7FFF0000, 0x00050000


def instruction(code, if_true, if_false, value):
    return struct.pack("=HBBI", code, if_true, if_false, value)


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def refuse_memfd_create():
    instructions = [
        instruction(LOAD_WORD, 0, 0, 0),
        instruction(JUMP_IF_EQUAL, 0, 1, MEMFD_CREATE),
        instruction(RETURN, 0, 0, FAIL_WITH | errno.EPERM),
        instruction(RETURN, 0, 0, ALLOW),
    ]
    text = ctypes.create_string_buffer(b"".join(instructions))
    program = Program(len(instructions), ctypes.addressof(text))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp filter")


refuse_memfd_create()
os.execvp(sys.argv[1], sys.argv[1:])
