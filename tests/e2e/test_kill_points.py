"""Readers and the server, killed at their system calls: nothing of any ledger is lost, nobody hangs,
and whoever looks next is right. A sample of the calls; PLIMSOLL_KILL_POINTS=all: every one."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import Asker
from native_programs import compiled
from serving import PATIENCE_S, Server
from synthetic import Synthetic, assert_equal
from test_protocol import command, with_pid

ALL = os.environ.get("PLIMSOLL_KILL_POINTS") == "all"
SAMPLES = 12
SERVER_CALLS = 1500  # more than it takes to start, adopt, search, answer and wait


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("killer"), "kill_at_syscall.c")


@pytest.fixture
def worker(tmp_path: Path, program: Path) -> Iterator[Synthetic]:
    worker = Synthetic(program, 1, 2, tmp_path / "socket")
    worker.work(100)
    yield worker
    worker.kill()


def points(total: int) -> range:
    return range(1, total + 1, 1 if ALL else max(1, total // SAMPLES))


@pytest.mark.parametrize("what", ["ps", "show", "leaks"])
def test_readers(plimsoll: Path, killer: Path, worker: Synthetic, what: str) -> None:
    pid = worker.tell()["pid"]
    words = [str(plimsoll), what, "--json", *([] if what == "ps" else [str(pid)])]
    at, killed = 0, True
    tried = 0
    step = 1 if ALL else 17
    while killed:
        at += step
        run = subprocess.run(
            [killer, str(at), *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=False,
        )
        killed = run.returncode == 0
        tried += 1
        if tried % (50 if ALL else 3) == 0 or not killed:
            worker.work(10)
            told = worker.tell()
            listed = json.loads(command(plimsoll, None, "ps", "--json").stdout)["processes"]
            assert_equal(with_pid(listed, pid), told)
    assert tried > 5
    print(f"{what}: killed at {tried - 1} system calls")


def test_the_server(plimsoll: Path, killer: Path, worker: Synthetic, tmp_path: Path) -> None:
    socket = tmp_path / "socket"
    daemon = plimsoll.parent / "plimsolld"
    tried = 0
    for at in points(SERVER_CALLS):
        run = subprocess.Popen(
            [killer, str(at), daemon, "--socket", socket],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # Clients go on asking until it is dead; none of them may hang.
        while run.poll() is None:
            try:
                with Asker(socket) as asker:
                    asker.body("snapshot")
            except (OSError, AssertionError):
                continue
        assert run.returncode == 0
        worker.work(10)
        tried += 1
    server = Server(daemon, socket)
    told = worker.tell()
    server.wait_for(rf"^  Active allocations: {told['count']}$")
    with Asker(socket) as asker:
        assert_equal(with_pid(asker.body("snapshot")["processes"], told["pid"]), told)
    server.kill()
    print(f"server: killed at {tried} system calls")
