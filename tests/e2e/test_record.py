"""What `plimsoll record` keeps, and that it can be asked for any moment of it."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest
from conftest import FORGETFUL
from native_programs import compiled
from recorded import Recording, record
from running import REPOSITORY, Runner, plimsoll_binary, ttnn_python
from serving import PATIENCE_S
from speaking import serving

OWN_FAILURE = 125
STEPS = 20000  # of which the smallest ring holds few
KILLED = 137
MOST_ENDED = 1024  # of each sort, in the tables


def highest(levels: list[int]) -> int:
    return max(levels, default=0)


def assert_levels_are_the_ledgers(recording: Recording) -> None:
    """The ledger has the runtime's own figures: see test_allocator_truth.py."""
    for device in recording.report["devices"]:
        dram = recording.levels(device["device"], "dram")
        assert highest(dram) == device["peak"]["dram"]
        l1 = recording.levels(device["device"], "l1")
        assert highest(l1) == device["l1_buffers"]["peak"]
        ended = {"dram": (dram or [0])[-1], "l1": (l1 or [0])[-1]}
        assert ended == {"dram": device["live"]["dram"], "l1": device["l1_buffers"]["live"]}


@pytest.mark.parametrize(
    ("machine", "program"),
    [
        ("n150", ["decoder.py"]),
        ("n150", ["windows.py"]),
        ("n150", ["iterates.py", "every_iteration"]),
        ("t3k", ["mesh_ops.py", 2, 4]),
        ("t3k", ["meshes.py", "submeshes", "mab"]),
    ],
)
def test_what_was_held_at_each_moment_adds_up_to_the_peaks_of_the_ledger(
    runner: Runner, machine: str, program: list[object]
) -> None:
    recording = record(runner, runner.program(*map(str, program)), machine)
    assert_levels_are_the_ledgers(recording)
    totals, history = recording.report["totals"], recording.history
    assert history["is_exact"]
    assert history["missing"] == 0
    listed = [row for row in recording.rows() if not row.is_held]
    assert len(listed) == totals["frees"]
    assert len([row for row in listed if row.place["state"] == "freed"]) == history["freed"]
    assert len({row.id for row in recording.rows()}) == totals["allocations"]


def test_where_the_tables_list_not_all_endings_none_is_guessed(
    plimsoll: Path, tmp_path: Path
) -> None:
    """1100 circular buffers that the runtime forgot, of which 1024 are listed."""
    runner = Runner(plimsoll, ttnn_python(FORGETFUL), tmp_path)
    recording = record(runner, runner.program("mesh_ops.py", 2, 4, 100), "t3k")
    states = Counter(row.place["state"] for row in recording.rows())
    assert states["unreported"] == MOST_ENDED
    assert states["freed"] == 0
    assert states["over"] == recording.report["totals"]["frees"] - MOST_ENDED
    assert_levels_are_the_ledgers(recording)


def test_marks_and_windows_stand_among_the_allocations(runner: Runner) -> None:
    recording = record(runner, runner.program("windows.py"), "n150")
    history = recording.history
    assert [mark["name"] for mark in history["marks"]] == ["token"] * 3
    assert history["marks_count"] == 3
    windows = history["windows"]
    assert [one["name"] for one in windows] == ["prefill", *["decode"] * 4]
    assert history["windows_count"] == len(windows)
    prefill, inner, *later = windows
    assert prefill["id"] < inner["id"] < inner["over"] < prefill["over"] < later[0]["id"]
    born = [row for row in recording.rows() if prefill["id"] < row.id < prefill["over"]]
    user = [row for row in born if row.place["owner"] == "user"]
    assert len(user) == 8 + 2, "what it says that it made in this window"


def test_a_program_that_is_killed_has_left_its_recording(runner: Runner) -> None:
    file = runner.folder / "killed"
    command = runner.program("iterates.py", "killed", 5)
    ended = runner.raw(command, "--output", str(file), machine="n150", verb="record")
    assert ended.code == KILLED
    assert "process-died-holding" in ended.stderr, "the report is printed as ever"
    recording = Recording.read(file)
    held = [row for row in recording.rows() if row.is_held]
    assert len(held) == recording.report["processes"][0]["held_count"] > 0
    assert recording.history["freed"] > 0


def test_a_page_in_a_file_knows_each_moment_too(any_runner: Runner, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    command = [str(compiled(tmp_path, "marks.c", *linked())), "50", "free", "4"]
    any_runner.raw(command, "--report", str(page), "--report-format", "html", machine="")
    assert '"history":{"freed":200,' in page.read_text(), "fifty of each of four threads"
    json_report = any_runner.run(command, machine="").report
    assert "history" not in json_report


def linked() -> list[str]:
    library = plimsoll_binary().parent.parent / "lib"
    return [
        f"-I{REPOSITORY / 'include'}", f"-L{library}", "-lplimsoll", f"-Wl,-rpath,{library}",
    ]  # fmt: skip


def test_where_events_are_lost_it_says_so_and_lists_no_end_that_it_does_not_know(
    any_runner: Runner, program: Path
) -> None:
    """Twenty thousand steps into a ring of 64, while nobody reads for milliseconds."""
    file = any_runner.folder / "lossy"
    options = ("--output", str(file), "--quiet")
    work = f"printf 'work {STEPS}\\nclose\\n' | {program} 1 2"
    any_runner.raw(
        ["sh", "-c", work], *options, machine="", verb="record", PLIMSOLL_RING_CAPACITY="64"
    )
    recording = Recording.read(file)
    assert recording.report["totals"]["events"]["lost"] > 0, "the ring was read fast enough"
    assert not recording.history["is_exact"]
    assert recording.history["missing"] > 0
    for row in recording.rows():
        assert row.is_held or row.over > row.id
    for device in recording.report["devices"]:
        assert highest(recording.levels(device["device"], "dram")) <= device["peak"]["dram"]


@pytest.mark.parametrize("options", [(), ("--quiet",)])
def test_a_file_that_cannot_be_written_is_told_before_anything_runs(
    any_runner: Runner, options: tuple[str, ...]
) -> None:
    nowhere = ("--output", "/nowhere/recording", *options)
    ended = any_runner.raw(["touch", "it-ran"], *nowhere, machine="", verb="record")
    assert ended.code == OWN_FAILURE
    assert "'/nowhere/recording': No such file or directory" in ended.stderr
    assert "--output FILE" in ended.stderr
    assert not (any_runner.working_folder / "it-ran").exists()


def test_without_a_file_to_go_to_it_is_refused(any_runner: Runner) -> None:
    ended = any_runner.raw(["true"], machine="", verb="record")
    assert ended.code == OWN_FAILURE
    assert "--output is required" in ended.stderr


def test_a_full_disk_is_told_and_the_report_is_printed(any_runner: Runner) -> None:
    ended = any_runner.raw(["true"], "--output", "/dev/full", machine="", verb="record")
    assert ended.code == OWN_FAILURE
    assert "No space left on device" in ended.stderr
    assert ended.stderr.startswith("plimsoll: nothing attached")


def asked(*words: str) -> subprocess.CompletedProcess[str]:
    command = [plimsoll_binary(), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)


def test_a_recording_is_a_report_for_explain(runner: Runner) -> None:
    file = runner.folder / "recording"
    record(runner, runner.program("iterates.py", "killed", 5), "n150")
    explained = asked("explain", str(file))
    assert explained.returncode == 0
    assert "process-died-holding" in explained.stdout


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"recording": 2, "report": {"schema": 1, "findings": []}}', "is a recording of form 2"),
        ('{"recording": 1, "report": {"schema": 1, "fin', "is cut: its JSON has no end"),
        ('{"recording": 1}', "is JSON, but no report of Plimsoll"),
    ],
)
def test_what_is_no_recording_is_refused_by_name(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "recording"
    file.write_text(text)
    for verb in ("serve", "explain"):
        refused = asked(verb, str(file))
        assert refused.returncode == OWN_FAILURE
        assert f"'{file}' {problem}" in refused.stderr


def test_serve_hands_on_what_was_recorded(runner: Runner) -> None:
    recording = record(runner, runner.program("windows.py"), "n150")
    with serving(runner.plimsoll, runner.folder / "recording") as page:
        told = page.json("/api/report")
    assert told["report"] == recording.report
    assert told["more"] == recording.more
