"""What plimsolld --http and plimsoll serve tell, and whom. A browser drives the page in web/."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CURRENT
from running import REPOSITORY, Json, Runner, ttnn_python
from serving import PATIENCE_S, Server
from speaking import Page, next_revision, serving, silent_connections
from synthetic import Synthetic, assert_equal
from test_protocol import with_pid
from test_ps import NOBODY, start

OWN_FAILURE = 125
DEVICES = 8  # of a t3k
CONNECTIONS = 1000


@pytest.fixture
def http_server(plimsoll: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(plimsoll.parent / "plimsolld", tmp_path / "socket", "--http", ":0")
    yield server
    server.kill()


@pytest.fixture
def page(http_server: Server) -> Page:
    return Page.of(http_server)


def held_count(told: Json, pid: int) -> int:
    return with_pid(told["report"]["processes"], pid)["held_count"]


def without_peaks(part: object) -> object:
    """The server has followed what a look from outside sees the counters of."""
    if isinstance(part, dict):
        known = {"peak", "at_peak", "overlap_at_peak", "enough"}
        return {key: without_peaks(value) for key, value in part.items() if key not in known}
    return [without_peaks(each) for each in part] if isinstance(part, list) else part


def test_it_tells_what_the_commands_print(plimsoll: Path, tmp_path: Path) -> None:
    """Of a program on the runtime itself, to the last byte but for peaks."""
    runner = Runner(plimsoll, ttnn_python(CURRENT), tmp_path)
    holder = start(runner, "t3k", 2, 4)
    server = Server(plimsoll.parent / "plimsolld", tmp_path / "socket", "--http", ":0")
    try:
        page, pid = Page.of(server), holder.told["pid"]
        asked = [plimsoll, "ps", "--json"]
        printed = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
        seen = page.json("/api/ps")
        ours, theirs = (with_pid(one["processes"], pid) for one in (seen, printed))
        assert json.dumps(without_peaks(ours)) == json.dumps(without_peaks(theirs))
        assert list(seen) == list(printed)

        told = page.json("/api/report")
        assert held_count(told, pid) == ours["held_count"]
        assert len(told["report"]["devices"]) >= DEVICES
        places = [place for place in told["more"]["allocations"]["places"] if place["pid"] == pid]
        assert {place["call_site"] for place in places} == {"tensors.py:11 in tensor"}
    finally:
        holder.kill()
        server.kill()


def test_each_change_is_told_and_then_there(page: Page, http_server: Server, program: Path) -> None:
    worker = Synthetic(program, 1, 3, http_server.socket)
    try:
        worker.work(100)
        worker.tell()
        stream = page.ask("/api/events")
        before = next_revision(stream)
        worker.work(50)
        told = worker.tell()
        assert next_revision(stream) != before
        deadline = time.monotonic() + PATIENCE_S
        while held_count(page.json("/api/report"), told["pid"]) != told["count"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert_equal(with_pid(page.json("/api/ps")["processes"], told["pid"]), told)
    finally:
        worker.kill()


def test_the_token_is_a_file_of_its_user_that_outlives_the_server(
    plimsoll: Path, http_server: Server, page: Page
) -> None:
    file = Path(f"{http_server.socket}.token")
    assert file.stat().st_mode & 0o777 == 0o600
    for wrong in ("", "Bearer", "Bearer x", f"Bearer {page.token}x", f"Basic {page.token}"):
        answer = page.ask("/api/ps", Authorization=wrong)
        assert answer.status == 401
        assert b"processes" not in answer.read()
    assert page.ask("/healthz", Authorization="").status == 200
    assert http_server.end() == 0
    http_server.start()
    assert Page.of(http_server).token == page.token
    http_server.kill()

    file.chmod(0o644)
    words = [plimsoll.parent / "plimsolld", "--socket", http_server.socket, "--http", ":0"]
    refused = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == OWN_FAILURE
    assert "the token is not for its user alone" in refused.stderr
    assert not http_server.socket.exists()


@pytest.mark.parametrize("address", ["9464", "localhost:9464", "127.0.0.1:70000", "unix:"])
def test_what_is_no_address_is_named(plimsoll: Path, tmp_path: Path, address: str) -> None:
    words = [plimsoll.parent / "plimsolld", "--socket", tmp_path / "socket", "--http", address]
    refused = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == OWN_FAILURE
    assert refused.stderr.startswith(f"plimsolld: '{address}' is no address\n  expected: 127.0.0.1")


AS_ANOTHER = """
import socket, sys
peer = socket.socket(socket.AF_UNIX)
peer.connect(sys.argv[1])
peer.sendall(b"GET /api/ps HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n")
while part := peer.recv(65536):
    sys.stdout.buffer.write(part)
"""


def test_at_a_socket_file_each_user_is_told_of_its_own(plimsoll: Path, program: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        place = Path(folder) / "http"
        daemon = plimsoll.parent / "plimsolld"
        server = Server(daemon, Path(folder) / "socket", "--http", f"unix:{place}")
        worker = Synthetic(program, 1, 1, server.socket)
        try:
            server.wait_for(rf"^plimsolld: HTTP at unix:{place}$")
            worker.work(50)
            pid = worker.tell()["pid"]
            for user in {os.getuid(), NOBODY if os.getuid() == 0 else os.getuid()}:
                words = ["/usr/bin/python3", "-c", AS_ANOTHER, place]
                told = subprocess.run(words, capture_output=True, text=True, user=user, check=True)
                assert told.stdout.startswith("HTTP/1.1 200 OK\n")
                processes = json.loads(told.stdout.split("\n\n", 1)[1])["processes"]
                assert (pid in [one["pid"] for one in processes]) == (user == os.getuid())
        finally:
            worker.kill()
            server.kill()


def test_who_is_silent_keeps_nobody_waiting(page: Page, http_server: Server, program: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * CONNECTIONS), hard))
    worker = Synthetic(program, 1, 1, http_server.socket)
    silent = silent_connections(page, CONNECTIONS)
    try:
        worker.work(100)
        told = worker.tell()
        deadline = time.monotonic() + PATIENCE_S
        while not [p for p in page.json("/api/ps")["processes"] if p["pid"] == told["pid"]]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert_equal(with_pid(page.json("/api/ps")["processes"], told["pid"]), told)
    finally:
        for one in silent:
            one.close()
        worker.kill()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_stored_report_is_served_as_it_is(plimsoll: Path) -> None:
    file = REPOSITORY / "tests" / "golden" / "clash.json"
    with serving(plimsoll, file) as page:
        told = page.json("/api/report")
        assert told["revision"] is None
        assert told["report"] == json.loads(file.read_text())
        assert told["more"]["verdict"].startswith("3 allocations were refused")
        assert page.ask("/api/report", Authorization="").status == 401
        assert page.ask("/api/events").status == 404
        assert 'id="report"></script>' in page.text("/")


def test_without_its_server_nothing_is_served(plimsoll: Path, tmp_path: Path) -> None:
    alone = shutil.copy(plimsoll, tmp_path)
    golden = REPOSITORY / "tests" / "golden"
    for file, why in (
        ("clash.json", "no plimsolld beside"),
        ("clash.txt", "is the report as text"),
    ):
        words = [alone, "serve", golden / file]
        refused = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        assert (refused.returncode, why in refused.stderr) == (OWN_FAILURE, True), refused.stderr
