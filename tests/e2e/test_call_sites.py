"""Which line and which op made each allocation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import PROGRAMS, Ended, Json, Runner, finding, ttnn_python

PLANTED = PROGRAMS / "planted.py"
TILE_BYTES = 2048
# Of code that the program makes itself, that many lines down in a file of the same name.
MADE = {95: 1001, 96: 1002}


def lines_planted() -> dict[int, int]:
    places = {}
    for number, line in enumerate(PLANTED.read_text().splitlines(), start=1):
        for found in re.findall(r"S\[(\d+)\]", line):
            places[int(found)] = MADE.get(int(found), number)
    return places


@pytest.fixture(scope="module", params=["3.10", "3.12"])
def of_python(
    request: pytest.FixtureRequest,
    plimsoll: Path,
    release: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Runner:
    python = ttnn_python(release, request.param)
    return Runner(plimsoll, python, tmp_path_factory.mktemp("call-sites"))


def buffers_held(ended: Ended) -> list[Json]:
    left = finding(ended.report, "process-died-holding")
    return [row for row in left["allocations"] if row["kind"] == "buffer"]


def test_a_hundred_lines(of_python: Runner) -> None:
    planted = lines_planted()
    assert sorted(planted) == list(range(100))
    assert len(set(planted.values())) == 100
    ended = of_python.run(of_python.program("planted.py"))
    rows = buffers_held(ended)

    found = {}
    for row in rows:
        file, line = re.fullmatch(r"(.*):(\d+) in .*", row["call_sites"][0]).groups()
        assert file == str(PLANTED)
        found[row["bytes"] // TILE_BYTES - 1] = int(line)
    assert ended.code == 137
    assert len(rows) == 100
    assert found == planted
    assert {row["op"] for row in rows} == {"ttnn.zeros"}


def test_the_op_that_was_called(of_python: Runner) -> None:
    ended = of_python.run(of_python.program("called_ops.py"))
    [told] = [line for line in ended.output[0] if line.startswith("expected ")]
    rows = buffers_held(ended)

    assert [str(row["op"]) for row in rows] == told.split()[1:]
    coverage = {each["what"]: each["state"] for each in ended.report["runtime"]["coverage"]}
    assert (coverage["call_site"], coverage["op"]) == ("exact", "at_least")


def test_everything_that_a_program_holds_names_its_line(runner: Runner) -> None:
    """Tensors in every region, a semaphore, the memory of programs."""
    ended = runner.run(runner.program("stop_after_step.py", 8, 1, 1))
    rows = finding(ended.report, "process-died-holding")["allocations"]
    files = {str(PROGRAMS / name) for name in ("stop_after_step.py", "tensors.py")}

    assert {row["kind"] for row in rows} >= {"buffer", "semaphore"}
    assert len({row["kind"] for row in rows}) == 3  # circular buffers, or dataflow buffers
    for row in rows:
        assert row["call_sites"][0].split(":")[0] in files
        assert row["op"] is not None or row["kind"] == "semaphore"
        if row["program"] is not None:
            assert row["program"]["op"] == row["op"] == "ttnn.add"


def test_call_sites_turned_off_are_said_to_be_unknown(runner: Runner) -> None:
    ended = runner.run(runner.program("called_ops.py"), "--call-sites", "off")
    coverage = {each["what"]: each["state"] for each in ended.report["runtime"]["coverage"]}

    assert (coverage["call_site"], coverage["op"]) == ("unknown", "unknown")
    assert {(row["call_site"], row["op"]) for row in buffers_held(ended)} == {(None, None)}
