"""Offers descriptors that are no segments to whoever listens at $PLIMSOLL_SOCKET.

usage: hands_over_junk.py EXIT_CODE
"""

import fcntl
import os
import socket
import struct
import sys

SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
HELLO = b"PLIMSOLL"


def memory(content, seals):
    fd = os.memfd_create("plimsoll", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
    os.write(fd, content)
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, seals)
    return fd


def send(message, descriptors):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as to:
        to.connect(os.environ["PLIMSOLL_SOCKET"])
        socket.send_fds(to, [message], descriptors)


def all_bits(size):
    return b"\xff" * size


send(HELLO, [memory(all_bits(1 << 16), 0)])
send(HELLO, [memory(b"", SEALS)])
send(HELLO, [memory(struct.pack("<Q", 1), SEALS)])
send(HELLO, [memory(all_bits(1 << 20), SEALS)])
send(HELLO, [memory(bytes(1 << 20), SEALS)])
send(HELLO, [os.open("/dev/zero", os.O_RDONLY)])
send(HELLO, list(os.pipe()))
send(b"hello" * 1000, [])
sys.exit(int(sys.argv[1]))
