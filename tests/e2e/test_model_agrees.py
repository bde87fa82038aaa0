"""The same random programs on the model and on the real runtime: the same addresses, sizes, events in
the same order, and the same words when something is refused. PLIMSOLL_PROOF=200: that many per release.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import REPOSITORY, Runner, ttnn_python, without_log

PROOF = REPOSITORY / "tests" / "proof"
sys.path.insert(0, str(PROOF))

from scenario import Generator  # noqa: E402

COUNT = int(os.environ.get("PLIMSOLL_PROOF", "8"))
RELEASES = ("0.66.0", "0.75.0", "0.80.0", "0.81.1")
MACHINES = {"n150": None, "p150": None, "t3k": (2, 4)}


def on_machine(seed: int) -> str:
    """Most on one chip: a mesh does the same on every one of its chips."""
    return ("n150", "n150", "p150", "n150", "t3k", "n150", "p150", "n150")[seed % 8]


@pytest.fixture(scope="module", params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def on_release(plimsoll: Path, release: str, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(plimsoll, ttnn_python(release), tmp_path_factory.mktemp("proof-" + release))


def story(plimsoll: Path, segment: Path) -> list[str]:
    told = subprocess.run(
        [plimsoll.parent / "story", segment], capture_output=True, text=True, check=True
    )
    return told.stdout.splitlines()


def results(output: str) -> list[str]:
    """Some releases write records of several lines into their log."""
    lines = without_log(output)
    return [line for line in lines if line.startswith(("tensor ", "op", "refused: "))]


def sort_runs_of(start: str, lines: list[str]) -> list[str]:
    """Lines that begin so are sorted where nothing else stands between them."""
    runs = itertools.groupby(lines, key=lambda line: line.startswith(start))
    return [line for begins, run in runs for line in (sorted(run) if begins else run)]


def comparable(lines: list[str], mesh: bool) -> list[str]:
    """In which order programs go, the hash table of the program cache knows; what is left when a
    device closes is told in the order of a table of Plimsoll's own; and the programs that a generic
    op has for each chip of a mesh are made by several threads."""
    for start in ("free circular_buffer", "suspend"):
        lines = sort_runs_of(start, lines)
    return sort_runs_of("allocate circular_buffer", lines) if mesh else lines


@pytest.mark.parametrize("seed", range(COUNT))
def test_scenario(on_release: Runner, release: str, seed: int, tmp_path: Path) -> None:
    machine = on_machine(seed)
    scenario = tmp_path / "scenario"
    scenario.write_text("\n".join(Generator(seed, MACHINES[machine]).scenario()) + "\n")
    real, modelled = tmp_path / "real", tmp_path / "modelled"
    python = str(on_release.python)
    ran = on_release.run(
        [python, str(PROOF / "on_runtime.py"), str(scenario), str(real)], machine=machine
    )
    assert ran.code == 0, ran.stderr
    model = subprocess.run(
        [on_release.plimsoll.parent / "on_model", release, machine, scenario, modelled],
        capture_output=True,
        text=True,
        check=True,
    )
    assert model.stdout.splitlines() == results(ran.stdout)
    told, expected = (
        comparable(story(on_release.plimsoll, segment), machine == "t3k")
        for segment in (modelled, real)
    )
    assert told == expected
