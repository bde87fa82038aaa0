"""What pip installs: a program is watched with no wrapper around it, and all goes away again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from judging import EXAMPLES, QUIET, pytest_python
from running import REPOSITORY, Json, Runner, ttnn_python
from serving import Server
from test_ps import start_command

RELEASE, BY_IMPORT = "0.81.1", "0.66.0"
ASKED = "TT_ALLOC_TRACKING_ENABLED=1"
# The program is a child of another Python, which hands on no more than its environment.
IN_A_CHILD = "import subprocess, sys; sys.exit(subprocess.call([sys.executable, *sys.argv[1:]]))"
DIFFERS_FROM_RUN_TO_RUN = {"age_ns", "command", "elapsed_ns", "pid", "start_time"}


@dataclass(frozen=True)
class Environment:
    """A virtual environment that is nobody else's."""

    folder: Path

    @classmethod
    def make(cls, python: Path, folder: Path) -> Environment:
        run(python, "-m", "venv", folder)
        return cls(folder)

    def program(self, name: str) -> Path:
        return self.folder / "bin" / name

    def pip(self, *words: object) -> str:
        return run(self.program("python"), "-m", "pip", "--disable-pip-version-check", *words)

    def files(self) -> set[Path]:
        return set(self.folder.rglob("*"))


def run(*command: object, **environment: str) -> str:
    done = subprocess.run(
        list(map(str, command)),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel() -> Path:
    return REPOSITORY / run(REPOSITORY / "tools" / "wheel").strip()


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """With the wheel, and with the packages of environments that are shared: ttnn and pytest."""
    theirs = ttnn_python(RELEASE), pytest_python(RELEASE)
    made = Environment.make(theirs[0], tmp_path_factory.mktemp("wheel") / "environment")
    paths = [f"{packages_of(python.parent.parent)}\n" for python in theirs]
    (packages_of(made.folder) / "theirs.pth").write_text("".join(paths))
    made.pip("install", wheel)
    return made


def packages_of(environment: Path) -> Path:
    [packages] = environment.glob("lib/python*/site-packages")
    return packages


@pytest.fixture(scope="session")
def installed(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    folder = tmp_path_factory.mktemp("installed")
    return Runner(environment.program("plimsoll"), environment.program("python"), folder)


def test_two_terminals(environment: Environment, installed: Runner, tmp_path: Path) -> None:
    """The mock machine takes a wrapper, which does not watch."""
    server = Server(environment.program("plimsolld"), tmp_path / "socket")
    program = installed.program("holds.py", 2, 4)
    holder = start_command(
        installed,
        installed.arguments(program, ("--no-agent",), "t3k"),
        {"TT_ALLOC_TRACKING_ENABLED": "1", "PLIMSOLL_SOCKET": str(server.socket)},
    )
    server.wait_for(r"^  Device 7: 6 allocations, ")
    server.wait_for(r"^  Active allocations: 6$")
    holder.end()
    server.wait_for(rf"^python \(pid {holder.told['pid']}\) ended, holding nothing$")
    server.wait_for(r"^  Active allocations: 0$")
    assert server.end() == 0


def comparable(part: Json | list | object) -> Json | list | object:
    if isinstance(part, dict):
        kept = part.keys() - DIFFERS_FROM_RUN_TO_RUN
        return {key: comparable(part[key]) for key in kept}
    return [comparable(each) for each in part] if isinstance(part, list) else part


@pytest.mark.parametrize(
    "program", [("kept_in_list.py",), ("refused.py",), ("ends.py", "by_sys_exit")], ids=" ".join
)
def test_the_hook_sees_what_the_preload_sees(installed: Runner, program: tuple[str, ...]) -> None:
    [python, *words] = installed.program(*program)
    by_hook = installed.run(["env", "-u", "LD_PRELOAD", ASKED, python, "-c", IN_A_CHILD, *words])
    preloaded = installed.run([python, *words])

    assert preloaded.report["totals"]["allocations"] > 0
    assert comparable(by_hook.report) == comparable(preloaded.report)
    assert (by_hook.code, by_hook.output) == (preloaded.code, preloaded.output)


def test_pytest_knows_the_plugin(installed: Runner) -> None:
    """It comes before the conftest.py that imports ttnn."""
    tests = EXAMPLES / "test_of_tests.py"
    chosen = [f"{tests}::test_clean", f"{tests}::test_leak"]
    pytest_command = [str(installed.python), "-m", "pytest", "-p", "no:cacheprovider", *chosen]
    judged = installed.raw([*pytest_command, "--plimsoll"], "--no-agent", **QUIET)
    assert "1 failed, 1 passed" in judged.stdout, judged.stdout + judged.stderr
    assert judged.stderr == ""
    not_judged = installed.raw(pytest_command, "--no-agent")
    assert "2 passed" in not_judged.stdout


def test_importing_it_first_is_enough_where_no_hook_runs(
    environment: Environment, wheel: Path, plimsoll: Path, tmp_path: Path
) -> None:
    """As in a folder of `pip install --target`, with the oldest release."""
    environment.pip("install", "--target", tmp_path / "target", wheel)
    runner = Runner(plimsoll, ttnn_python(BY_IMPORT), tmp_path)
    program = runner.program("windows.py")
    on_path = f"PYTHONPATH={tmp_path / 'target'}"
    by_import = runner.run(["env", "-u", "LD_PRELOAD", ASKED, on_path, *program])
    preloaded = runner.run(program)

    assert len(preloaded.report["windows"]) == 2
    assert comparable(by_import.report) == comparable(preloaded.report)
    assert by_import.output == preloaded.output


def test_it_comes_and_goes_as_a_whole(wheel: Path, tmp_path: Path) -> None:
    """Whatever the Python: nothing in the wheel is compiled for one of them."""
    assert re.fullmatch(r"plimsoll-[\d.]+-py3-none-manylinux_2_\d+_x86_64\.whl", wheel.name)
    environment = Environment.make(Path(sys.executable), tmp_path / "environment")
    before = environment.files()
    environment.pip("install", wheel)
    python = environment.program("python")
    compiles = {"PYTHONDONTWRITEBYTECODE": ""}  # as it does unless it is told not to
    told = run(environment.program("plimsoll"), "--version", **compiles)
    assert told == run(python, "-m", "plimsoll", "--version", **compiles)
    assert told == f"plimsoll {wheel.name.split('-')[1]}\n"
    asked = {"TT_ALLOC_TRACKING_ENABLED": "1", **compiles}
    maps = run(python, "-c", "print(open('/proc/self/maps').read())", **asked)
    assert "site-packages/plimsoll/lib/plimsoll/libplimsoll-ttmetal.so" in maps

    environment.pip("uninstall", "--yes", "plimsoll")
    assert environment.files() == before
