"""What cached programs keep on a device is told apart from what the user forgot there."""

from __future__ import annotations

import pytest
from running import Ended, Json, Runner, codes, finding, requested_by_region

MIB = 1 << 20
KEPT_BY_CACHE = {"dram": 524288, "l1_small": 7040}
BUFFERS_OF_CACHE = 11
RESULTS = 3
LEAKS = {"buffer-outlives-device", "left-at-exit", "process-died-holding", "unattributed"}


def ended(runner: Runner, end: str) -> Ended:
    done = runner.run(runner.program("cached.py", end), "--verify")
    assert done.code == 0
    assert done.report["totals"]["active_allocations"] == 0
    assert done.report["processes"][0]["health"]["verified_differing"] == 0
    return done


def assert_cache_held(report: Json, times: int = 1) -> None:
    found = finding(report, "program-cache-holds")
    assert found["severity"] == "info"
    assert found["count"] == BUFFERS_OF_CACHE * times
    assert requested_by_region(found) == {r: b * times for r, b in KEPT_BY_CACHE.items()}


@pytest.mark.parametrize("end", ["closed", "never_closed"])
def test_what_the_cache_kept_is_no_leak(runner: Runner, end: str) -> None:
    report = ended(runner, end).report

    assert_cache_held(report)
    assert not codes(report) & LEAKS
    assert report["by_kind"]["buffer"]["allocations"] == report["by_kind"]["buffer"]["frees"]


def test_each_mesh_has_a_cache_of_its_own(runner: Runner) -> None:
    report = ended(runner, "closed_twice").report

    assert_cache_held(report, times=2)
    assert not codes(report) & LEAKS


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("closed_with_a_tensor_kept", "buffer-outlives-device"),
        ("never_closed_with_a_tensor_kept", "left-at-exit"),
    ],
)
def test_a_tensor_beside_the_cache_is_the_users(runner: Runner, end: str, code: str) -> None:
    report = ended(runner, end).report

    assert_cache_held(report)
    assert codes(report) & LEAKS == {code}
    assert finding(report, code)["count"] == 1
    assert requested_by_region(finding(report, code)) == {"dram": 2 * MIB}


def test_a_cache_that_is_cleared_in_time_holds_nothing(runner: Runner) -> None:
    report = ended(runner, "cleared").report

    assert not codes(report) & (LEAKS | {"program-cache-holds"})
    assert report["by_kind"]["buffer"]["reported_frees"] == report["by_kind"]["buffer"]["frees"]


def test_a_cache_that_is_cleared_midway_is_gone_at_that_moment(runner: Runner) -> None:
    """Killed a moment later, the process held its own tensors only."""
    done = runner.run(runner.program("cached.py", "cleared_midway_and_killed"), "--verify")
    left = finding(done.report, "process-died-holding")

    assert done.code == 137
    assert done.report["processes"][0]["health"]["verified_differing"] == 0
    assert {row["kind"] for row in left["allocations"]} == {"buffer"}
    assert {row["region"] for row in left["allocations"]} == {"dram", "l1"}
    assert left["count"] == RESULTS + 1


def test_a_cache_that_never_died_is_said_to_be_indistinguishable(runner: Runner) -> None:
    report = ended(runner, "closed_and_gone_without_a_word").report
    found = finding(report, "buffer-outlives-device")

    assert found["count"] == BUFFERS_OF_CACHE
    assert "cached programs" in found["cause"]
