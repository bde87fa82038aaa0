"""What grows iteration after iteration is found, and nothing else is taken for it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from pathlib import Path

import pytest
from asking import Asker
from native_programs import compiled
from running import REPOSITORY, Ended, Json, Runner, codes, finding, findings, plimsoll_binary
from serving import PATIENCE_S, Server

RESULT = 64 * 1024 * 2
CODE = "grows-per-iteration"


def ended(runner: Runner, way: str, iterations: int = 30) -> Ended:
    done = runner.run(runner.program("iterates.py", way, iterations))
    assert done.code == (137 if way == "killed" else 0), done.stderr
    return done


def line_of(way: str, text: str) -> int:
    lines = (REPOSITORY / "tests/e2e/programs/iterates.py").read_text().splitlines()
    begin = lines.index(f"def {way}(i):")
    return next(i for i in range(begin, len(lines)) if text in lines[i]) + 1


@pytest.mark.parametrize(
    ("way", "text", "op", "share"),
    [
        ("every_iteration", "kept.append", "ttnn.add", 1.0),
        ("every_second", "ttnn.add", "ttnn.add", 0.5),
        ("every_third", "kept.append", "ttnn.exp", 1 / 3),
        ("of_any_shape", "kept.append", "ttnn.add", 1.0),
        ("killed", "", "", 1.0),
    ],
)
def test_what_is_kept_is_named_with_its_line(
    runner: Runner, way: str, text: str, op: str, share: float
) -> None:
    report = ended(runner, way).report
    found = finding(report, CODE)

    assert found["severity"] == "error"
    assert found["marks"] == "found"
    assert found["iterations"] == pytest.approx(30, abs=2)
    assert found["per_iteration"]["allocations"] == pytest.approx(share, abs=0.04)
    if way != "of_any_shape":
        assert found["per_iteration"]["bytes"] == pytest.approx(RESULT * share, rel=0.08)
    if text:
        assert f"{op} at iterates.py:{line_of(way, text)} in {way}" in found["title"]
        assert found["allocations"]
    left = "process-died-holding" if way == "killed" else "buffer-outlives-device"
    assert codes(report) >= {CODE, left}


def test_an_input_that_stays_is_found_too(runner: Runner) -> None:
    found = finding(ended(runner, "an_input").report, CODE)

    assert "ttnn.allocate_tensor_on_device at tensors.py" in found["title"]
    assert any("in an_input" in line for line in found["evidence"])


def test_each_of_several_lines_is_a_finding(runner: Runner) -> None:
    found = findings(ended(runner, "two_lines").report, CODE)

    assert {re.sub(r" at .*", "", f["title"].split(", ")[1]) for f in found} == {
        "ttnn.add",
        "ttnn.exp",
    }


def test_growth_that_begins_late_says_when(runner: Runner) -> None:
    found = finding(ended(runner, "after_a_clean_time", 90).report, CODE)

    assert found["first_seen"] == pytest.approx(61, abs=3)
    assert found["iterations"] == pytest.approx(30, abs=3)


def test_semaphores_of_each_shape_are_found(runner: Runner) -> None:
    report = ended(runner, "semaphores_of_each_shape").report
    [found] = [f for f in findings(report, CODE) if f["severity"] == "error"]

    assert found["per_iteration"]["allocations"] == pytest.approx(8, abs=0.5)
    assert "8 semaphores (32 B of L1) per iteration" in found["title"]
    assert "in about" in found["consequence"]


def test_programs_of_ever_new_shapes_are_the_caches(runner: Runner) -> None:
    found = finding(ended(runner, "new_program_each_time").report, CODE)

    assert found["severity"] == "warning"
    assert "ttnn.softmax" in found["title"]
    assert "program cache" in found["cause"]
    assert found["iterations"] == pytest.approx(30, abs=2)


@pytest.mark.parametrize(
    "way",
    [
        "given_back_at_the_end",
        "a_cache_that_fills",
        "gathered_and_given_back",
        "nothing",
        "loading",
        "loading_then_working",
        "one_cache_of_keys",
    ],
)
def test_what_does_not_grow_is_left_alone(runner: Runner, way: str) -> None:
    assert CODE not in codes(ended(runner, way).report)


def test_the_growth_stands_before_what_it_left(runner: Runner) -> None:
    done = runner.raw(runner.program("iterates.py", "every_second", 20))
    growth = done.stderr.index(f"error  {CODE}")

    assert "plimsoll: memory grows by 128.0 KiB of DRAM per 2 iterations" in done.stderr
    assert growth < done.stderr.index("error  buffer-outlives-device")
    words = " ".join(done.stderr.split())
    assert re.search(r"DRAM would have been full in about \d+ more iterations", words)


@pytest.fixture(scope="session")
def marks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = plimsoll_binary().parent.parent / "lib"
    options = ["-I", REPOSITORY / "include", "-L", library, "-lplimsoll"]
    folder = tmp_path_factory.mktemp("marks")
    return compiled(folder, "marks.c", *options, f"-Wl,-rpath,{library}")


def watched(marks: Path, server: Server, *arguments: object) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        list(map(str, (marks, *arguments))),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PLIMSOLL_SOCKET": str(server.socket)},
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "worked\n"
    return started


def leaks(plimsoll: Path, pid: int, socket: Path | None, *options: str) -> str:
    done = subprocess.run(
        [plimsoll, "leaks", str(pid), *options],
        env={**os.environ, "PLIMSOLL_SOCKET": str(socket or "/nowhere")},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_until_all_is_told(server: Server, pid: int) -> None:
    """The server reads a process's events again and again, here until it has them all."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with Asker(server.socket) as asker:
            events = asker.body("dump", pid=pid)["totals"]["events"]
        if 0 < events["produced"] == events["received"]:
            return
        time.sleep(0.01)
    pytest.fail(f"the server has only {events}")


def growths(text: str) -> list[Json]:
    return [f for f in json.loads(text)["findings"] if f["code"] == CODE]


@pytest.mark.parametrize("threads", [1, 4])
def test_a_running_process_that_the_server_watches(
    plimsoll: Path, marks: Path, server: Server, threads: int
) -> None:
    """A mark of any thread is an iteration, and each iteration of any thread keeps one."""
    process = watched(marks, server, 40, "keep", threads)
    wait_until_all_is_told(server, process.pid)
    [found] = growths(leaks(plimsoll, process.pid, server.socket, "--json"))

    assert found["marks"] == "given"
    assert found["iterations"] == pytest.approx(40 * threads, abs=2 * threads)
    assert found["per_iteration"]["bytes"] == pytest.approx(4096, rel=0.05)
    assert found["per_iteration"]["allocations"] == pytest.approx(1, rel=0.05)
    assert "by the program's marks 'step'" in leaks(plimsoll, process.pid, server.socket)
    [alone] = growths(leaks(plimsoll, process.pid, None, "--json"))
    assert alone["title"] == found["title"], "the rings still have all of it"
    process.communicate("\n", timeout=PATIENCE_S)


def test_a_running_process_that_keeps_nothing(plimsoll: Path, marks: Path, server: Server) -> None:
    process = watched(marks, server, 40, "free", 4)
    wait_until_all_is_told(server, process.pid)
    assert growths(leaks(plimsoll, process.pid, server.socket, "--json")) == []
    process.communicate("\n", timeout=PATIENCE_S)
