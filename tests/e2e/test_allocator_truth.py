"""What the ledger says is what the runtime's own allocator says, byte for byte, at every step."""

from __future__ import annotations

import pytest
from running import Ended, Json, Runner, finding, occupied_by_region, without_log

STEPS = 21
REGIONS = ("dram", "l1", "l1_small")


def assert_verified(report: Json) -> None:
    assert report["processes"]
    for process in report["processes"]:
        assert process["health"]["verified"] > 0
        assert process["health"]["verified_differing"] == 0
        assert process["health"]["worst_difference_bytes"] == 0


def held(report: Json) -> dict[str, int]:
    sums = occupied_by_region(finding(report, "process-died-holding"))
    return {region: sums.get(region, 0) for region in REGIONS}


def stopped_after(
    runner: Runner, step: int, rows: int = 1, columns: int = 1, **environment: str
) -> Ended:
    machine = "n150" if rows * columns == 1 else "t3k"
    program = runner.program("stop_after_step.py", step, rows, columns)
    return runner.run(program, "--verify", machine=machine, **environment)


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_program_killed_after_any_step_held_what_its_allocator_said(
    runner: Runner, step: int
) -> None:
    ended = stopped_after(runner, step)
    told = ended.last_json()

    assert told["steps"] == STEPS
    assert held(ended.report) == told["allocated"]
    assert_verified(ended.report)


# The newer release puts the later steps on 8 rows of cores. This machine has as many only when
# none is given to dispatching.
@pytest.mark.parametrize(("step", "slow_dispatch"), [(9, "0"), (11, "0"), (15, "1"), (20, "1")])
def test_on_a_mesh_every_device_held_what_its_allocator_said(
    runner: Runner, step: int, slow_dispatch: str
) -> None:
    mode = {"TT_METAL_SLOW_DISPATCH_MODE": "1"} if slow_dispatch == "1" else {}
    ended = stopped_after(runner, step, 2, 4, **mode)
    rows = finding(ended.report, "process-died-holding")["allocations"]

    assert held(ended.report) == ended.last_json()["allocated"]
    assert {tuple(row["devices"]) for row in rows} == {tuple(range(8))}
    assert_verified(ended.report)


def test_a_runtime_compiled_otherwise_is_asked_instead(runner: Runner) -> None:
    program = runner.program("recompiled.py", "stop_after_step.py", STEPS, 1, 1)
    ended = runner.run(program, "--verify")

    assert held(ended.report) == ended.last_json()["allocated"]
    assert_verified(ended.report)


def test_four_threads_at_once_are_counted_exactly(runner: Runner) -> None:
    ended = runner.run(runner.program("four_threads.py"), "--verify")
    [told] = [line for line in without_log(ended.stdout) if line.isdigit()]

    assert ended.report["totals"]["allocations"] == 4 * (200 + 5)
    assert ended.report["totals"]["frees"] == 4 * 200
    assert finding(ended.report, "process-died-holding")["count"] == 4 * 5
    assert held(ended.report) == {"dram": int(told), "l1": 0, "l1_small": 0}
    assert_verified(ended.report)


@pytest.mark.parametrize("program", ["refused.py", "kept_in_list.py"])
def test_refusals_and_leaks_do_not_part_ledger_and_allocator(runner: Runner, program: str) -> None:
    ended = runner.run(runner.program(program), "--verify")

    assert ended.code == 0
    assert_verified(ended.report)


def test_a_table_too_small_to_list_all_still_counts_all(runner: Runner) -> None:
    ended = runner.run(
        runner.program("ends.py", "by_sigkill"), "--verify", PLIMSOLL_LIVE_CAPACITY="4"
    )
    found = finding(ended.report, "process-died-holding")
    health = ended.report["processes"][0]["health"]

    assert ended.report["totals"]["allocations"] == 9
    assert found["count"] == 9
    assert len(found["allocations"]) == 4
    assert health["unlisted_allocations"] == health["unlisted_live"] == 5
    assert ended.report["devices"][0]["peak"]["dram"] == 8 * 8404992
    assert ended.report["devices"][0]["peak"]["l1"] == 8388608
    assert_verified(ended.report)
