"""docs/known-bugs.md says where each bug is made again: that must be so."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from running import REPOSITORY, Json

PAGE = REPOSITORY / "docs" / "known-bugs.md"
IN_TICKS = re.compile(r"`([a-z0-9-]+)`")
NUMBER = re.compile(r"#\d+")


def rows(heading: str) -> list[list[str]]:
    section = PAGE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


@pytest.fixture(scope="module")
def defects(plimsoll: Path) -> dict[str, Json]:
    command = [plimsoll, "demo", "--list", "--json"]
    listed = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return {one["name"]: one for one in json.loads(listed.stdout)["defects"]}


def test_every_defect_of_the_model_has_its_row(defects: dict[str, Json]) -> None:
    shown = {}
    for known_from, _, again, says in rows("Made again"):
        for name in IN_TICKS.findall(again):
            assert name not in shown, name
            shown[name] = (known_from, says)
    assert shown.keys() == defects.keys()
    for name, (known_from, says) in shown.items():
        defect = defects[name]
        assert set(NUMBER.findall(known_from)) == set(NUMBER.findall(defect["upstream"])), name
        assert set(defect["findings"]) <= set(IN_TICKS.findall(says)), name
        assert defect["findings"] or not IN_TICKS.findall(says), name


def test_what_is_said_are_findings() -> None:
    known = set(re.findall(r"^## ([a-z-]+)$", (REPOSITORY / "docs/findings.md").read_text(), re.M))
    for *_, says in rows("Made again"):
        assert set(IN_TICKS.findall(says)) <= known, says


def test_every_test_that_is_named_is_there() -> None:
    listed = subprocess.check_output(["git", "ls-files"], cwd=REPOSITORY, text=True)
    files = {Path(file).name for file in listed.splitlines()}
    named = re.findall(r"\w+\.(?:py|cpp)", PAGE.read_text())
    assert len(named) > 40
    assert set(named) <= files


def test_each_bug_is_made_again_or_not() -> None:
    again, not_again = rows("Made again"), rows("Not made again")
    assert len(again) > 40
    assert all(len(row) == 4 and all(row) for row in again)
    assert all(len(row) == 3 and all(row) for row in not_again)
    assert not {row[1] for row in again} & {row[1] for row in not_again}
