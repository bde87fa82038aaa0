"""What Plimsoll says when it cannot do what it is asked to, and that the program runs on."""

from __future__ import annotations

import sys

import pytest
from running import PROGRAMS, Ended, Runner, codes, without_log

OWN_FAILURE, CANNOT_EXECUTE, NOT_FOUND = 125, 126, 127
SAYS_HOLDING = ["sh", "-c", "echo holding; exit 5"]
ONE_AFTER_THE_OTHER = """
import os, subprocess, sys
subprocess.run(sys.argv[1:4], check=True)
os.execv(sys.argv[4], sys.argv[4:])
"""


def assert_refused(ended: Ended, code: int, *words: str) -> None:
    assert ended.code == code
    assert ended.stdout == ""
    for word in words:
        assert word in ended.stderr


def test_an_unknown_machine_is_answered_with_the_known_ones(any_runner: Runner) -> None:
    ended = any_runner.raw(["true"], machine="t4k")

    assert_refused(ended, OWN_FAILURE, "unknown machine 't4k'", "n150", "t3k")


def test_no_command_is_answered_with_how_to_give_one(any_runner: Runner) -> None:
    assert_refused(any_runner.raw([], machine=""), OWN_FAILURE, "no command", "COMMAND...")


def test_an_unknown_option_runs_nothing(any_runner: Runner) -> None:
    ended = any_runner.raw(["echo", "ran"], "--reprot", "x", machine="")

    assert_refused(ended, OWN_FAILURE, "--reprot")


@pytest.mark.parametrize(
    ("option", "value"),
    [("--fail-on", "no-such-code"), ("--report-format", "xml"), ("--error-exitcode", "256")],
)
def test_a_bad_value_runs_nothing(any_runner: Runner, option: str, value: str) -> None:
    assert_refused(any_runner.raw(["echo", "ran"], option, value, machine=""), OWN_FAILURE, value)


def test_a_command_that_is_not_there_is_127(any_runner: Runner) -> None:
    ended = any_runner.raw(["no-such-program"], machine="")

    assert_refused(ended, NOT_FOUND, "cannot run 'no-such-program'")


def test_a_command_that_cannot_be_executed_is_126(any_runner: Runner) -> None:
    data = any_runner.folder / "data"
    data.write_text("no program")

    assert_refused(any_runner.raw([str(data)], machine=""), CANNOT_EXECUTE, str(data))


@pytest.mark.parametrize(("command", "code"), [(["true"], 0), (["false"], 1)])
def test_a_command_without_the_runtime_attaches_nothing_and_keeps_its_code(
    any_runner: Runner, command: list[str], code: int
) -> None:
    ended = any_runner.raw(command, machine="")

    assert ended.code == code
    assert ended.stderr.startswith("plimsoll: nothing attached: ")


def test_a_report_that_cannot_be_written_is_printed(any_runner: Runner) -> None:
    ended = any_runner.raw(SAYS_HOLDING, "--report", "/no/such/folder/report", machine="")

    assert ended.code == 5
    assert ended.stdout == "holding\n"
    assert "cannot be written to '/no/such/folder/report'" in ended.stderr
    assert "nothing attached" in ended.stderr


def test_a_machine_without_python_or_without_ttnn_is_told(any_runner: Runner) -> None:
    without_python = any_runner.raw(["true"])
    without_ttnn = any_runner.raw([sys.executable, "-c", "print('ran')"])

    assert_refused(without_python, OWN_FAILURE, "plimsoll: ", "to do: ")
    assert_refused(without_ttnn, OWN_FAILURE, "ttnn", "to do: ")


def test_a_sandbox_without_memfd_lets_the_program_run_unobserved(runner: Runner) -> None:
    program = runner.program("mesh_ops.py", 1, 1)
    alone = runner.run(program, "--no-agent")
    sandboxed = runner.run(runner.program("without_memfd.py", *program))
    said = [line for line in without_log(sandboxed.stderr) if "plimsoll" in line]

    assert sandboxed.code == 0
    assert sandboxed.output[0] == alone.output[0]
    assert said == [
        "plimsoll: cannot attach: Operation not permitted; the program runs on, unobserved"
    ]
    assert sandboxed.report["runtime"]["attached"] is False
    assert sandboxed.report["totals"]["active_allocations"] is None


def test_hostile_descriptors_are_refused_with_a_note(any_runner: Runner) -> None:
    program = [sys.executable, str(PROGRAMS / "hands_over_junk.py"), "7"]
    ended = any_runner.run(program, machine="")

    assert ended.code == 7
    assert ended.report["runtime"]["attached"] is False
    *refusals, last = ended.report["notes"]
    assert len(refusals) == 7
    assert all("is refused" in note for note in refusals)
    assert last.startswith("plimsoll doctor")


def test_hostile_descriptors_do_not_hide_what_a_program_holds(runner: Runner) -> None:
    junk = runner.program("hands_over_junk.py", 0)
    holding = runner.program("ends.py", "by_os_exit")
    ended = runner.run([str(runner.python), "-c", ONE_AFTER_THE_OTHER, *junk, *holding])

    assert ended.code == 4
    assert codes(ended.report) == {"left-at-exit"}
    assert ended.report["notes"]
