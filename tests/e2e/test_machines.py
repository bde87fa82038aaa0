"""Each mock machine: what `plimsoll machines` says of it is what the runtime has, chip by chip."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from running import Json, Runner, finding, machines, occupied_by_region

# What the runtime keeps for itself of each channel: at most this much, in any release.
OWN_DRAM = 2**20 + 128


@pytest.fixture(scope="module", params=machines(), ids=lambda machine: machine["name"])
def machine(request: pytest.FixtureRequest) -> Json:
    return request.param


@pytest.fixture(scope="module")
def died_holding(runner: Runner, machine: Json) -> tuple[Json, Json]:
    """What the program told of the runtime before it died, and the report."""
    command = runner.program("on_all_chips.py", *machine["mesh"])
    ended = runner.run(command, "--verify", machine=machine["name"])
    assert ended.code == 137, ended.stderr
    return ended.last_json(), ended.report


def test_the_figures_are_those_of_the_runtime(
    died_holding: tuple[Json, Json], machine: Json
) -> None:
    told, report = died_holding

    for figure in ("arch", "chips", "grid", "dram_channels", "l1_bytes_per_core"):
        assert told[figure] == machine[figure], figure
    assert 0 <= machine["bytes_per_dram_channel"] - told["bytes_per_dram_channel"] <= OWN_DRAM
    assert sorted(d["device"] for d in report["devices"]) == sorted(told["devices"])
    dram = told["dram_channels"] * told["bytes_per_dram_channel"]
    assert {d["capacity"]["dram"] for d in report["devices"]} == {dram}


def test_every_byte_is_on_its_own_chips(died_holding: tuple[Json, Json]) -> None:
    told, report = died_holding
    left = finding(report, "process-died-holding")

    def held_on(devices: list[int]) -> dict[str, int]:
        on = [row for row in left["allocations"] if row["devices"] == sorted(devices)]
        return occupied_by_region({"allocations": on, "allocations_count": len(on)})

    assert report["processes"][0]["health"]["verified"] > 0
    assert report["processes"][0]["health"]["verified_differing"] == 0
    assert left["allocations_count"] == len(left["allocations"])
    assert {len(row["devices"]) for row in left["allocations"]} == set(told["meshes"])
    assert held_on(told["devices"]) == told["allocated"]
    if "half" in told:
        assert held_on(told["half"]) == told["allocated_on_half"]


def test_the_table_lists_every_machine(plimsoll: Path) -> None:
    printed = subprocess.run(
        [plimsoll, "machines"], capture_output=True, text=True, check=True, timeout=60
    )
    _, *rows = printed.stdout.split("\n\n")[0].splitlines()
    assert [row.split()[0] for row in rows] == [machine["name"] for machine in machines()]
