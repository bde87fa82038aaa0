"""A test in C++ on the real runtime that leaves a buffer fails, and says where that was made."""

from __future__ import annotations

from pathlib import Path

from native_programs import compiled
from running import REPOSITORY, Runner, finding, plimsoll_binary, ttnn_python


def test_the_test_that_leaves_a_buffer_fails_and_no_other(tmp_path: Path) -> None:
    runner = Runner(plimsoll_binary(), ttnn_python("0.81.1"), tmp_path)
    [runtime] = runner.python.parent.parent.glob("lib/python*/site-packages/ttnn/build/lib")
    library = plimsoll_binary().parent.parent / "lib"
    options = ["-O0", "-g", "-std=c++17", "-I", REPOSITORY / "include", "-L", library]
    options += [f"-Wl,-rpath,{library}", "-lplimsoll-reader", "-lgtest"]
    judged = compiled(tmp_path, "judged.cpp", *options)

    command = [str(judged), str(runtime / "libtt_metal.so")]
    venv = str(runner.python.parent.parent)
    ended = runner.run(command, "--call-sites", "native", VIRTUAL_ENV=venv)

    assert ended.code == 1, ended.stderr
    assert ended.stdout.count("[       OK ]") == 2
    assert "[  FAILED  ] OnDevice.Keeps (" in ended.stdout
    assert "plimsoll: 1 allocation is left of this test, after its TearDown" in ended.stdout
    assert "  buffer, 20480 B in dram on device 0, owner user, judged+0x" in ended.stdout
    # Names of functions and lines are read from files, which is not done in somebody's process.
    [found] = finding(ended.report, "buffer-outlives-device")["allocations"]
    assert any("judged.cpp:" in place for place in found["call_sites"])
