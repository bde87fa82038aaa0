"""`plimsoll explain`: a picture of memory that agrees with what the program itself says."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from running import Json, Runner, plimsoll_binary
from test_refusals import CLASH, OUT_OF_MEMORY, numbers

OWN_FAILURE = 125
SVG = "{http://www.w3.org/2000/svg}"


def explain(
    *arguments: object, text: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [plimsoll_binary(), "explain", *map(str, arguments)],
        input=text,
        env={"PATH": "", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def pictured(runner: Runner, case: str, code: str) -> tuple[Json, Json, str]:
    """What the program said of itself; the finding explained as JSON, and as text."""
    ended = runner.run(runner.program("pictured.py", case))
    as_json = explain(runner.report_file, code, "--json")
    as_text = explain(runner.report_file, code)
    assert (as_json.returncode, as_text.returncode) == (0, 0), as_json.stderr + as_text.stderr
    [found] = json.loads(as_json.stdout)["findings"]
    return ended.last_json(), found, as_text.stdout


def drawn(found: Json, lane: str = "buffers") -> list[int]:
    """Where each allocation begins, by the map."""
    [map_] = found["maps"]
    [spans] = [each["spans"] for each in map_["lanes"] if each["name"] == lane]
    return [
        span["address"] + i * span["bytes"] // span["count"]
        for span in spans
        for i in range(span["count"])
    ]


def test_every_buffer_of_a_fragmented_bank_is_where_the_program_has_it(runner: Runner) -> None:
    program, found, text = pictured(runner, "fragmented", "out-of-memory")
    said = numbers(program["error"], OUT_OF_MEMORY)
    [map_] = found["maps"]

    assert drawn(found) == program["addresses"]
    assert map_["bank"]["bytes"] == said["bank_bytes"]
    assert map_["largest_hole"]["bytes"] == said["largest_free"]
    assert map_["rest_is_free"]
    assert f"free: {said['free']} B in {map_['holes_count']} pieces" in text
    for address in program["addresses"]:
        assert f"   {address}   " in text


def test_a_clash_is_drawn_as_far_as_the_two_reach_into_each_other(runner: Runner) -> None:
    program, found, text = pictured(runner, "clash", "circular-buffer-clash")
    said = numbers(program["error"], CLASH)
    [map_] = found["maps"]

    assert drawn(found) == program["addresses"]
    assert map_["gap"]["overlap"]
    assert map_["gap"]["address"] == said["lowest_address"]
    assert map_["gap"]["end"] == said["region_end"]
    assert f"overlap: {said['region_end'] - said['lowest_address']} B" in text
    assert map_["lanes"][0]["of_program"]


def test_what_is_left_is_drawn_where_it_was(runner: Runner) -> None:
    program, found, text = pictured(runner, "leak", "buffer-outlives-device")

    assert drawn(found) == program["addresses"]
    assert "   user    3 buffers, " in text
    assert "in leak" in text


def test_the_picture_is_well_formed_and_says_where_each_block_is(
    runner: Runner, tmp_path: Path
) -> None:
    program, _, _ = pictured(runner, "fragmented", "out-of-memory")
    ended = explain(runner.report_file, "--svg", tmp_path / "map.svg", "out-of-memory")
    assert ended.returncode == 0, ended.stderr
    root = ET.parse(tmp_path / "map.svg").getroot()
    titles = [title.text for title in root.iter(SVG + "title")]

    for address in program["addresses"]:
        assert any(f": {address} .. " in title for title in titles)


def test_blocks_are_drawn_where_the_locale_has_them(runner: Runner) -> None:
    pictured(runner, "leak", "buffer-outlives-device")
    plain = explain(runner.report_file, "buffer-outlives-device", LANG="C").stdout
    blocks = explain(runner.report_file, "buffer-outlives-device", LANG="C.UTF-8").stdout

    assert plain.isascii()
    assert "│" in blocks


def on_a_terminal(file: Path, **environment: str) -> bytes:
    """What is printed there."""
    ours, theirs = pty.openpty()
    with open(theirs, "wb") as terminal, open(ours, "rb", buffering=0) as screen:
        command = [plimsoll_binary(), "explain", file]
        subprocess.run(command, stdout=terminal, env=environment, timeout=60, check=True)
        terminal.close()
        shown = b""
        while True:
            try:
                shown += os.read(screen.fileno(), 65536)
            except OSError:  # the other end is closed
                return shown


def test_colour_is_for_terminals_that_want_it(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text('{"schema": 1, "findings": [{"code": "left-at-exit", "severity": "error"}]}')

    assert b"\x1b[1;31merror" in on_a_terminal(report)
    assert b"\x1b" not in on_a_terminal(report, NO_COLOR="1")
    assert "\x1b" not in explain(report).stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("plimsoll: nothing is left\n", "is the report as text"),
        ('{"schema": 1, "findings": [', "is cut"),
        ("{}", "no report of Plimsoll"),
        ('{"schema": 7, "findings": []}', "schema 7"),
        ("[" * 100000, "is cut"),
    ],
    ids=["nothing", "text", "cut", "other", "schema", "deep"],
)
def test_what_is_no_report_is_told_with_what_would_be(text: str, words: str) -> None:
    ended = explain("-", text=text)

    assert ended.returncode == OWN_FAILURE
    assert ended.stdout == ""
    assert ended.stderr.startswith("plimsoll: '-' ")
    assert words in ended.stderr
    assert "expected: " in ended.stderr
    assert "to do: " in ended.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        ended = explain(path)

        assert ended.returncode == OWN_FAILURE
        assert f"'{path}' cannot be read" in ended.stderr


def test_a_report_without_findings_is_nothing_to_explain() -> None:
    ended = explain("-", text='{"schema": 1, "findings": []}')

    assert ended.returncode == 0
    assert "nothing to explain" in ended.stdout
