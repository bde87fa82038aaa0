"""A watched program does what it does unwatched, and leaves nothing behind in the system."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Ended, Runner, codes

SHARED_MEMORY = Path("/dev/shm")
# The absolute address of a frame differs in every run, and so does the process id that stands before
# each line of what the runtime's MPI says about a crash. All else is compared: every frame of every
# backtrace, by its function's name or by its place in its library.
ADDRESS = re.compile(r"\[0x[0-9a-f]+\]")
PROCESS = re.compile(r"^\[([^]]*):\d+\]")
PROGRAMS = {
    "refused": ("refused.py", "whole"),
    "kept": ("kept_in_list.py",),
    "ops": ("mesh_ops.py", 1, 1),
    "exception": ("ends.py", "by_exception"),
    "error": ("ends.py", "by_an_error_of_the_runtime"),
    "crash": ("ends.py", "by_the_runtime_crashing"),
}


def comparable(ended: Ended) -> tuple[list[str], list[str]]:
    out, err = ended.output
    return plain(out), plain(err)


def plain(lines: list[str]) -> list[str]:
    return [ADDRESS.sub("[address]", PROCESS.sub(r"[\1]", line)) for line in lines]


def test_a_mesh_program_writes_the_same_as_alone(runner: Runner) -> None:
    program = runner.program("mesh_ops.py", 2, 4)

    watched = runner.run(program, machine="t3k")
    assert comparable(watched) == comparable(runner.run(program, "--no-agent", machine="t3k"))


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_output_and_exit_code_are_those_of_the_program_alone(
    runner: Runner, program: tuple[object, ...]
) -> None:
    watched = runner.run(runner.program(*program))
    alone = runner.run(runner.program(*program), "--no-agent")

    assert watched.report["runtime"]["attached"] is True
    assert alone.report_text == ""
    assert watched.code == alone.code
    assert comparable(watched) == comparable(alone)


def test_every_refusal_of_the_runtime_tells_its_whole_stack(runner: Runner) -> None:
    """The comparison above compares backtraces only if there are any."""
    out, _ = comparable(runner.run(runner.program("refused.py", "whole")))

    assert sum(line.startswith("refused: ") for line in out) == 7
    assert out.count("backtrace:") == 7
    assert sum(line.startswith(" --- ") for line in out) > 7 * 20
    assert [line for line in out if "libplimsoll" in line] == []


def test_a_log_in_colours_is_told_from_what_the_program_writes(runner: Runner) -> None:
    coloured = runner.run(runner.program("mesh_ops.py", 1, 1), "--no-agent", CI="true")
    out, _ = coloured.output

    assert "\x1b[" in coloured.stdout
    assert "done" in out
    assert [line for line in out if "\x1b[" in line or " | info " in line] == []


def listing(folder: Path) -> set[tuple[str, int]]:
    """Names and times of all files; of installations, all but compiled Python."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {(str(path), path.stat().st_mtime_ns) for path in files}


def test_nothing_is_written_beside_the_program_or_left_in_shared_memory(runner: Runner) -> None:
    installation = runner.python.parent.parent / "lib"
    temporary = runner.folder / "temporary"
    temporary.mkdir(exist_ok=True)
    before = listing(installation), set(os.listdir(SHARED_MEMORY))
    ended = runner.run(runner.program("mesh_ops.py", 2, 4), machine="t3k", TMPDIR=str(temporary))

    assert ended.code == 0
    assert (listing(installation), set(os.listdir(SHARED_MEMORY))) == before
    assert os.listdir(runner.working_folder) == []
    # The runtime's own MPI leaves a folder there, with us or without.
    assert [name for name in os.listdir(temporary) if not name.startswith("ompi.")] == []


@pytest.fixture
def shared_memory_put_back() -> Iterator[None]:
    before = set(os.listdir(SHARED_MEMORY))
    yield
    for name in set(os.listdir(SHARED_MEMORY)) - before:
        if name.startswith("tt_device_"):
            (SHARED_MEMORY / name).unlink()


@pytest.mark.usefixtures("shared_memory_put_back")
def test_a_caller_who_wants_the_runtimes_own_tracker_keeps_it(
    runner: Runner, forgetful: bool
) -> None:
    ended = runner.run(runner.program("kept_in_list.py"), TT_METAL_SHM_TRACKING_DISABLED="0")
    there = [name for name in os.listdir(SHARED_MEMORY) if name.startswith("tt_device_")]

    assert codes(ended.report) >= {"buffer-outlives-device"}
    assert bool(there) is not forgetful  # it came with 0.70


def test_an_agent_loaded_before_ttnn_sees_what_a_preloaded_one_sees(runner: Runner) -> None:
    [_, *words] = runner.program("kept_in_list.py")
    loaded = runner.program("loads_the_agent.py", runner.agent, *words)
    by_loading = runner.run(["env", "-u", "LD_PRELOAD", *loaded])
    preloaded = runner.run(runner.program("kept_in_list.py"))

    assert by_loading.code == 0
    assert by_loading.report["totals"] == preloaded.report["totals"]
    assert by_loading.report["by_kind"] == preloaded.report["by_kind"]
    assert codes(by_loading.report) == codes(preloaded.report)
