"""What pytest --plimsoll adds to a test: milliseconds, of tests that make and free a tensor beside
a few hundred that a fixture holds. Sessions with and without it take turns.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from judging import QUIET, pytest_python
from running import Runner, plimsoll_binary
from table import Bar, Table

CONFTEST = """
import time
import pytest

@pytest.hookimpl(hookwrapper=True)
def pytest_runtestloop(session):
    begin = time.perf_counter()
    yield
    print(f'\\n{{"seconds": {time.perf_counter() - begin}, "tests": {session.testscollected}}}')
"""

TESTS = """
import pytest
import ttnn

def tensor(device):
    return ttnn.allocate_tensor_on_device(
        ttnn.Shape([1, 1, 64, 64]), ttnn.bfloat16, ttnn.TILE_LAYOUT, device
    )

@pytest.fixture(scope="module")
def device():
    device = ttnn.open_device(device_id=0)
    held = [tensor(device) for _ in range(%(held)d)]
    yield device
    del held
    ttnn.close_device(device)

@pytest.mark.parametrize("number", range(%(tests)d))
def test_(device, number):
    tensor(device)
"""


def seconds(runner: Runner, *options: str) -> float:
    command = [str(runner.python), "-m", "pytest", "-q", "-p", "plimsoll.pytest_plugin"]
    plain = ("-p", "no:cacheprovider", "-p", "no:randomly", "-s", *options, str(runner.folder))
    ended = runner.run([*command, *plain], "--quiet", **QUIET)
    assert ended.code == 0, ended.stdout + ended.stderr
    return ended.last_json()["seconds"]


def tables(smoke: bool) -> list[Table]:
    rounds, tests, held = (1, 10, 10) if smoke else (9, 500, 300)
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as name:
        folder = Path(name)
        (folder / "conftest.py").write_text(CONFTEST)
        (folder / "test_many.py").write_text(TESTS % {"tests": tests, "held": held})
        runner = Runner(plimsoll_binary(), pytest_python("0.81.1"), folder)
        added = [
            (seconds(runner, "--plimsoll") - seconds(runner)) * 1000 / tests for _ in range(rounds)
        ]
    median = statistics.median(added)
    spread = f"{median:.3f} ({min(added):.3f}..{max(added):.3f})"
    return [
        Table(
            "A test that is judged",
            "Milliseconds that pytest --plimsoll adds to a test: median of the sessions (range).",
            ["", "added"],
            [[f"{tests} tests beside {held} tensors of a fixture", spread]],
            [Bar("at most 3 ms per test", f"{median:.3f} ms", median <= 3)],
            added,
        )
    ]
