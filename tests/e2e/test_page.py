"""The page that `plimsoll run --report-format html` writes: what is in the file. What a browser
makes of it is tested in web/."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from pathlib import Path

import pytest
from conftest import FORGETFUL
from native_programs import compiled
from running import REPOSITORY, Json, Runner, plimsoll_binary, ttnn_python

LARGEST = 2_000_000
MANY = 100_000


def documents(page: str) -> tuple[Json, Json]:
    """The report, and what the page has beside it."""
    found = re.findall(r'<script type="application/json" id="(\w+)">([^<]*)</script>', page)
    assert [name for name, _ in found] == ["report", "more"]
    return json.loads(found[0][1]), json.loads(found[1][1])


def page_of(runner: Runner, command: list[str], machine: str) -> str:
    page = runner.folder / "page.html"
    ended = runner.raw(command, "--report", str(page), "--report-format", "html", machine=machine)
    assert "the report could not" not in ended.stderr
    return page.read_text()


def test_the_page_of_the_mesh_has_the_verdict_and_all_eleven_buffers(
    plimsoll: Path, tmp_path: Path
) -> None:
    runner = Runner(plimsoll, ttnn_python(FORGETFUL), tmp_path)
    example = REPOSITORY / "examples" / "mesh_circular_buffers.py"
    page = page_of(runner, [str(runner.python), str(example)], "t3k")
    report, more = documents(page)

    assert len(page) < LARGEST
    assert more["verdict"] == (
        "nothing is left on 8 devices; the runtime forgot to report 11 circular buffers as freed"
    )
    assert report["schema"] == 1
    assert len(report["devices"]) == 8
    rows = more["allocations"]
    assert rows["count"] == rows["listed"] == report["totals"]["allocations"]
    states = [rows["places"][place]["state"] for place in accumulate(map(int, rows["place"].split(",")))]
    assert states.count("unreported") == 11
    assert states.count("freed") == more["history"]["freed"] == len(states) - 11
    [picture] = more["findings"][0]["maps"]
    assert sum(len(lane["spans"]) for lane in picture["lanes"]) == 11


def test_a_hundred_thousand_allocations_are_all_in_a_page_that_can_be_attached(
    any_runner: Runner, tmp_path: Path
) -> None:
    library = plimsoll_binary().parent.parent / "lib"
    options = ["-I", REPOSITORY / "include", "-L", library, "-lplimsoll"]
    program = compiled(tmp_path, "holds_many.c", *options, f"-Wl,-rpath,{library}")
    page = page_of(any_runner, [str(program), str(MANY)], "")
    _, more = documents(page)

    assert len(page) < LARGEST
    assert more["allocations"]["count"] == more["allocations"]["listed"] == MANY
    assert len(more["allocations"]["address"].split(",")) == MANY


@pytest.mark.parametrize("options", [(), ("--quiet",)])
def test_a_page_without_a_file_is_refused_before_anything_runs(
    any_runner: Runner, options: tuple[str, ...]
) -> None:
    ended = any_runner.raw(["touch", "it-ran"], "--report-format", "html", *options, machine="")

    assert ended.code == 125
    assert "--report FILE" in ended.stderr
    assert not (any_runner.working_folder / "it-ran").exists()


def test_where_the_file_cannot_be_written_the_report_is_text(any_runner: Runner) -> None:
    nowhere = ("--report", "/nowhere/page.html", "--report-format", "html")
    ended = any_runner.raw(["true"], *nowhere, machine="")

    assert ended.code == 0
    assert "cannot be written to '/nowhere/page.html'" in ended.stderr
    assert "plimsoll: nothing attached" in ended.stderr
    assert "<html" not in ended.stderr
