#!/usr/bin/env python3
"""What pytest --plimsoll adds to a test: milliseconds, of tests that make and free a tensor beside a
few hundred that a fixture holds.

Sessions with and without it take turns. Shown: the median of the pairs, and their range.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "e2e"))

from judging import QUIET, pytest_python  # noqa: E402
from running import Runner, plimsoll_binary  # noqa: E402

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="only show that everything runs")
    parser.add_argument("--rounds", type=int, default=9, help="pairs of sessions; default: 9")
    options = parser.parse_args()
    rounds, tests, held = (1, 10, 10) if options.smoke else (options.rounds, 500, 300)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "conftest.py").write_text(CONFTEST)
        (folder / "test_many.py").write_text(TESTS % {"tests": tests, "held": held})
        runner = Runner(plimsoll_binary(), pytest_python("0.81.1"), folder)
        added = [
            (seconds(runner, "--plimsoll") - seconds(runner)) * 1000 / tests for _ in range(rounds)
        ]
    print("\nMilliseconds that pytest --plimsoll adds to a test: median (range)")
    print(f"{statistics.median(added):.3f} ({min(added):.3f}..{max(added):.3f})")


if __name__ == "__main__":
    main()
