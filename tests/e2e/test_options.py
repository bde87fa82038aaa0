"""Where the report goes, what it looks like, and when it turns into an exit code."""

from __future__ import annotations

import json

import pytest
from running import Runner, without_log

FINDING_MATCHED = 23


def test_the_text_report_ends_with_the_line_of_the_active_allocations(runner: Runner) -> None:
    ended = runner.raw(runner.program("ends.py", "normally"))
    lines = ended.stderr.splitlines()

    assert ended.code == 0
    assert [line for line in lines if line.startswith("plimsoll: ")] == [
        "plimsoll: nothing is left on 1 device"
    ]
    assert lines[-2:] == ["📊 Current Statistics:", "  Active allocations: 0"]


def test_a_report_as_json_on_standard_error_is_all_that_is_added(runner: Runner) -> None:
    ended = runner.raw(runner.program("ends.py", "by_sigkill"), "--report-format", "json")
    text = ended.stderr[ended.stderr.index("\n{\n") :]

    assert ended.code == 137
    assert json.loads(text)["exit"]["signal"] == 9


def test_quiet_prints_nothing_and_still_writes_the_file(runner: Runner) -> None:
    ended = runner.run(runner.program("ends.py", "by_os_exit"), "--quiet")
    alone = runner.run(runner.program("ends.py", "by_os_exit"), "--no-agent")

    assert ended.code == ended.report["exit"]["code"] == 4
    assert without_log(ended.stderr) == without_log(alone.stderr)


@pytest.mark.parametrize(
    ("condition", "matches"),
    [("left-at-exit", True), ("error", True), ("info,left-at-exit", True), ("unattributed", False)],
)
def test_fail_on_turns_a_finding_into_an_exit_code(
    runner: Runner, condition: str, matches: bool
) -> None:
    ended = runner.run(runner.program("ends.py", "by_os_exit"), "--fail-on", condition)

    assert ended.code == (FINDING_MATCHED if matches else 4)
    assert ended.report["exit"]["code"] == 4


def test_the_exit_code_of_fail_on_can_be_chosen(runner: Runner) -> None:
    options = ("--fail-on", "error", "--error-exitcode", "77")

    assert runner.run(runner.program("ends.py", "by_sigkill"), *options).code == 77
    assert runner.run(runner.program("ends.py", "normally"), *options).code == 0


def test_no_agent_writes_no_report(runner: Runner) -> None:
    ended = runner.run(runner.program("ends.py", "by_exception"), "--no-agent")

    assert ended.code == 1
    assert ended.report_text == ""
