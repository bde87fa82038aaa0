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


def variables(ended: Ended) -> dict[str, str]:
    return dict(line.split("=", 1) for line in ended.stdout.splitlines())


ADDED = {"LD_PRELOAD", "PLIMSOLL_SOCKET", "PLIMSOLL_CALL_SITES"}
ADDED_ON_MACHINES = {
    "PLIMSOLL_MACHINE",
    "OMPI_MCA_btl",
    "TT_METAL_CACHE",
    "TT_METAL_INSPECTOR",
    "TT_METAL_LOGS_PATH",
    "TT_METAL_MOCK_CLUSTER_DESC_PATH",
    "TT_METAL_RUNTIME_ROOT",
    "TT_METAL_SHM_TRACKING_DISABLED",
}
PRINTS_VARIABLES = "import os; [print(f'{k}={v!r}') for k, v in os.environ.items()]"


@pytest.mark.parametrize(
    ("machine", "options", "added"),
    [
        ("", (), ADDED),
        ("", ("--verify",), ADDED | {"PLIMSOLL_VERIFY"}),
        ("", ("--no-agent",), set()),
        ("n150", (), ADDED | ADDED_ON_MACHINES),
        ("n150", ("--no-agent",), ADDED_ON_MACHINES),
    ],
)
def test_the_program_gets_its_callers_variables_and_these(
    runner: Runner, machine: str, options: tuple[str, ...], added: set[str]
) -> None:
    prints = [str(runner.python), "-c", PRINTS_VARIABLES]
    own = {"PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "3"}
    alone = variables(runner.raw(prints, "--no-agent", machine="", **own))
    watched = variables(runner.raw(prints, *options, machine=machine, **own))

    assert {**watched, **alone} == watched
    assert watched.keys() - alone.keys() == added


def test_a_child_of_the_program_is_preloaded_too_and_says_nothing(runner: Runner) -> None:
    """It may open a device; one that does not leaves no trace."""
    child = "import os; print('child', 'libplimsoll' in os.environ.get('LD_PRELOAD', ''))"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    ended = runner.run([str(runner.python), "-c", program], "--quiet")

    assert (ended.code, ended.stdout, ended.stderr) == (0, "child True\n", "")
    assert ended.report["processes"] == []


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
    # The runtime's own MPI leaves a folder there, with us or without. Nothing but TMPDIR moves it,
    # which is the program's.
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
