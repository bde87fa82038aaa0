"""The server as a service manager runs it: with a socket that listens already, and with the segments
of those whom the server before it had watched."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import Asker
from serving import PATIENCE_S
from synthetic import Synthetic, assert_equal
from test_protocol import with_pid

AS_ROOT = [] if os.getuid() == 0 else ["--user", "--map-root-user"]

# A service manager's descriptors begin at 3, and their names and the process's number are told.
AS_SERVICE = 'export LISTEN_PID=$$; exec "$@"'


class Manager:
    """As much of a service manager as the server needs."""

    def __init__(self, daemon: Path, folder: Path) -> None:
        self.daemon, self.path = daemon, folder / "plimsolld.sock"
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listening.bind(str(self.path))
        self.listening.listen(64)
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify_path = folder / "notify"
        self.notify.bind(str(self.notify_path))
        self.notify.settimeout(PATIENCE_S)
        self.store: dict[str, int] = {}

    def start(self) -> None:
        descriptors = [self.listening.fileno(), *self.store.values()]
        # Far up, so that none is in the way of another.
        moved = [fcntl.fcntl(fd, fcntl.F_DUPFD, 100) for fd in descriptors]
        shuffle = "".join(f"exec {3 + i}<&{fd}; " for i, fd in enumerate(moved))
        environment = {
            **os.environ,
            "NOTIFY_SOCKET": str(self.notify_path),
            "LISTEN_FDS": str(len(descriptors)),
            "LISTEN_FDNAMES": ":".join(["plimsolld.socket", *self.store]),
        }
        # In a pid namespace of its own, where /proc shows it nobody.
        alone = ["unshare", *AS_ROOT, "--pid", "--fork", "--kill-child", "--mount-proc"]
        self.process = subprocess.Popen(
            [*alone, "bash", "-c", shuffle + AS_SERVICE, "sh", str(self.daemon), "--quiet"],
            pass_fds=moved,
            env=environment,
        )
        for fd in moved:
            os.close(fd)
        while "READY=1" not in self.hear():
            pass

    def hear(self) -> str:
        message, descriptors, _, _ = socket.recv_fds(self.notify, 4096, 1)
        fields = dict(line.split("=", 1) for line in message.decode().splitlines())
        if "FDSTORE" in fields:
            self.store[fields["FDNAME"]] = descriptors[0]
        elif "FDSTOREREMOVE" in fields:
            os.close(self.store.pop(fields["FDNAME"]))
        return message.decode()

    def stored(self, pid: int) -> list[str]:
        return sorted(name for name in self.store if f"-{pid}-" in name)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=PATIENCE_S)


@pytest.fixture
def manager(plimsoll: Path, tmp_path: Path) -> Iterator[Manager]:
    manager = Manager(plimsoll.parent / "plimsolld", tmp_path)
    manager.start()
    yield manager
    manager.kill()


def test_segments_outlive_the_server(manager: Manager, program: Path) -> None:
    worker = Synthetic(program, 1, 2, manager.path)
    worker.work(100)
    told = worker.tell()
    pid = told["pid"]
    while len(manager.stored(pid)) < 2:
        manager.hear()
    assert [name.split("-")[0] for name in manager.stored(pid)] == ["process", "segment"]
    manager.kill()
    worker.work(100)
    told = worker.tell()
    manager.start()
    with Asker(manager.path) as asker:
        assert_equal(with_pid(asker.body("snapshot")["processes"], pid), told)
    worker.kill()
    while manager.stored(pid):
        manager.hear()
    assert manager.path.exists()
