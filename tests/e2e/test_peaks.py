"""Each peak is the most that the runtime's own allocator ever gave, and is told by who held it."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from running import REPOSITORY, Ended, Json, Runner

# In the order of the runtime's BufferType; `system` is the host's memory.
REGIONS = ("dram", "l1", "system", "l1_small", "trace")

PROGRAMS: dict[str, tuple[str, list[Any]]] = {
    "ops": ("n150", ["op_list.py", 1, 1]),
    "mesh": ("t3k", ["mesh_ops.py", 2, 4]),
    "threads": ("n150", ["four_threads.py"]),
    "planted": ("n150", ["planted.py"]),
    "growing": ("n150", ["iterates.py", "every_iteration", 12]),
    "refused": ("n150", ["refusals.py", "filled_l1"]),
}


def run_with_witness(runner: Runner, machine: str, command: list[str], file: Path) -> Ended:
    witness = runner.plimsoll.parent.parent / "lib" / "liballocator-peaks.so"
    assert witness.exists(), f"{witness} is not there: build it"
    return runner.run(
        command, machine=machine, LD_PRELOAD=str(witness), ALLOCATOR_PEAKS=str(file)
    )


def highest(file: Path) -> dict[str, int]:
    """By region, on one chip, as the allocator said after each allocation."""
    written = file.read_bytes()
    figures = struct.unpack(f"={len(written) // 8}Q", written)
    return {region: figure for region, figure in zip(REGIONS, figures) if figure > 0}


def peaks(report: Json) -> dict[str, int]:
    """By region, of the chip that held most; in L1 without what shares its space."""
    regions: dict[str, int] = {}
    for device in report["devices"]:
        of_device = {**device["peak"], "l1": device["l1_buffers"]["peak"]}
        for region, peak in of_device.items():
            regions[region] = max(regions.get(region, 0), peak)
    return {region: peak for region, peak in regions.items() if peak > 0}


def check_composition(report: Json) -> None:
    """What a peak is made of adds up to it, on every device."""
    for device in report["devices"]:
        for region, shares in device["at_peak"].items():
            overlap = device["overlap_at_peak"].get(region, 0)
            assert sum(s["bytes"] for s in shares) == device["peak"][region] + overlap
        per_core = device["l1_per_core"]
        assert sum(s["bytes"] for s in per_core["at_peak"]) == (
            per_core["peak"] + per_core["overlap_at_peak"]
        )
        told = [r for r, peak in device["peak"].items() if peak and not device["at_peak"].get(r)]
        assert not told, f"nothing is said of the peaks of {told}"


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_peak_is_what_the_allocator_had_at_most(
    runner: Runner, name: str, tmp_path: Path
) -> None:
    machine, arguments = PROGRAMS[name]
    file = tmp_path / "peaks"
    ended = run_with_witness(runner, machine, runner.program(*arguments), file)
    truth = highest(file)

    assert truth
    assert peaks(ended.report) == truth
    assert ended.report["totals"]["events"]["lost"] == 0
    check_composition(ended.report)


def test_the_example_of_the_readme_too(runner: Runner, tmp_path: Path) -> None:
    file = tmp_path / "peaks"
    example = str(REPOSITORY / "examples" / "mesh_circular_buffers.py")
    ended = run_with_witness(runner, "t3k", [str(runner.python), example], file)

    assert peaks(ended.report) == highest(file)
    check_composition(ended.report)


def test_who_held_it_and_where_it_was_made(runner: Runner) -> None:
    report = runner.run(runner.program("windows.py")).report
    shares = report["devices"][0]["at_peak"]["dram"]

    assert [share["count"] for share in shares] == [20, 1]
    assert {share["owner"] for share in shares} == {"user"}
    assert {share["op"] for share in shares} == {"ttnn.allocate_tensor_on_device"}
    assert all("tensors.py" in share["call_site"] for share in shares)


def test_windows_are_told_by_name(runner: Runner) -> None:
    ended = runner.run(runner.program("windows.py"))
    said = ended.last_json()
    windows = {window["name"]: window for window in ended.report["windows"]}
    [device] = ended.report["devices"]
    one = device["peak"]["dram"] // said["all"]

    assert (said["unheard"], said["heard"]) == (False, True)
    assert set(windows) == {"prefill", "decode"}
    assert (windows["prefill"]["times"], windows["decode"]["times"]) == (1, 4)
    for name, window in windows.items():
        [held] = window["devices"]
        assert held["peak"]["dram"] == said[name] * one, name
        assert held["coverage"] == "exact"
        assert sum(share["count"] for share in held["at_peak"]["dram"]) == said[name]


def test_windows_in_the_text(runner: Runner) -> None:
    text = runner.raw(runner.program("windows.py")).stderr
    rows = [line.split() for line in text.splitlines() if "DRAM" in line]

    assert ["prefill", "DRAM"] in [row[:2] for row in rows]
    assert ["decode", "(4", "times)", "DRAM"] in [row[:4] for row in rows]


def test_without_an_agent_the_module_does_nothing(runner: Runner) -> None:
    ended = runner.raw(runner.program("windows.py"), "--no-agent")

    assert ended.code == 0, ended.stderr
    assert ended.last_json()["heard"] is False
