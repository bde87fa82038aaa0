"""What the runtime itself counts, in files of shared memory, beside what Plimsoll does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from monitoring import WithHttp, samples
from running import Runner, ttnn_python
from test_ps import Holder, ask, start_command

CURRENT = "0.81.1"  # 0.66.0 has no such files
SHARED_MEMORY = Path("/dev/shm")


@pytest.fixture
def current(plimsoll: Path, tmp_path: Path) -> Iterator[Runner]:
    before = set(SHARED_MEMORY.glob("tt_device_*"))
    yield Runner(plimsoll, ttnn_python(CURRENT), tmp_path)
    for left in set(SHARED_MEMORY.glob("tt_device_*")) - before:
        left.unlink(missing_ok=True)  # the runtime never does


def start(runner: Runner, *options: str) -> Holder:
    command = runner.arguments(runner.program("holds.py", 1, 1), ("--quiet", *options), "n150")
    return start_command(runner, command, {"TT_METAL_SHM_TRACKING_DISABLED": "0"})


def test_a_process_without_plimsoll_appears_by_the_runtimes_own_account(
    current: Runner, plimsoll: Path
) -> None:
    holder = start(current, "--no-agent")
    served = WithHttp(plimsoll.parent / "plimsolld", current.folder, current.folder / "token")
    try:
        pid = holder.told["pid"]
        seen = json.loads(ask(current, "ps", "--json").stdout)
        assert pid not in [process["pid"] for process in seen["processes"]]
        [slot] = [
            process
            for chip in seen["runtime_statistics"]
            for process in chip["processes"]
            if process["pid"] == pid
        ]
        # Five tensors of 1024 columns of two bytes: requested, where the allocator occupies more.
        assert slot["requested"]["dram"] == sum(32 * (n + 1) * 1024 * 2 for n in range(5))
        assert slot["requested"]["dram"] < holder.told["allocated"]["dram"]
        assert slot["running"]
        text = " ".join(ask(current, "ps").stdout.split())
        assert re.search(
            rf"python \(pid {pid}\), not watched: by the runtime's own account it asked "
            r"for 960.0 KiB of DRAM and 12.0 KiB of L1 on device 0, \d+ s ago",
            text,
        ), text
        assert len(re.findall(rf"\b{pid}\b", text)) == 2, text  # its row, and this note
        metrics = samples(served.metrics())
        assert metrics["plimsoll_unwatched_processes"] >= 1
        assert any(name.startswith("plimsoll_runtime_requested_bytes") for name in metrics)
        holder.kill()
        text = " ".join(ask(current, "ps").stdout.split())
        assert f"(pid {pid})" not in text
        assert re.search(r"account still counts .* of processes that are gone", text), text
    finally:
        holder.kill()
        served.end()


def test_a_process_that_is_watched_is_not_named_twice(current: Runner) -> None:
    holder = start(current)
    try:
        seen = json.loads(ask(current, "ps", "--json").stdout)
        pid = holder.told["pid"]
        assert pid in [process["pid"] for process in seen["processes"]]
        slots = [slot for chip in seen["runtime_statistics"] for slot in chip["processes"]]
        assert pid in [slot["pid"] for slot in slots]
        assert f"(pid {pid})" not in " ".join(seen["notes"])
    finally:
        holder.kill()
