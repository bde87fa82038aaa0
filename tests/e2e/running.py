"""Runs a program on a real ttnn under `plimsoll run` and gives back what came of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent.parent
PROGRAMS = TESTS / "programs"
TIME_LIMIT_S = 120

# Those that Plimsoll is made for and tested with, oldest first.
RELEASES = (
    "0.66.0", "0.67.4", "0.68.0", "0.70.1", "0.73.1",
    "0.75.0", "0.77.0", "0.78.0", "0.80.0", "0.81.1",
)  # fmt: skip

Json = dict[str, Any]

# The kinds that the runtime's allocator knows.
ALLOCATED = ("buffer", "semaphore", "trace")

# CI=true is enough for the runtime to colour its log, also into a pipe.
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \| ")


def ttnn_python(release: str, python: str = "3.10", tool: str = "ttnn-venv") -> Path:
    """The interpreter of an environment with this release; its absence is a failure."""
    made = subprocess.run(
        [REPOSITORY / "tools" / tool, release, "--python", python],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return Path(made.stdout.strip()) / "bin" / "python"


def plimsoll_binary() -> Path:
    chosen = os.environ.get("PLIMSOLL_BIN")
    binary = Path(chosen) if chosen else REPOSITORY / "build" / "release" / "bin" / "plimsoll"
    assert binary.is_file(), f"{binary} is not there: build it, or set PLIMSOLL_BIN"
    return binary


def machines() -> list[Json]:
    """The mock machines there are, as `plimsoll machines --json` lists them."""
    command = [plimsoll_binary(), "machines", "--json"]
    listed = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(listed.stdout)["machines"]


def without_log(text: str) -> list[str]:
    """What the program itself wrote: the runtime's log lines carry times and thread timings. Of a
    record of several lines only the first one does; the others stay."""
    return [line for line in COLOUR.sub("", text).splitlines() if not LOG_LINE.match(line)]


def findings(report: Json, code: str) -> list[Json]:
    return [finding for finding in report["findings"] if finding["code"] == code]


def finding(report: Json, code: str) -> Json:
    [only] = findings(report, code)
    return only


def codes(report: Json) -> set[str]:
    return {finding["code"] for finding in report["findings"]}


def requested_by_region(found: Json) -> dict[str, int]:
    return _by_region(found, "bytes")


def occupied_by_region(found: Json) -> dict[str, int]:
    """Of what the allocator gives: circular buffers lie outside of it."""
    return _by_region(found, "occupied_bytes")


def _by_region(found: Json, measure: str) -> dict[str, int]:
    assert found["allocations_count"] == len(found["allocations"]), "not all rows are listed"
    sums: dict[str, int] = {}
    for row in found["allocations"]:
        if row["kind"] in ALLOCATED:
            sums[row["region"]] = sums.get(row["region"], 0) + row[measure]
    return sums


@dataclass(frozen=True)
class Ended:
    code: int
    stdout: str
    stderr: str
    report_text: str

    @property
    def report(self) -> Json:
        return json.loads(self.report_text)

    @property
    def output(self) -> tuple[list[str], list[str]]:
        return without_log(self.stdout), without_log(self.stderr)

    def last_json(self) -> Json:
        """The last line on stdout that the program wrote as JSON."""
        return self.all_json()[-1]

    def all_json(self) -> list[Json]:
        lines = without_log(self.stdout)
        return [json.loads(line) for line in lines if line.startswith("{")]


@dataclass(frozen=True)
class Runner:
    """`plimsoll run` in an empty folder of its own, with one release of ttnn."""

    plimsoll: Path
    python: Path
    folder: Path

    @property
    def report_file(self) -> Path:
        return self.folder / "report.json"

    @property
    def working_folder(self) -> Path:
        return self.folder / "cwd"

    @property
    def agent(self) -> Path:
        above = self.plimsoll.parent.parent
        beside = [above / "lib" / "plimsoll", above / "lib"]
        [found, *_] = [f for f in beside if (f / "libplimsoll-ttmetal.so").exists()]
        return found / "libplimsoll-ttmetal.so"

    def program(self, name: str, *arguments: object) -> list[str]:
        return [str(self.python), str(PROGRAMS / name), *map(str, arguments)]

    def environment(self, changes: dict[str, str]) -> dict[str, str]:
        own = {k: v for k, v in os.environ.items() if not k.startswith(("TT_METAL", "PLIMSOLL_"))}
        return {**own, "PYTHONDONTWRITEBYTECODE": "1", **changes}

    def arguments(
        self, command: list[str], options: tuple[str, ...], machine: str, verb: str = "run"
    ) -> list[str]:
        on = ["--machine", machine] if machine else []
        return [str(self.plimsoll), verb, *on, *options, "--", *command]

    def raw(
        self,
        command: list[str],
        *options: str,
        machine: str = "n150",
        verb: str = "run",
        **environment: str,
    ) -> Ended:
        """With these options and no others."""
        self.working_folder.mkdir(parents=True, exist_ok=True)
        self.report_file.unlink(missing_ok=True)
        done = subprocess.run(
            self.arguments(command, options, machine, verb),
            cwd=self.working_folder,
            env=self.environment(environment),
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT_S,
            check=False,
        )
        written = self.report_file.read_text() if self.report_file.exists() else ""
        return Ended(done.returncode, done.stdout, done.stderr, written)

    def run(
        self,
        command: list[str],
        *options: str,
        machine: str = "n150",
        **environment: str,
    ) -> Ended:
        """With its report as JSON in a file."""
        report = ("--report", str(self.report_file), "--report-format", "json")
        return self.raw(command, *report, *options, machine=machine, **environment)
