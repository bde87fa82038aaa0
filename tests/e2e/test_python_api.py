"""What a program asks of itself is what the runtime's own allocator says, byte for byte."""

from __future__ import annotations

import pytest
from running import Json, Runner


@pytest.fixture(scope="module")
def told(runner: Runner) -> Json:
    ended = runner.run(runner.program("asks_itself.py"), "--verify")
    assert ended.code == 0, ended.stderr
    return ended.last_json()


def test_what_is_allocated_is_what_the_allocator_says(told: Json) -> None:
    assert len(told["steps"]) == 60
    for step in [*told["steps"], told["convolved"]]:
        assert step["plimsoll"] == step["allocator"]
    assert told["levels"] == told["steps"][-1]["allocator"]


def test_peaks_are_the_most_that_was_also_after_a_reset(told: Json) -> None:
    for step in told["steps"]:
        assert step["peak"] == step["highest"]


def test_live_allocations_are_all_listed_with_op_and_line(told: Json) -> None:
    assert told["listed"] == told["held"]
    assert told["live"]["bytes"] == 32768
    assert told["live"]["op"] == "ttnn.allocate_tensor_on_device"
    assert "asks_itself.py:" in told["live"]["line"]
    assert told["report"] > told["held"]
    assert told["capacity"] > 1 << 30


def test_what_outlived_its_device_is_a_leak(told: Json) -> None:
    assert "buffer-outlives-device" in told["leaks"]


def test_who_asks_too_early_or_wrongly_is_told_so(told: Json) -> None:
    assert "has opened no device yet" in told["unattached"]
    assert "  to do: " in told["unattached"]
    assert told["wrong_device"] == "device 7 was not opened; those that were: 0"
    assert told["wrong_region"].startswith("no region 'sram'; expected one of: dram, l1, ")
