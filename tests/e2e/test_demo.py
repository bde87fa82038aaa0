"""`plimsoll demo` needs nothing but the program itself."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from running import Json, codes

OWN_FAILURE = 125


def demo(plimsoll: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """With an empty environment, as `env -i` gives it."""
    return subprocess.run(
        [plimsoll, "demo", *options], env={}, capture_output=True, text=True, timeout=60, check=False
    )


def printed_json(plimsoll: Path, *options: str) -> Json:
    shown = demo(plimsoll, *options, "--json")
    assert shown.returncode == 0, shown.stderr
    assert shown.stderr == ""
    return json.loads(shown.stdout)


def test_the_story_ends_with_nothing_active(plimsoll: Path) -> None:
    shown = demo(plimsoll)

    assert shown.returncode == 0, shown.stderr
    assert shown.stderr == ""
    lines = shown.stdout.splitlines()
    counts = [line.strip() for line in lines if "Active allocations:" in line]
    assert counts == [f"Active allocations: {n}" for n in (3, 0, 0, 0)]
    assert "     Device 0:" in lines
    assert max(len(line) for line in lines) <= 100


def test_it_is_the_same_each_time(plimsoll: Path) -> None:
    assert demo(plimsoll).stdout == demo(plimsoll).stdout


def test_the_story_in_json(plimsoll: Path) -> None:
    parts = {part["name"]: part["report"] for part in printed_json(plimsoll)["demo"]}

    assert codes(parts["watched"]) == codes(parts["many"]) == {"runtime-forgot-circular-buffers"}
    assert codes(parts["mended"]) == set()
    assert parts["watched"]["totals"]["reported_active_allocations"] == 3
    assert [part["totals"]["active_allocations"] for part in parts.values()] == [0, 0, 0]
    assert parts["watched"]["runtime"]["machine"] == "model:t3k"


def test_every_defect_that_is_listed_is_shown(plimsoll: Path) -> None:
    defects = printed_json(plimsoll, "--list")["defects"]

    assert defects[0]["name"] == "program-forgets-circular-buffers"
    for defect in defects:
        shown = demo(plimsoll, "--defect", defect["name"])
        assert shown.returncode == 0, shown.stderr
        assert shown.stdout.endswith("The same program without the defect gives no finding.\n")
        found = printed_json(plimsoll, "--defect", defect["name"])["demo"]
        assert codes(found[0]["report"]) == set(defect["findings"]), defect["name"]


@pytest.mark.parametrize("folder", ["XDG_RUNTIME_DIR", "TMPDIR"])
def test_nothing_is_left_behind(plimsoll: Path, tmp_path: Path, folder: str) -> None:
    crash = [plimsoll, "demo", "--defect", "capture-crashes"]
    subprocess.run(
        crash, env={folder: str(tmp_path)}, cwd=tmp_path, capture_output=True, timeout=60, check=True
    )

    assert list(tmp_path.iterdir()) == []


def test_an_unknown_defect_is_answered_with_the_nearest(plimsoll: Path) -> None:
    shown = demo(plimsoll, "--defect", "semaphore-per-shap")

    assert shown.returncode == OWN_FAILURE
    assert shown.stdout == ""
    assert "unknown defect 'semaphore-per-shap'" in shown.stderr
    assert "semaphore-per-shape?" in shown.stderr
