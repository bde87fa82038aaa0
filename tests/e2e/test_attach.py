"""The module `plimsoll` loads the agent where it is asked to, never breaks a program, and is the
command when it is run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from native_programs import compiled
from running import Runner

SAYS_WHETHER = "import plimsoll; print(plimsoll.attach())"
LISTS = "import plimsoll; print('libplimsoll' in open('/proc/self/maps').read())"
ASKED = {"TT_ALLOC_TRACKING_ENABLED": "1"}


def own_modules(plimsoll: Path) -> Path:
    """Of a build tree, or of an installation."""
    lib = plimsoll.parent.parent / "lib"
    [found] = [p for p in (lib / "python", lib / "plimsoll" / "python") if p.is_dir()]
    return found


@pytest.fixture
def modules(plimsoll: Path, tmp_path: Path) -> Path:
    """A folder for PYTHONPATH that looks like that of an installation."""
    copy = tmp_path / "lib" / "plimsoll" / "python"
    shutil.copytree(own_modules(plimsoll), copy)
    return copy


@pytest.fixture
def complete(modules: Path, any_runner: Runner) -> Path:
    shutil.copy(any_runner.agent, modules.parent)
    return modules


def run(
    runner: Runner, modules: Path, program: str, *words: object, **environment: str
) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        env=runner.environment({"PYTHONPATH": str(modules), **environment}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip(), done.stderr


@pytest.mark.parametrize(
    ("asked", "is_loaded"),
    [({}, "False"), (ASKED, "True"), ({**ASKED, "PLIMSOLL_AGENT": "off"}, "False")],
)
def test_importing_loads_the_agent_where_the_environment_asks(
    any_runner: Runner, complete: Path, asked: dict[str, str], is_loaded: str
) -> None:
    assert run(any_runner, complete, LISTS, **asked) == (is_loaded, "")


def test_one_that_is_there_is_not_loaded_again(any_runner: Runner, complete: Path) -> None:
    """Though this one is another file."""
    program = "import plimsoll; print(open('/proc/self/maps').read().count('ttmetal.so'))"
    preloaded = {"LD_PRELOAD": str(any_runner.agent)}
    once, silence = run(any_runner, complete, program, **preloaded)
    assert int(once) > 0
    assert run(any_runner, complete, program, **preloaded, **ASKED) == (once, silence)
    assert run(any_runner, complete, SAYS_WHETHER, **preloaded) == ("True", "")


def assert_one_line(line: str, *parts: str) -> None:
    assert line.count("\n") == 1
    assert line.startswith("plimsoll: ")
    assert line.endswith("; the program runs on, unobserved\n")
    assert [part for part in parts if part not in line] == []


def test_an_agent_that_is_missing_is_one_line_and_nothing_else(
    any_runner: Runner, modules: Path
) -> None:
    told, line = run(any_runner, modules, SAYS_WHETHER, **ASKED)
    assert told == "False"
    assert_one_line(line, "no libplimsoll-ttmetal.so belongs to", str(modules), "to do:")


def test_an_agent_that_cannot_be_loaded_is_one_line_and_nothing_else(
    any_runner: Runner, modules: Path
) -> None:
    agent = modules.parent / "libplimsoll-ttmetal.so"
    agent.write_text("no library")
    told, line = run(any_runner, modules, SAYS_WHETHER, **ASKED)
    assert told == "False"
    assert_one_line(line, "cannot load its agent", str(agent))


def test_nothing_is_said_where_nobody_can_hear_it(any_runner: Runner, modules: Path) -> None:
    program = "import sys; sys.stderr = None; " + SAYS_WHETHER
    assert run(any_runner, modules, program, **ASKED) == ("False", "")


def test_who_comes_after_the_runtime_is_told_so_once(
    any_runner: Runner, complete: Path, tmp_path: Path
) -> None:
    options = ("-shared", "-fPIC", "-Wl,-soname,libtt_metal.so")
    runtime = compiled(tmp_path, "says_hello.c", *options, name="libtt_metal.so")
    program = "import ctypes, sys; ctypes.CDLL(sys.argv[1]); " + SAYS_WHETHER
    told, line = run(any_runner, complete, program, runtime, **ASKED)
    assert told == "False"
    assert_one_line(line, "ttnn was loaded before plimsoll", "to do: import plimsoll first")


def test_what_a_library_before_it_hides_is_said(any_runner: Runner, complete: Path) -> None:
    """As torch loads its C++ library for all of the program."""
    program = "import ctypes; ctypes.CDLL('libstdc++.so.6', mode=ctypes.RTLD_GLOBAL); "
    told, line = run(any_runner, complete, program + SAYS_WHETHER)
    assert told == "True"
    assert line.count("\n") == 1
    assert "what the runtime refuses is not seen" in line


def run_module(runner: Runner, modules: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plimsoll", *words],
        env=runner.environment({"PYTHONPATH": str(modules)}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_run_as_a_program_it_is_the_command(any_runner: Runner, plimsoll: Path) -> None:
    modules = own_modules(plimsoll)
    for words in (["--version"], ["explain", "missing.json"], ["run", "--", "false"]):
        told = run_module(any_runner, modules, *words)
        command = [str(plimsoll), *words]
        itself = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (told.returncode, told.stdout) == (itself.returncode, itself.stdout)
        assert told.stderr.splitlines()[:1] == itself.stderr.splitlines()[:1]


def test_a_command_that_is_missing_is_said_with_what_to_do(
    any_runner: Runner, modules: Path
) -> None:
    told = run_module(any_runner, modules, "ps")
    assert (told.returncode, told.stdout) == (1, "")
    assert "no program 'plimsoll' belongs to" in told.stderr
    assert "to do: install plimsoll again" in told.stderr
