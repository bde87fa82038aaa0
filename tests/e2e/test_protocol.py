"""What the allocation server answers to clients, Plimsoll's own and others."""

from __future__ import annotations

import grp
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import Asker
from running import Json
from serving import PATIENCE_S, Server
from synthetic import Synthetic, assert_equal
from test_ps import NOBODY


@pytest.fixture
def worker(program: Path, server: Server) -> Iterator[Synthetic]:
    worker = Synthetic(program, 1, 2, server.socket)
    worker.work(300)
    worker.tell()
    yield worker
    worker.kill()


def command(plimsoll: Path, server: Server | None, *words: object) -> subprocess.CompletedProcess:
    environment = dict(os.environ)
    environment.pop("PLIMSOLL_SOCKET", None)
    if server is not None:
        environment["PLIMSOLL_SOCKET"] = str(server.socket)
    return subprocess.run(
        [plimsoll, *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def with_pid(processes: list[Json], pid: int) -> Json:
    [only] = [process for process in processes if process["pid"] == pid]
    return only


def test_snapshot_is_what_ps_and_show_print(
    plimsoll: Path, server: Server, worker: Synthetic
) -> None:
    told = worker.tell()
    pid = told["pid"]
    with Asker(server.socket) as asker:
        figures = with_pid(asker.body("snapshot")["processes"], pid)
        assert_equal(figures, told)
        rows = with_pid(asker.body("snapshot", pid=pid, allocations=True)["processes"], pid)
        assert len(rows["allocations"]) == told["count"]
        for region in ("dram", "l1"):
            chosen = asker.body("snapshot", pid=pid, allocations=True, region=region, device=1)
            held = with_pid(chosen["processes"], pid)["allocations"]
            assert sum(row["occupied_bytes"] for row in held) == told["devices"]["1"][region]
    for served in (server, None):
        listed = json.loads(command(plimsoll, served, "ps", "--json").stdout)
        assert_equal(with_pid(listed["processes"], pid), told)
        words = ("show", pid, "--json", "--region", "l1", "--device", "1")
        shown = json.loads(command(plimsoll, served, *words).stdout)
        assert [row["id"] for row in shown["allocations"]] == [row["id"] for row in held]


def test_an_older_and_a_newer_client_are_answered(server: Server) -> None:
    with Asker(server.socket) as older, Asker(server.socket) as newer:
        assert older.body("snapshot")["processes"] is not None
        answer = newer.ask("hello", protocol=7, oldest_protocol=1, id="mine", wishes=[{}])
        assert (answer["protocol"], answer["id"]) == (1, "mine")
        assert answer["body"]["oldest_protocol"] == 1
        assert newer.error("divine") == "unknown-request"
        assert newer.error("hello", oldest_protocol=2) == "unsupported-protocol"
        assert newer.error("snapshot", kind="teapot") == "bad-argument"
        assert newer.error("dump", pid=1) == "not-found"
        assert newer.body("hello")["protocol"] == 1


def test_leaks_and_dump_are_of_one_process(server: Server, worker: Synthetic) -> None:
    told = worker.tell()
    with Asker(server.socket) as asker:
        assert asker.body("leaks", pid=told["pid"])["findings"] == []
        report = asker.body("dump", pid=told["pid"])
    assert report["totals"]["active_allocations"] == told["count"]
    events = report["totals"]["events"]
    assert events["produced"] == events["received"] + events["lost"]


def test_who_watches_is_told_of_changes_and_of_the_end(server: Server, worker: Synthetic) -> None:
    with Asker(server.socket) as asker:
        asker.body("watch")
        worker.work(100)
        told = worker.tell()
        for _ in range(100):
            change = asker.hear()
            assert change["answer"] == "change"
            seen = [p for p in change["body"]["changed"] if p["pid"] == told["pid"]]
            if seen and seen[0]["held_count"] == told["count"]:
                break
        assert_equal(seen[0], told)
        worker.kill()
        while told["pid"] not in change["body"]["ended"]:
            change = asker.hear()


def test_what_was_made_after_a_mark(plimsoll: Path, server: Server, worker: Synthetic) -> None:
    before = worker.tell()
    pid = before["pid"]
    assert command(plimsoll, server, "mark", "warm").returncode == 0
    words = ("show", pid, "--since", "warm", "--json")
    assert json.loads(command(plimsoll, server, *words).stdout)["allocations"] == []
    worker.work(20)
    worker.tell()
    rows = json.loads(command(plimsoll, server, *words).stdout)["allocations"]
    everything = json.loads(command(plimsoll, server, "show", pid, "--json").stdout)["allocations"]
    assert 0 < len(rows) < len(everything)
    newest = sorted(row["id"] for row in everything)[-len(rows) :]
    assert sorted(row["id"] for row in rows) == newest
    text = command(plimsoll, server, "show", pid, "--since", "warm").stdout
    assert f"holds {len(rows)} allocations of those asked for" in text
    unknown = command(plimsoll, server, "show", pid, "--since", "cold")
    assert unknown.returncode == 125
    assert "there is no mark 'cold'" in unknown.stderr


def test_a_mark_needs_the_server(plimsoll: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PLIMSOLL_SOCKET": str(tmp_path / "none")}
    told = subprocess.run(
        [plimsoll, "mark", "x"], env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 125
    assert "start plimsolld" in told.stderr


def test_wait(plimsoll: Path, worker: Synthetic) -> None:
    pid = worker.tell()["pid"]
    assert command(plimsoll, None, "wait", pid, "--until", "attached").returncode == 0
    late = command(plimsoll, None, "wait", pid, "--until", "empty", "--timeout", 0.2)
    assert late.returncode == 124
    assert "did not hold nothing within 0.2 s" in late.stderr
    worker.close()
    assert command(plimsoll, None, "wait", pid, "--until", "empty").returncode == 0
    worker.process.kill()  # and nobody has asked how it ended
    assert command(plimsoll, None, "wait", pid, "--timeout", PATIENCE_S).returncode == 0
    never = command(plimsoll, None, "wait", pid, "--until", "attached")
    assert never.returncode == 125


def test_ps_tells_of_what_died_holding_memory(
    plimsoll: Path, server: Server, worker: Synthetic
) -> None:
    told = worker.tell()
    worker.kill()
    server.wait_for(rf"\(pid {told['pid']}\) died, holding {told['count']} allocations$")
    text = command(plimsoll, server, "ps").stdout
    assert f"(pid {told['pid']}) died, holding {told['count']} allocations" in text
    assert "died" not in command(plimsoll, None, "ps").stdout


def test_ranks_and_command_lines(
    plimsoll: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMPI_COMM_WORLD_RANK", "3")
    monkeypatch.setenv("TT_MESH_HOST_RANK", "1")
    worker = Synthetic(program, 7, 1, None)
    worker.work(50)
    pid = worker.tell()["pid"]
    listed = json.loads(command(plimsoll, None, "ps", "--json").stdout)["processes"]
    text = command(plimsoll, None, "ps").stdout
    worker.kill()
    seen = with_pid(listed, pid)
    assert (seen["rank"], seen["host_rank"]) == (3, 1)
    assert seen["command"] == f"{program} 7 1"
    assert "rank 3" in text


def test_a_mounted_folder_is_enough(plimsoll: Path, server: Server, worker: Synthetic) -> None:
    """Where /proc shows nothing of the process, as in another container, the server tells."""
    told = worker.tell()
    inside = ["--user", "--map-root-user"] if os.getuid() != 0 else []
    alone = ["unshare", *inside, "--pid", "--fork", "--mount-proc", "--ipc"]
    environment = {**os.environ, "PLIMSOLL_SOCKET": str(server.socket)}
    for words, key in ((["ps"], "processes"), (["show", str(told["pid"])], "process")):
        seen = subprocess.run(
            [*alone, plimsoll, *words, "--json"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        found = json.loads(seen.stdout)[key]
        assert_equal(with_pid(found if key == "processes" else [found], told["pid"]), told)


AS_ANOTHER = """
import json, sys
sys.path.insert(0, sys.argv[1])
from asking import Asker
with Asker(sys.argv[2]) as asker:
    seen = [p["pid"] for p in asker.body("snapshot")["processes"]]
    print(json.dumps([seen, asker.ask("dump", pid=int(sys.argv[3]))["body"].get("code")]))
"""


@pytest.mark.parametrize("of_group", [False, True])
def test_another_user_is_told_nothing(plimsoll: Path, program: Path, of_group: bool) -> None:
    """Root's server is for all users, and any other for its own user alone. Members of a group are
    told all, if root wishes so."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        wish = ["--group", "nogroup"] if of_group else []
        server = Server(plimsoll.parent / "plimsolld", Path(folder) / "socket", *wish)
        worker = Synthetic(program, 1, 1, server.socket)
        worker.work(50)
        pid = worker.tell()["pid"]
        try:
            if os.getuid() != 0:
                assert server.socket.stat().st_mode & 0o777 == 0o600
                return
            tests = shutil.copytree(Path(__file__).parent, Path(folder) / "tests")
            words = [str(tests), str(server.socket), str(pid)]
            told = subprocess.run(
                ["/usr/bin/python3", "-c", AS_ANOTHER, *words],
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                user=NOBODY,
                group=grp.getgrnam("nogroup").gr_gid,
                extra_groups=[],
                check=False,
            )
            assert told.returncode == 0, told.stderr
            pids, refused = json.loads(told.stdout)
            assert (pid in pids, refused) == ((True, None) if of_group else (False, "not-found"))
        finally:
            worker.kill()
            server.kill()


@pytest.mark.parametrize("count", [2, 8, 64])
def test_each_process_as_it_knows_itself(
    plimsoll: Path, program: Path, tmp_path: Path, count: int
) -> None:
    """Before the server, after it, and without its socket."""
    socket = tmp_path / "socket"
    workers = [Synthetic(program, seed, 4, socket) for seed in range(count // 2)]
    server = Server(plimsoll.parent / "plimsolld", socket)
    try:
        for seed in range(count // 2, count):
            workers.append(Synthetic(program, seed, 4, socket if seed % 2 else None))
        for _ in range(3):
            for worker in workers:
                worker.work(200)
            told = {worker.process.pid: worker.tell() for worker in workers}
            listed = json.loads(command(plimsoll, server, "ps", "--json").stdout)["processes"]
            for pid, one in told.items():
                assert_equal(with_pid(listed, pid), one)
        for worker in workers:
            worker.close()
        server.wait_for("^  Active allocations: 0$")
    finally:
        server.kill()
        for worker in workers:
            worker.kill()
