"""`plimsoll doctor`: whether a run would see all, found out in the Python that would run the program."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from running import Json, Runner, ttnn_python


def doctor(runner: Runner, *arguments: object, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [runner.plimsoll, "doctor", *map(str, arguments)],
        env=runner.environment(environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def states(told: subprocess.CompletedProcess) -> dict[str, str]:
    return {check["what"]: check["state"] for check in json.loads(told.stdout)["checks"]}


def details(told: subprocess.CompletedProcess) -> dict[str, str]:
    return {check["what"]: check["detail"] for check in json.loads(told.stdout)["checks"]}


@pytest.mark.parametrize("machine", ["n150", "t3k"])
def test_a_mock_machine_is_ready(runner: Runner, release: str, machine: str) -> None:
    told = doctor(runner, "--machine", machine, "--json", "--", runner.python, "model.py")
    found: Json = json.loads(told.stdout)

    assert told.returncode == 0, told.stdout + told.stderr
    assert found["ready"]
    assert set(states(told).values()) == {"ok"}
    assert details(told)["ttnn"] == release
    assert not [c for c in found["capabilities"] if c["state"] == "lost"]
    assert {"buffer", "circular_buffer"} <= {
        c["what"] for c in found["coverage"] if c["state"] == "exact"
    }


def test_a_release_that_lacks_functions_says_what_that_costs(
    plimsoll: Path, tmp_path: Path
) -> None:
    """Older than what is supported. It cannot open a mock machine; the agent is in it all the same."""
    other = Runner(plimsoll, ttnn_python("0.65.1"), tmp_path)
    told = doctor(other, "--machine", "n150", "--json", "--", other.python, "model.py")

    assert told.returncode == 1
    assert {k for k, v in states(told).items() if v != "ok"} == {"seams", "machine"}
    assert "what outlives its device is not found" in details(told)["seams"]
    assert "cannot be opened" in details(told)["machine"]


def test_a_ready_machine_says_so_in_its_first_line(runner: Runner) -> None:
    told = doctor(runner, "--machine", "n150", "--", runner.python)
    assert told.stdout.startswith("plimsoll: ready: ")
    assert told.stderr == ""


def test_an_agent_that_is_turned_off(runner: Runner) -> None:
    told = doctor(runner, "--machine", "n150", "--json", "--", runner.python, PLIMSOLL_AGENT="off")
    assert told.returncode == 1
    assert {k for k, v in states(told).items() if v != "ok"} == {"agent"}


def test_without_a_device_it_is_not_ready(runner: Runner) -> None:
    told = doctor(runner, "--json", "--", runner.python, "model.py")
    assert told.returncode == 1
    assert states(told)["seams"] == "ok"
    assert states(told)["machine"] == "missing"


def test_a_python_without_ttnn(any_runner: Runner) -> None:
    told = doctor(any_runner, "--machine", "n150", "--json", "--", "/usr/bin/python3", "model.py")
    assert told.returncode == 1
    assert states(told)["ttnn"] == "missing"
    assert details(told)["machine"] == "not looked at"


def test_a_ttnn_that_cannot_be_imported(any_runner: Runner, tmp_path: Path) -> None:
    package = tmp_path / "ttnn"
    (package / "tt_metal").mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('no libmpi')\n")
    told = doctor(any_runner, "--json", "--", "/usr/bin/python3", PYTHONPATH=str(tmp_path))
    assert told.returncode == 1
    assert states(told)["ttnn"] == "missing"
    assert "no libmpi" in details(told)["ttnn"]


def test_a_command_that_changes_its_rights(runner: Runner, tmp_path: Path) -> None:
    launcher = tmp_path / "launcher"
    shutil.copy("/usr/bin/env", launcher)
    launcher.chmod(0o4755)
    told = doctor(runner, "--machine", "n150", "--json", "--", launcher, runner.python, "model.py")
    assert told.returncode == 1
    assert {k for k, v in states(told).items() if v != "ok"} == {"command"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--machine", "n999"), "unknown machine 'n999'"),
        (("--verify",), "unknown option '--verify'"),
    ],
)
def test_what_it_cannot_look_at(any_runner: Runner, arguments: tuple[str, ...], said: str) -> None:
    told = doctor(any_runner, *arguments)
    assert told.returncode == 125
    assert said in told.stderr
    assert "to do:" in told.stderr
