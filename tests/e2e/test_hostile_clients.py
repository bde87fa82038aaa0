"""Clients that lie, flood, stop half-way or never listen: the server stays small, serves the others,
and names each in its log."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import resource
import select
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import Asker
from serving import PATIENCE_S, Server, own_memory
from synthetic import Synthetic, assert_equal

MAGIC = b"PLIMSOLL"
F_ADD_SEALS, SEALS = 1033, {"seal": 1, "shrink": 2, "grow": 4}
MIB = 1 << 20


class LoggedServer(Server):
    """Its log is read as it comes, so that it never waits for us."""

    def __init__(self, program: Path, path: Path) -> None:
        self.log = b""
        super().__init__(program, path)
        assert self.process.stderr is not None
        os.set_blocking(self.process.stderr.fileno(), False)

    def logged(self, pattern: str) -> str:
        assert self.process.stderr is not None
        deadline = time.monotonic() + PATIENCE_S
        while not (found := re.search(pattern, self.log.decode(), re.MULTILINE)):
            assert time.monotonic() < deadline, f"no {pattern!r} in {self.log.decode()[-4000:]}"
            select.select([self.process.stderr], [], [], 0.1)
            with contextlib.suppress(BlockingIOError):
                self.log += os.read(self.process.stderr.fileno(), 1 << 16)
        line = found[0]
        self.log = self.log.decode()[found.end() :].encode()
        return line

    def memory(self) -> int:
        return own_memory(self.process.pid)


class Configured(LoggedServer):
    """Its options come from a file, so it may well be quiet."""

    def __init__(self, program: Path, path: Path, config: Path) -> None:
        self.config = config
        super().__init__(program, path)

    def start(self) -> None:
        self.process = subprocess.Popen(
            [self.program, "--config", self.config, "--socket", self.socket],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + PATIENCE_S
        while not self.socket.exists() and time.monotonic() < deadline:
            time.sleep(0.01)


@pytest.fixture
def server(plimsoll: Path, tmp_path: Path) -> Iterator[LoggedServer]:
    server = LoggedServer(plimsoll.parent / "plimsolld", tmp_path / "socket")
    yield server
    assert server.process.poll() is None, "the server has ended"
    server.kill()


@pytest.fixture
def honest(program: Path, server: LoggedServer) -> Iterator[Synthetic]:
    """One who must not notice."""
    honest = Synthetic(program, 1, 2, server.socket)
    honest.work(200)
    yield honest
    told = honest.tell()
    with Asker(server.socket) as asker:
        [seen] = asker.body("snapshot", pid=told["pid"])["processes"]
    assert_equal(seen, told)
    honest.kill()


def hand_over(server: LoggedServer, *descriptors: int, message: bytes = MAGIC) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as peer:
        peer.connect(str(server.socket))
        socket.send_fds(peer, [message], list(descriptors))


def memfd(content: bytes, size: int, *seals: str) -> int:
    fd = os.memfd_create("plimsoll", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(fd, content)
    os.ftruncate(fd, size)
    for seal in seals:
        fcntl.fcntl(fd, F_ADD_SEALS, SEALS[seal])
    return fd


def segment_of(process: Synthetic) -> int:
    folder = Path(f"/proc/{process.process.pid}/fd")
    [found] = [e for e in folder.iterdir() if os.readlink(e).startswith("/memfd:plimsoll")]
    return os.open(found, os.O_RDONLY)


def copy_of(process: Synthetic, *seals: str, header: bytes = b"", at: int = 0) -> int:
    """A segment with some bytes changed."""
    original = segment_of(process)
    size = os.fstat(original).st_size
    beginning = bytearray(os.pread(original, MIB, 0))
    os.close(original)
    beginning[at : at + len(header)] = header
    return memfd(bytes(beginning), size, *seals)


def test_descriptors_that_are_no_segment(server: LoggedServer, honest: Synthetic) -> None:
    read_end, write_end = os.pipe()
    for path in ("/dev/null", "/dev/zero", "/proc/self/mem", "/", "/etc/passwd"):
        fd = os.open(path, os.O_RDONLY)
        hand_over(server, fd)
        os.close(fd)
        server.logged(rf"process {os.getpid()} of user {os.getuid()} is refused: .+$")
    hand_over(server, read_end, write_end)
    server.logged("is refused: ")
    hand_over(server, server_side := os.eventfd(0))
    server.logged("is refused: ")
    for fd in (read_end, write_end, server_side):
        os.close(fd)


def test_wrong_seals_and_sizes(server: LoggedServer, honest: Synthetic) -> None:
    honest.tell()
    hand_over(server, copy_of(honest))
    server.logged("is refused: .*seal")
    hand_over(server, copy_of(honest, "grow"))
    server.logged("is refused: .*seal")
    hand_over(server, memfd(b"", 0, "shrink", "grow"))
    server.logged("is refused: ")
    hand_over(server, memfd(MAGIC, 4096, "shrink", "grow"))
    server.logged("is refused: ")
    hand_over(server, memfd(b"", 1 << 40, "shrink", "grow"))
    server.logged("is refused: ")
    # A size that is not the file's, capacities that are none, another layout.
    lies = ((16, "<Q", 1 << 50), (24, "<I", 1 << 31), (28, "<I", 12345), (8, "<I", 99))
    for at, form, value in lies:
        header = struct.pack(form, value)
        hand_over(server, copy_of(honest, "shrink", "grow", header=header, at=at))
        server.logged("is refused: ")


def test_a_segment_full_of_noise_harms_nobody(server: LoggedServer, honest: Synthetic) -> None:
    """Tables that point in circles, overlap and lie about their length: it is read, and bounded."""
    honest.tell()
    before = server.memory()
    for seed in range(8):
        noise = bytes((i * 2654435761 * (seed + 1) >> 11) & 0xFF for i in range(1 << 16))
        hand_over(server, copy_of(honest, "shrink", "grow", header=noise, at=4096))
        counters = struct.pack("<4I", *[0xFFFFFFFF] * 4)
        hand_over(server, copy_of(honest, "shrink", "grow", header=counters, at=144))
    with Asker(server.socket) as asker:
        asker.body("snapshot")
    assert server.memory() - before < 256 * MIB


def test_ten_thousand_connections(server: LoggedServer, honest: Synthetic) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    before = server.memory()
    silent = []
    try:
        for _ in range(10_000):
            peer = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            peer.connect(str(server.socket))
            silent.append(peer)
        server.logged("is refused: it connected and sent nothing, and others wait")
        with Asker(server.socket) as asker:
            assert asker.body("hello")["protocol"] == 1
        assert server.memory() - before < 16 * MIB
        # Those that ask have a limit of their own, and are told.
        asking = [Asker(server.socket) for _ in range(64)]
        for asker in asking:
            assert asker.body("hello")["protocol"] == 1
        with Asker(server.socket) as one_more:
            assert one_more.error("hello") == "too-many"
        for asker in asking:
            asker.socket.close()
        server.logged("as many clients of this user are connected as may be")
    finally:
        for peer in silent:
            peer.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_half_messages_and_noise(server: LoggedServer, honest: Synthetic) -> None:
    with Asker(server.socket) as half, Asker(server.socket) as good:
        half.socket.send(struct.pack("<I", 1000) + b'{"request": ')
        assert good.body("hello")["protocol"] == 1
        half.socket.close()
    for noise in (b"\0\0\0\0", b"\xff" * 5000, MAGIC, struct.pack("<I", 1 << 31) + b"x"):
        with Asker(server.socket) as asker:
            asker.socket.send(noise)
            assert asker.hear()["body"]["code"] == "bad-frame"
            with pytest.raises((AssertionError, OSError)):
                asker.hear()
        server.logged("is refused: what it sends is no frame")
    with Asker(server.socket) as asker:
        asker.socket.send(struct.pack("<I", 3) + b"}{]")
        assert asker.hear()["body"]["code"] == "bad-json"
        assert asker.body("hello")["protocol"] == 1


def test_who_never_listens_costs_no_more_than_its_limit(
    server: LoggedServer, honest: Synthetic
) -> None:
    pid = honest.tell()["pid"]
    before = server.memory()
    with Asker(server.socket) as deaf:
        deaf.socket.settimeout(0.2)
        with contextlib.suppress(TimeoutError, OSError):
            for _ in range(20_000):
                deaf.send({"request": "snapshot", "pid": pid, "allocations": True})
        with Asker(server.socket) as good:
            good.body("hello")
        assert server.memory() - before < 128 * MIB
    server.logged("is refused: it does not fetch its answers")


def test_a_file_sets_the_limits(plimsoll: Path, program: Path, tmp_path: Path) -> None:
    config = tmp_path / "plimsolld.toml"
    config.write_text("processes-per-user = 2\nquiet = true\n")
    daemon = plimsoll.parent / "plimsolld"
    server = Configured(daemon, tmp_path / "socket", config)
    with contextlib.ExitStack() as stack:
        stack.callback(server.kill)
        workers = [Synthetic(program, seed, 1, server.socket) for seed in range(3)]
        for worker in workers:
            worker.work(5)
            worker.tell()
        server.logged("as many processes of this user are watched as may be")
        for worker in workers:
            worker.kill()
        with Asker(server.socket) as asker:
            asker.body("hello")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("procesess = 3\n", "procesess"),
        ("processes = many\n", "processes"),
        ("processes = 0\n", "processes"),
        ("processes = \n[[[", "processes"),
    ],
)
def test_a_file_that_says_nothing_sensible(
    plimsoll: Path, tmp_path: Path, content: str, expected: str
) -> None:
    config = tmp_path / "plimsolld.toml"
    config.write_text(content)
    told = subprocess.run(
        [plimsoll.parent / "plimsolld", "--config", config, "--socket", tmp_path / "s"],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert told.returncode == 125
    assert expected in told.stderr
