"""A library that is preloaded into everything: whatever it meets goes on as if it were not there,
and what can be seen is seen rightly."""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path

import pytest
from native_programs import compiled, library
from running import Ended, Json, Runner, finding


@pytest.fixture(scope="session")
def native(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("native")


def allocated(report: Json, kind: str = "buffer") -> int:
    return report["by_kind"].get(kind, {"allocations": 0})["allocations"]


def assert_clean(ended: Ended) -> None:
    report = ended.report
    assert ended.code == 0, ended.stderr
    assert ended.output[0][-1] == "done"
    assert not [f for f in report["findings"] if f["severity"] == "error"]
    assert report["totals"]["active_allocations"] == 0
    for process in report["processes"]:
        assert process["health"]["verified_differing"] == 0
        assert process["health"]["unmatched_frees"] == 0


# ---- commands that the agent does not reach


def test_a_static_program_runs_and_so_does_what_it_starts(runner: Runner, native: Path) -> None:
    hello = compiled(native, "says_hello.c", "-static", name="static")
    alone = runner.run([str(hello)], machine="")
    assert (alone.code, alone.stdout, alone.stderr) == (7, "hello\n", "")
    assert alone.report["runtime"]["attached"] is False

    started = runner.run(
        [str(hello), *runner.program("meshes.py", "again_and_again", 1)], "--verify"
    )
    assert_clean(started)
    assert started.stdout.startswith("hello\n")
    assert allocated(started.report) == 2


CAUGHT = "import ctypes, sys; print(ctypes.CDLL(sys.argv[1]).caught(1000))"


@pytest.mark.parametrize("library", [(), ("-static-libstdc++", "-static-libgcc")])
def test_exceptions_of_others_pass(
    any_runner: Runner, native: Path, library: tuple[str, ...]
) -> None:
    """Also where nobody but the library that throws has a C++ library, perhaps one of its own."""
    name = "static" if library else "shared"
    program = compiled(native, "throws.cpp", *library, name=f"throws-{name}")
    plugin = compiled(native, "throws.cpp", "-shared", "-fPIC", *library, name=f"lib{name}.so")

    for command in ([str(program)], [str(any_runner.python), "-c", CAUGHT, str(plugin)]):
        ended = any_runner.run(command, machine="")
        assert (ended.code, ended.stdout, ended.stderr) == (0, "1000\n", "")


def program_with_other_rights(native: Path) -> list[str]:
    """The loader drops every preload for it. Root may give a program another group, which is enough;
    whoever is not root has programs of root's."""
    if os.getuid() != 0:
        return ["mount", "--version"]
    hello = compiled(native, "says_hello.c", name="setgid")
    os.chown(hello, -1, 12)
    hello.chmod(0o2755)
    return [str(hello), "/usr/bin/env"]


def test_a_program_with_other_rights_runs_unwatched(any_runner: Runner, native: Path) -> None:
    ended = any_runner.run(program_with_other_rights(native), machine="")

    assert (ended.code, ended.stderr) == (0, "")
    assert "LD_PRELOAD=" not in ended.stdout
    assert ended.report["runtime"]["attached"] is False


def test_a_command_without_its_environment_runs_unwatched(runner: Runner) -> None:
    program = "import os; print('free of us', sorted(os.environ))"
    ended = runner.run(["env", "-i", "LC_ALL=C", str(runner.python), "-c", program])
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout == "free of us ['LC_ALL']\n"
    assert ended.report["runtime"]["attached"] is False


def test_children_that_never_load_the_runtime_leave_no_trace(runner: Runner) -> None:
    ended = runner.run(runner.program("unusual.py", "starts_many_children"), "--verify")
    assert_clean(ended)
    assert len(ended.report["processes"]) == 1


# ---- what a program does to the libraries it has


@pytest.mark.parametrize("ours_first", [True, False])
def test_another_preload_of_the_same_functions_keeps_its_place(
    runner: Runner, native: Path, ours_first: bool
) -> None:
    second = library(native, "second_preload.c")
    told = native / "told.json"
    told.unlink(missing_ok=True)
    program = runner.program("mesh_ops.py", 1, 1)
    environment = {"LD_PRELOAD": str(second), "SECOND_PRELOAD_SAYS": str(told)}
    if not ours_first:
        inner = f'LD_PRELOAD={second}:$LD_PRELOAD exec "$@"'
        program = ["sh", "-c", inner, "sh", *program]
        environment.pop("LD_PRELOAD")
    both = runner.run(program, "--verify", **environment)
    alone = runner.run(runner.program("mesh_ops.py", 1, 1), "--verify")

    assert_clean(both)
    assert both.report["by_kind"] == alone.report["by_kind"]
    saw = json.loads(told.read_text())
    buffers = both.report["by_kind"]["buffer"]
    assert saw["allocated"] == buffers["allocations"]
    assert saw["freed"] == buffers["reported_frees"]
    assert saw["destroyed"] > 0


def test_a_program_that_closes_all_descriptors(runner: Runner) -> None:
    ended = runner.run(runner.program("unusual.py", "closes_all_descriptors"), "--verify")
    assert_clean(ended)
    assert allocated(ended.report) == 4


def test_an_agent_that_is_closed_again_stays(runner: Runner) -> None:
    ended = runner.run(
        runner.program("unusual.py", "closes_the_agent", runner.agent), "--verify"
    )
    assert_clean(ended)
    assert allocated(ended.report) == 4


def test_a_program_that_executes_another_one(runner: Runner) -> None:
    """Each has an account of its own, and only the second was killed."""
    ended = runner.run(runner.program("unusual.py", "executes_itself"))
    first, second = ended.report["processes"]

    assert ended.code == 137
    assert first["pid"] == second["pid"]
    assert (first["state"], second["state"]) == ("exited", "killed")
    assert finding(ended.report, "left-at-exit")["allocations_count"] == 1
    assert finding(ended.report, "process-died-holding")["allocations_count"] == 5
    assert ended.report["totals"]["active_allocations"] == 0


# ---- programs in C++, threads of another language, exceptions


@pytest.fixture(scope="session", params=["opened", "linked"])
def host(request: pytest.FixtureRequest, runner: Runner, native: Path, release: str) -> list[str]:
    """A command that runs a C++ program which opens the runtime's library, or is linked to it."""
    [runtime] = runner.python.parent.parent.glob("lib/python*/site-packages/ttnn/build/lib")
    if request.param == "opened":
        return [str(compiled(native, "host.cpp")), str(runtime / "libtt_metal.so")]
    against = ("-Wl,--no-as-needed", f"-L{runtime}", "-ltt_metal", f"-Wl,-rpath,{runtime}")
    options = (*against, "-Wl,--allow-shlib-undefined")
    return [str(compiled(native, "host.cpp", *options, name=f"linked-{release}")), "-"]


def run_host(runner: Runner, host: list[str], *words: str) -> Ended:
    return runner.run([*host, *words], "--verify", VIRTUAL_ENV=str(runner.python.parent.parent))


def test_a_program_in_cpp(runner: Runner, host: list[str], release: str) -> None:
    ended = run_host(runner, host, "free", "keep", "free")
    report = ended.report
    assert ended.code == 0
    assert report["runtime"]["package"] == f"ttnn {release}"
    assert allocated(report) == 3
    [row] = finding(report, "buffer-outlives-device")["allocations"]
    assert (row["bytes"], row["call_site"]) == (20480, None)
    assert report["processes"][0]["health"]["verified_differing"] == 0


def test_a_program_in_cpp_that_is_killed(runner: Runner, host: list[str]) -> None:
    ended = run_host(runner, host, "keep", "keep", "kill")
    assert ended.code == 137
    assert finding(ended.report, "process-died-holding")["allocations_count"] == 2


def test_an_exception_of_the_runtime_passes_through(runner: Runner, host: list[str]) -> None:
    ended = run_host(runner, host, "refused", "free", "refused", "free", "done")
    assert_clean(ended)
    assert ended.output[0].count("refused") == 2
    assert allocated(ended.report) == 2


def test_threads_that_no_python_knows(runner: Runner, host: list[str]) -> None:
    ended = run_host(runner, host, "threads", "free", "done")
    assert_clean(ended)
    assert allocated(ended.report) == 201


def test_a_foreign_thread_that_calls_python(runner: Runner, native: Path) -> None:
    threads = library(native, "foreign_thread.c")
    program = runner.program("unusual.py", "works_in_a_foreign_thread", threads)
    ended = runner.run(program, "--verify")
    assert_clean(ended)
    assert allocated(ended.report) == 40


@pytest.mark.parametrize("words", [("free", "unload", "free"), ("free", "reopen", "free")])
def test_a_device_and_a_library_that_come_and_go(
    runner: Runner, host: list[str], words: tuple[str, ...]
) -> None:
    if host[-1] == "-":
        words = tuple(word.replace("unload", "reopen") for word in words)
    ended = run_host(runner, host, *words, *words, "done")
    assert_clean(ended)
    assert allocated(ended.report) == 4


# ---- devices


@pytest.mark.parametrize("order", ["".join(o) for o in itertools.permutations("abm")])
def test_submeshes_close_in_any_order(runner: Runner, order: str) -> None:
    ended = runner.run(runner.program("meshes.py", "submeshes", order), "--verify", machine="t3k")
    assert_clean(ended)
    assert allocated(ended.report) == 8


def test_meshes_of_many_shapes_one_after_the_other(runner: Runner) -> None:
    ended = runner.run(runner.program("meshes.py", "of_many_shapes"), "--verify", machine="t3k")
    assert_clean(ended)
    assert allocated(ended.report) == 12
    assert all(device["state"] == "closed" for device in ended.report["devices"])


def test_device_objects_outlive_their_close_and_addresses_come_again(runner: Runner) -> None:
    ended = runner.run(runner.program("meshes.py", "again_and_again", 12), "--verify")
    assert_clean(ended)
    assert allocated(ended.report) == 24
