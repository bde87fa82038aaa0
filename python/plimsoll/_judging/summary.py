"""What the terminal says at the end, and the annotations that GitHub shows beside the lines."""

from __future__ import annotations

import os
from typing import Any

import pytest

from plimsoll._judging import verdict

MOST_CHARACTERS = 100


class Summary:
    """Lives where the reports of all workers arrive."""

    def __init__(self, *, annotations: bool) -> None:
        self._annotations = annotations
        self._outcomes: list[dict[str, Any]] = []

    def pytest_report_header(self) -> str:
        return "plimsoll: what each test leaves on the devices is judged"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._outcomes += getattr(report, "plimsoll", [])

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        lines = [
            *self._nothing(),
            *self._counted("device memory was left behind by", "left"),
            *self._counted("allowed was what is left by", "allowed"),
            *self._exceeded(),
            *self._kept(),
        ]
        if lines:
            terminalreporter.write_sep("=", "plimsoll")
            for line in lines:
                terminalreporter.write_line(line)
        if self._annotations:
            for line in self._annotated():
                terminalreporter.write_line(line)

    def _nothing(self) -> list[str]:
        if not self._outcomes or any(each["attached"] for each in self._outcomes):
            return []
        return ["no test opened a device that Plimsoll saw, so nothing was judged"]

    def _counted(self, what: str, field: str) -> list[str]:
        found = [each for each in self._outcomes if each[field]]
        if not found:
            return []
        lines = [f"{what} {len(found)}:"]
        for each in found:
            total = verdict.total(each[field])
            name = each["nodeid"] if each["who"] == "the test" else each["who"]
            lines.append(f"  {total} {verdict.where(each[field])}  {name}"[:MOST_CHARACTERS])
        return lines

    def _exceeded(self) -> list[str]:
        count = sum(bool(each["exceeded"]) for each in self._outcomes)
        return [f"{count} exceeded a limit"] if count else []

    def _kept(self) -> list[str]:
        rows = [row for each in self._outcomes for row in each["of_runtime"]]
        if not rows:
            return []
        return [f"kept by the runtime, as in its program cache (no failure): {verdict.total(rows)}"]

    def _annotated(self) -> list[str]:
        lines = []
        for each in self._outcomes:
            for row in each["left"]:
                who = each["nodeid"] if each["who"] == "the test" else each["who"]
                text = f"{who} left {verdict.total([row])}, made by {verdict.made_at(row)}"
                lines.append(_annotation(row, text))
        return lines


def _annotation(row: dict[str, Any], text: str) -> str:
    place = ""
    if row["file"]:
        folder = os.environ.get("GITHUB_WORKSPACE") or os.getcwd()
        file = os.path.relpath(row["file"], folder) if os.path.isabs(row["file"]) else row["file"]
        place = f" file={_escaped(file, ':,')}"
        if row["line"]:
            place += f",line={row['line']}"
        place += ",title=plimsoll"
    return f"::error{place}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
