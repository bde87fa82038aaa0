"""What the findings say about programs that go wrong in known ways."""

from __future__ import annotations

from running import Runner, codes, finding, findings, requested_by_region, without_log

MIB = 1 << 20
OF_THE_RUNTIME = {"runtime-forgot-circular-buffers", "freed-after-device-close"}


def test_refusals_that_the_program_survives_leave_nothing(runner: Runner) -> None:
    ended = runner.run(runner.program("refused.py"))
    lines = without_log(ended.stdout)

    assert ended.code == 0
    assert sum(line.startswith("refused: Out of Memory") for line in lines) == 3
    assert sum("clash with L1 buffers" in line for line in lines) == 1
    assert ended.report["totals"]["active_allocations"] == 0
    assert not [f for f in ended.report["findings"] if f["severity"] == "error"]


def test_a_list_that_keeps_tensors_outlives_its_device(runner: Runner) -> None:
    ended = runner.run(runner.program("kept_in_list.py"))
    found = finding(ended.report, "buffer-outlives-device")

    assert ended.code == 0
    left = codes(ended.report) - OF_THE_RUNTIME
    assert left == {"buffer-outlives-device", "grows-per-iteration"}
    assert found["severity"] == "error"
    assert found["count"] == 10
    assert found["bytes"] == 20 * MIB
    assert requested_by_region(found) == {"dram": 20 * MIB}
    assert ended.report["totals"]["active_allocations"] == 0


def test_the_line_that_keeps_a_tensor_is_named(runner: Runner) -> None:
    ended = runner.run(runner.program("kept_in_list.py"))
    rows = finding(ended.report, "buffer-outlives-device")["allocations"]

    assert {row["call_site"] for row in rows} == {"kept_in_list.py:10 in <module>"}


def test_aliases_of_buffers_are_no_held_memory(runner: Runner) -> None:
    """A global circular buffer lies in a buffer that is counted already."""
    ended = runner.run(runner.program("stop_after_step.py", 20, 1, 1))
    found = finding(ended.report, "process-died-holding")

    assert ended.last_json()["allocated"]["l1"] == 0
    assert "of L1_SMALL" in found["title"]
    assert "of L1 " not in found["title"] and "of L1," not in found["title"]


def test_nothing_but_circular_buffers_is_forgotten_by_the_runtime(runner: Runner) -> None:
    ended = runner.run(runner.program("ends.py", "normally"))

    assert ended.report["by_kind"]["buffer"]["frees"] == 9
    assert not findings(ended.report, "runtime-forgot-circular-buffers")
    assert not findings(ended.report, "unattributed")
