"""Of the circular buffers of programs those are resident whose program ran last on their cores."""

from __future__ import annotations

from typing import Any

import pytest
from running import Json, Runner

IN_L1_OF_PROGRAMS = ("circular_buffer", "dataflow_buffer")
Core = tuple[int, int]


class Step:
    """What `plimsoll show` saw after one step of runs.py."""

    def __init__(self, shown: Json) -> None:
        self.devices = shown["process"]["devices"]
        self.rows = [r for r in shown["allocations"] if r["kind"] in IN_L1_OF_PROGRAMS]
        self.programs = {row["program"]["id"] for row in self.rows}

    def levels(self, which: str) -> set[int]:
        """Of all devices, which are alike."""
        return {device["circular_buffers"][which]["live"] for device in self.devices}

    def per_core(self, figure: str) -> set[int]:
        return {device["l1_per_core"][figure] for device in self.devices}

    def registered(self) -> int:
        return sum(row["occupied_bytes"] for row in self.rows)

    def on_cores(self, programs: set[int]) -> dict[Core, int]:
        """Bytes that these programs' buffers cover on each core, worked out byte by byte."""
        covered: dict[Core, set[int]] = {}
        for row in self.rows:
            if row["program"]["id"] not in programs:
                continue
            place = set(range(row["address"], row["address"] + row["bytes_per_bank"], 32))
            for x0, y0, x1, y1 in row["cores"]:
                for core in [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]:
                    covered.setdefault(core, set()).update(place)
        return {core: 32 * len(places) for core, places in covered.items()}


def steps_of(runner: Runner, machine: str, rows: int, columns: int) -> dict[str, Step]:
    ended = runner.run(
        runner.program("runs.py", runner.plimsoll, rows, columns), machine=machine
    )
    assert ended.code == 0, ended.stderr
    return {line["step"]: Step(line["shown"]) for line in ended.all_json()}


@pytest.fixture(scope="module", params=[("n150", 1, 1), ("t3k", 2, 4)], ids=["n150", "t3k"])
def steps(runner: Runner, request: pytest.FixtureRequest) -> dict[str, Step]:
    return steps_of(runner, *request.param)


def resident(step: Step, *programs_in_order: set[int]) -> dict[Core, int]:
    cores: dict[Core, int] = {}
    for programs in programs_in_order:
        cores.update(step.on_cores(programs))
    return cores


def assert_resident(step: Step, *programs_in_order: set[int]) -> None:
    cores = resident(step, *programs_in_order)
    assert step.levels("resident") == {sum(cores.values())}
    assert step.per_core("live") == {max(cores.values(), default=0)}


def test_nothing_is_resident_before_a_program_has_run(steps: dict[str, Step]) -> None:
    assert steps["opened"].levels("resident") == {0}
    assert steps["opened"].levels("registered") == {0}


def test_each_core_holds_the_program_that_ran_there_last(steps: dict[str, Step]) -> None:
    add = steps["add"].programs
    softmax = steps["softmax"].programs - add

    assert add and softmax
    assert_resident(steps["add"], add)
    assert_resident(steps["softmax"], add, softmax)
    assert_resident(steps["add again"], softmax, add)
    assert_resident(steps["softmax again"], add, softmax)
    assert steps["softmax again"].programs == add | softmax


def test_what_is_registered_is_the_sum_of_all_programs(steps: dict[str, Step]) -> None:
    for step in steps.values():
        assert step.levels("registered") == {step.registered()}


def test_a_program_that_was_refused_is_registered_and_never_resident(
    steps: dict[str, Step],
) -> None:
    filled, refused = steps["filled"], steps["refused"]

    assert refused.levels("resident") == filled.levels("resident")
    assert refused.per_core("peak") == filled.per_core("peak")
    assert_resident(steps["emptied"], steps["add"].programs, steps["softmax"].programs)


def test_nothing_is_left_of_a_cleared_program_cache(steps: dict[str, Step]) -> None:
    assert steps["cleared"].levels("registered") == {0}
    assert steps["cleared"].levels("resident") == {0}
    assert steps["cleared"].per_core("live") == {0}


def test_an_op_takes_as_much_of_a_core_on_one_chip_as_on_a_mesh(
    runner: Runner, steps: dict[str, Step]
) -> None:
    alone = steps_of(runner, "n150", 1, 1)

    for op in ("add", "softmax"):
        assert steps[op].per_core("live") == alone[op].per_core("live")


def test_a_refused_program_has_no_part_in_the_peak(runner: Runner) -> None:
    """The tensors alone fill L1 up to where the refused program would have begun."""
    report: dict[str, Any] = runner.run(runner.program("refused.py")).report
    [device] = report["devices"]

    assert device["circular_buffers"]["registered"]["peak"] > 0
    assert device["circular_buffers"]["resident"]["peak"] == 0
    assert [part["kind"] for part in device["l1_per_core"]["at_peak"]] == ["buffer"]


def test_the_fullest_core_is_made_of_one_programs_buffers(runner: Runner, forgetful: bool) -> None:
    report = runner.run(runner.program("mesh_ops.py", 1, 1)).report
    kind = "circular_buffer" if forgetful else "dataflow_buffer"

    per_core = report["devices"][0]["l1_per_core"]
    [share] = per_core["at_peak"]
    assert (share["kind"], share["count"], share["program"]) == (kind, 8, "softmax")
    assert share["bytes"] == per_core["peak"]


def test_that_runs_are_known_is_said(runner: Runner) -> None:
    report = runner.run(runner.program("mesh_ops.py", 1, 1)).report
    [runs] = [c for c in report["runtime"]["coverage"] if c["what"] == "run"]

    assert runs == {"what": "run", "state": "exact", "why": ""}
