"""Each supported release of ttnn: what it allocates is counted, and counted as its allocator does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from native_programs import compiled
from running import RELEASES, REPOSITORY, Json, Runner, codes, ttnn_python

EXAMPLE = REPOSITORY / "examples" / "mesh_circular_buffers.py"
BUFFERS = 5

# Of the example's two programs, an add and a softmax: circular buffers and dataflow buffers.
EXPECTED = {
    **{release: (11, 0) for release in ("0.66.0", "0.67.4", "0.68.0", "0.73.1", "0.75.0")},
    "0.70.1": (12, 0),
    **{release: (3, 8) for release in ("0.77.0", "0.78.0", "0.80.0", "0.81.1")},
}
NEVER_REPORTED_FREED = ("0.66.0", "0.67.4", "0.68.0")


@pytest.fixture(scope="module", params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def runner(plimsoll: Path, release: str, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(plimsoll, ttnn_python(release), tmp_path_factory.mktemp("ttnn-" + release))


def assert_counted_as_the_allocator_does(report: Json) -> None:
    [process] = report["processes"]
    assert process["health"]["verified"] > 0
    assert process["health"]["verified_differing"] == 0
    assert report["totals"]["active_allocations"] == 0
    assert not [f["code"] for f in report["findings"] if f["severity"] == "error"]


def allocated(report: Json, kind: str) -> int:
    return report["by_kind"].get(kind, {"allocations": 0})["allocations"]


@pytest.mark.parametrize(("machine", "mesh"), [("n150", "1x1"), ("t3k", "2x4")])
def test_every_allocation_of_two_programs(
    runner: Runner, release: str, machine: str, mesh: str
) -> None:
    command = [str(runner.python), str(EXAMPLE), "--mesh", mesh]
    ended = runner.run(command, "--verify", machine=machine)
    report = ended.report
    circular, dataflow = EXPECTED[release]

    assert ended.code == 0, ended.stderr
    assert_counted_as_the_allocator_does(report)
    assert report["runtime"]["package"] == f"ttnn {release}"
    assert allocated(report, "buffer") == BUFFERS
    assert allocated(report, "circular_buffer") == circular
    assert allocated(report, "dataflow_buffer") == dataflow
    forgot = release in NEVER_REPORTED_FREED
    assert report["by_kind"]["circular_buffer"]["reported_frees"] == (0 if forgot else circular)
    assert report["totals"]["reported_active_allocations"] == (circular if forgot else 0)
    assert ("runtime-forgot-circular-buffers" in codes(report)) == forgot


@pytest.fixture(scope="module")
def reader_of_layouts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("native")
    layout = REPOSITORY / "agents" / "ttmetal" / "buffer_layout.cpp"
    return compiled(folder, "buffer_layout.cpp", layout, "-std=c++20", f"-I{REPOSITORY}")


def test_buffers_are_read_in_place(runner: Runner, reader_of_layouts: Path) -> None:
    """Else the runtime's functions are asked, which is as right but slower."""
    [library] = runner.python.parent.parent.glob("lib/*/site-packages/ttnn/build/lib/libtt_metal.so")
    said = subprocess.run(
        [reader_of_layouts, library], capture_output=True, text=True, timeout=60, check=False
    )
    assert (said.returncode, said.stdout) == (0, "known\n"), said.stderr


def test_fifty_different_ops(runner: Runner) -> None:
    ended = runner.run(runner.program("op_list.py", 1, 1), "--verify")
    ops = ended.all_json()

    assert ended.code == 0, ended.stderr
    assert len(ops) > 50
    assert not [op for op in ops if op["error"]]
    assert_counted_as_the_allocator_does(ended.report)


def test_what_is_seen_of_each_kind_is_said(runner: Runner, release: str) -> None:
    report = runner.run([str(runner.python), str(EXAMPLE), "--mesh", "1x1"]).report
    state = {each["what"]: each["state"] for each in report["runtime"]["coverage"]}

    assert {state[k] for k in ("buffer", "circular_buffer", "dataflow_buffer")} == {"exact"}
    unseen = release in NEVER_REPORTED_FREED
    assert state["global_circular_buffer"] == ("unknown" if unseen else "at_least")
