"""Each command line that README.md and docs/*.md show is run, or another test is named that does.

A line of a console block that begins with "$ " is a command. It must end with exit code 0, or with
the one that its comment names: "# ... exit code 23". PID is a process that holds memory.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import REPOSITORY, TESTS, plimsoll_binary, ttnn_python
from serving import Server
from synthetic import Synthetic, synthetic_program

PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")])
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
YAML_RUN = re.compile(r"^ *- run: (plimsoll .*)$", re.MULTILINE)
COMMENT = re.compile(r"\s+# .*$")
EXIT_CODE = re.compile(r"exit code (\d+)")
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")

# What is no example but a part of the build, or does not end by itself, and where it is run.
ELSEWHERE = {
    "make demo": "tests/e2e/test_demo.py",
    "make check": "ci/check",
    "make && build/release/bin/plimsoll demo": "tests/e2e/test_demo.py",
    "make install PREFIX=~/.local": "tests/install/install_test.sh",
    "make deb": "tests/install/deb_test.sh",
    "make wheel": "tests/e2e/test_wheel.py",
    "pip install .": "tests/e2e/test_wheel.py",
    "pip install . && TT_ALLOC_TRACKING_ENABLED=1 python model.py": "tests/e2e/test_wheel.py",
    "TT_ALLOC_TRACKING_ENABLED=1 python test_mesh.py": "tests/e2e/test_wheel.py",
    "plimsoll run --machine t3k -- python examples/mesh_circular_buffers.py": "tools/readme-report",
    "plimsoll top": "tests/e2e/test_top.py",
    "plimsoll fleet --url http://127.0.0.1:9090": "tests/e2e/test_metrics.py",
    "plimsolld": "tests/e2e/test_server.py",
    "plimsolld --http 127.0.0.1:9464 --http-token-file /etc/plimsoll/token": (
        "tests/e2e/test_metrics.py"
    ),
    "plimsolld --http :9464": "tests/e2e/test_http.py",
    "plimsoll serve memory.json": "tests/e2e/test_http.py",
    "plimsoll serve model.plimsoll": "tests/e2e/test_record.py",
}


@dataclass(frozen=True)
class Line:
    command: str
    exit_code: int


def lines_of(page: Path) -> list[Line]:
    text = page.read_text()
    shown = [
        line.removeprefix("$ ")
        for block in CONSOLE.findall(text)
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    lines = []
    for line in [*shown, *YAML_RUN.findall(text)]:
        code = EXIT_CODE.search(line)
        lines.append(Line(COMMENT.sub("", line).strip(), int(code[1]) if code else 0))
    return lines


def executable(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@dataclass(frozen=True)
class Sandbox:
    folder: Path
    environment: dict[str, str]
    pid: int

    def run(self, line: Line) -> str:
        """Empty, or what went wrong."""
        command = re.sub(r"\bPID\b", str(self.pid), line.command)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode == line.exit_code:
            return ""
        return f"$ {line.command}\n{done.stdout[-2000:]}\nexit code {done.returncode}\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    server = Server(plimsoll_binary().parent / "plimsolld", folder / "socket")
    yield server
    server.kill()


@pytest.fixture(scope="module")
def holder(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synthetic]:
    program = synthetic_program(tmp_path_factory.mktemp("holder"))
    holder = Synthetic(program, 1, 2, server.socket)
    holder.work(200)
    holder.tell()
    yield holder
    holder.close()
    holder.end()


@pytest.fixture
def sandbox(server: Server, holder: Synthetic, tmp_path: Path) -> Sandbox:
    python = ttnn_python("0.81.1")
    programs, home, work = (tmp_path / name for name in ("bin", "home", "work"))
    for folder in (programs, home):
        folder.mkdir()
    shutil.copytree(TESTS / "documented", work)
    shutil.copytree(REPOSITORY / "tools", work / "tools")
    (work / "tests").mkdir()
    # Not whether pytest works, but whether plimsoll takes the line.
    executable(programs / "pytest", f"#!{python}\nimport runpy\nrunpy.run_path('model.py')\n")
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PLIMSOLL_", "TT_", "GITHUB_"))}
    cache = os.environ.get("PLIMSOLL_CACHE", "")
    known = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    environment = {
        **own,
        "HOME": str(home),
        "PATH": f"{programs}:{plimsoll_binary().parent}:{python.parent}:{os.environ['PATH']}",
        "PLIMSOLL_SOCKET": str(server.socket),
        "PLIMSOLL_CACHE": cache or f"{known}/plimsoll",  # where the releases of ttnn are
        "TT_LOGGER_LEVEL": "fatal",
        "LOGURU_LEVEL": "ERROR",
    }
    return Sandbox(work, environment, holder.process.pid)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_line_works(page: Path, request: pytest.FixtureRequest) -> None:
    lines = [line for line in lines_of(page) if line.command not in ELSEWHERE]
    if not lines:
        return
    sandbox: Sandbox = request.getfixturevalue("sandbox")
    wrong = [problem for line in lines if (problem := sandbox.run(line))]
    assert not wrong, "\n".join(wrong)


def test_what_is_run_elsewhere_is_shown_and_its_test_is_there() -> None:
    shown = {line.command for page in PAGES for line in lines_of(page)}
    assert set(ELSEWHERE) <= shown
    assert all((REPOSITORY / test).is_file() for test in ELSEWHERE.values())


def test_a_line_that_does_not_work_is_found(sandbox: Sandbox) -> None:
    assert sandbox.run(Line("plimsoll machines", 0)) == ""
    assert "exit code 125" in sandbox.run(Line("plimsoll machines --colour", 0))
    assert "exit code 0" in sandbox.run(Line("plimsoll machines", 23))


def anchors_of(page: Path) -> set[str]:
    """As GitHub makes them of the headings outside of code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_leads_somewhere(page: Path) -> None:
    for path, anchor in LINK.findall(page.read_text()):
        if "://" in path:
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        if anchor:
            assert anchor in anchors_of(target), f"{path}#{anchor}"
