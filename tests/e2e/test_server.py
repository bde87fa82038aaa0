"""The allocation server: what it prints of real programs that come, go, and are killed."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
from pathlib import Path

from running import Json, Runner
from serving import PATIENCE_S, Server
from test_ps import Holder, start_command


def start(runner: Runner, server: Server, machine: str, *words: object) -> Holder:
    """Without `plimsoll run` around it: the agent is preloaded, and finds the server."""
    command = runner.program(*map(str, words))
    alone = [str(runner.plimsoll), "run", "--no-agent", "--machine", machine, "--", *command]
    environment = {
        "LD_PRELOAD": str(runner.agent),
        "PLIMSOLL_SOCKET": str(server.socket),
        "TT_ALLOC_TRACKING_ENABLED": "1",
    }
    return start_command(runner, alone, environment)


def statistics(told: list[Json]) -> str:
    """What is printed when these programs are all there is, but for the amounts."""
    count = sum(len(each["devices"]) > 0 for each in told) * 6
    return rf"^  Active allocations: {count}$"


def test_programs_come_and_go(runner: Runner, server: Server) -> None:
    server.wait_for("^  Active allocations: 0$")
    first = start(runner, server, "t3k", "holds.py", 2, 4)
    server.wait_for(r"^  Device 7: 6 allocations, DRAM [\d.]+ [KM]iB, L1 ")
    server.wait_for(statistics([first.told]))
    second = start(runner, server, "n150", "holds.py", 1, 1)
    server.wait_for(r"^  Device 0: 12 allocations, ")
    server.wait_for(statistics([first.told, second.told]))
    first.kill()
    server.wait_for(rf"^python \(pid {first.told['pid']}\) died, holding 6 allocations$")
    server.wait_for(statistics([second.told]))
    second.end()
    server.wait_for(rf"^python \(pid {second.told['pid']}\) ended, holding nothing$")
    server.wait_for("^  Active allocations: 0$")
    assert server.end() == 0
    assert not server.socket.exists()


def test_four_meshes_side_by_side_end_with_nothing(runner: Runner, server: Server) -> None:
    running = [start(runner, server, "t3k", "holds.py", 2, 4) for _ in range(4)]
    server.wait_for(r"^  Active allocations: 24$")
    for holder in running:
        holder.end()
    server.wait_for("^  Active allocations: 0$")


def test_a_server_that_was_killed_knows_all_again(runner: Runner, server: Server) -> None:
    before = start(runner, server, "t3k", "holds.py", 2, 4)
    with contextlib.ExitStack() as stack:
        stack.callback(before.kill)
        lines = server.wait_for(r"^  Device 0: .*$")[0]
        server.kill()
        meanwhile = start(runner, server, "n150", "holds.py", 1, 1)
        stack.callback(meanwhile.kill)
        server.start()
        device_1 = lines.replace("Device 0", "Device 1")
        server.wait_for(f"^{re.escape(device_1)}$")
        server.wait_for("^  Active allocations: 12$")


def test_the_agent_looks_for_the_server_in_the_users_runtime_folder(
    runner: Runner, tmp_path: Path
) -> None:
    """Nobody told it where: one message comes, and the descriptor of a segment with it."""
    usual = tmp_path / "plimsoll" / "plimsolld.sock"
    usual.parent.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(usual))
        listener.listen()
        listener.settimeout(PATIENCE_S)
        alone = runner.arguments(runner.program("holds.py", 1, 1), ("--no-agent",), "n150")
        environment = {"LD_PRELOAD": str(runner.agent), "XDG_RUNTIME_DIR": str(tmp_path)}
        holder = start_command(runner, alone, environment)
        with listener.accept()[0] as peer:
            message, [descriptor], _, _ = socket.recv_fds(peer, 64, 1)
    holder.kill()
    assert os.readlink(f"/proc/self/fd/{descriptor}").startswith("/memfd:plimsoll")
    assert message == os.pread(descriptor, 8, 0)
    os.close(descriptor)


def test_a_second_server_says_that_there_is_one(server: Server) -> None:
    second = subprocess.run(
        [server.program, "--socket", server.socket],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert second.returncode == 125
    assert "a server listens there already" in second.stderr
    assert "to do:" in second.stderr
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(timeout=PATIENCE_S) == 0
