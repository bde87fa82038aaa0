"""However a program ends, the report comes and says what it held."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest
from running import Ended, Json, Runner, codes, finding, findings, requested_by_region, without_log

MIB = 1 << 20
HELD = {"dram": 64 * MIB, "l1": 8 * MIB}
SIGNALS = {
    "by_sigkill": signal.SIGKILL,
    "by_sigterm": signal.SIGTERM,
    "by_abort": signal.SIGABRT,
    "by_the_runtime_crashing": signal.SIGSEGV,
}
CODES = {"by_exception": 1, "by_sys_exit": 3, "by_os_exit": 4}


def ends(runner: Runner, way: str) -> Ended:
    ended = runner.run(runner.program("ends.py", way))
    assert "holding" in without_log(ended.stdout)
    assert ended.report["totals"]["active_allocations"] == 0
    return ended


def all_of_what_was_held(report: Json, code: str) -> dict[str, int]:
    [found] = findings(report, code)
    assert found["severity"] == "error"
    return requested_by_region(found)


def test_a_normal_end_leaves_nothing(runner: Runner) -> None:
    ended = ends(runner, "normally")

    assert ended.code == 0
    assert ended.report["exit"]["code"] == 0
    assert ended.report["findings"] == []
    assert ended.report["processes"][0]["state"] == "exited"


@pytest.mark.parametrize("way", CODES)
def test_an_end_with_the_device_open_is_told_as_left_at_exit(runner: Runner, way: str) -> None:
    ended = ends(runner, way)

    assert ended.code == ended.report["exit"]["code"] == CODES[way]
    assert codes(ended.report) == {"left-at-exit"}
    assert all_of_what_was_held(ended.report, "left-at-exit") == HELD
    assert ended.report["processes"][0]["state"] == "exited"


def test_a_device_that_the_program_itself_closes_late_is_not_left_open(runner: Runner) -> None:
    ended = ends(runner, "closing_late")

    assert ended.code == 0
    assert codes(ended.report) == {"buffer-outlives-device"}
    assert all_of_what_was_held(ended.report, "buffer-outlives-device") == HELD


@pytest.mark.parametrize("way", ["by_sigkill", "by_sigterm", "by_abort"])
def test_a_process_that_a_signal_ends_died_holding_all_it_had(runner: Runner, way: str) -> None:
    ended = ends(runner, way)

    assert ended.code == 128 + SIGNALS[way]
    assert ended.report["exit"]["signal"] == SIGNALS[way]
    assert codes(ended.report) == {"process-died-holding"}
    assert all_of_what_was_held(ended.report, "process-died-holding") == HELD
    assert ended.report["processes"][0]["state"] == "killed"


def test_a_crash_of_the_runtime_itself_is_told_with_what_was_held(runner: Runner) -> None:
    ended = ends(runner, "by_the_runtime_crashing")
    held = all_of_what_was_held(ended.report, "process-died-holding")

    assert ended.code == 128 + signal.SIGSEGV
    assert held["l1"] == HELD["l1"]
    assert held["dram"] >= HELD["dram"]


def test_a_request_to_end_that_reaches_plimsoll_is_passed_on(runner: Runner) -> None:
    report = ("--report", str(runner.report_file), "--report-format", "json")
    program = runner.program("ends.py", "by_a_signal_from_outside")
    with subprocess.Popen(
        runner.arguments(program, report, "n150"),
        cwd=runner.folder,
        env=runner.environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as started:
        assert started.stdout is not None
        assert any(line == "ready\n" for line in started.stdout)
        started.send_signal(signal.SIGTERM)
        code = started.wait(timeout=30)
    ended = Ended(code, "", "", runner.report_file.read_text())

    assert ended.code == 128 + signal.SIGTERM
    assert ended.report["exit"]["signal"] == signal.SIGTERM
    assert all_of_what_was_held(ended.report, "process-died-holding") == HELD


def test_a_forked_child_that_ends_first_has_an_account_of_its_own(runner: Runner) -> None:
    ended = runner.run(runner.program("forks.py", "child_ends_first"))
    parent, child = ended.report["processes"]

    assert ended.code == 0
    assert child["forked_from"] == parent["pid"]
    assert [parent["state"], child["state"]] == ["exited", "exited"]
    assert ended.report["totals"]["allocations"] == ended.report["totals"]["frees"] == 3
    assert ended.report["findings"] == []


def test_a_killed_child_held_its_own_memory_and_not_its_parents(runner: Runner) -> None:
    ended = runner.run(runner.program("forks.py", "child_is_killed"))
    found = finding(ended.report, "process-died-holding")
    child = next(p for p in ended.report["processes"] if p["forked_from"])

    assert ended.code == 0
    assert codes(ended.report) == {"process-died-holding"}
    assert {row["pid"] for row in found["allocations"]} == {child["pid"]}
    assert requested_by_region(found) == {"dram": 2 * MIB}


def test_a_child_that_goes_on_after_its_parent_is_shown_running(runner: Runner) -> None:
    ended = runner.run(runner.program("forks.py", "parent_ends_first"))
    [child] = [p for p in ended.report["processes"] if p["forked_from"]]
    os.kill(child["pid"], signal.SIGKILL)

    assert ended.code == 0
    assert child["state"] == "running"
    assert [row["pid"] for row in ended.report["live"]] == [child["pid"]]
    assert ended.report["live"][0]["bytes"] == 2 * MIB
    assert ended.report["totals"]["active_allocations"] == 1
