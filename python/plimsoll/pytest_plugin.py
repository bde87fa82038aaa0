"""pytest --plimsoll: what each test leaves on a device fails it, with owner and line.

    plimsoll run --quiet -- pytest -p plimsoll.pytest_plugin --plimsoll

docs/guide.md says what is judged when.
"""

from __future__ import annotations

import ctypes
import datetime
import os
from pathlib import Path

import pytest

from plimsoll._judging import limits
from plimsoll._judging.allowance import Allowance, AllowanceError, read


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("plimsoll", "device memory")
    group.addoption(
        "--plimsoll",
        action="store_true",
        help="fail each test that leaves memory on a device, or exceeds its limit",
    )
    group.addoption(
        "--plimsoll-clear-cache",
        action="store_true",
        help="clear the program caches of a test's devices before what it left is judged",
    )
    group.addoption(
        "--plimsoll-allow",
        metavar="FILE",
        help="TOML file of what may be left behind for now: each entry with a date of expiry",
    )
    group.addoption(
        "--plimsoll-annotations",
        action="store_true",
        help="print GitHub annotations; they are printed anyway where GITHUB_ACTIONS=true",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", limits.DESCRIPTION)
    if not config.getoption("plimsoll"):
        return
    _require_agent()
    from plimsoll._judging.judge import Judge
    from plimsoll._judging.summary import Summary

    judge = Judge(
        _allowances(config),
        clear_cache=config.getoption("plimsoll_clear_cache"),
        with_peaks=bool(config.getoption("xmlpath", None)),
    )
    config.pluginmanager.register(judge, "plimsoll-judge")
    if not hasattr(config, "workerinput"):  # of pytest-xdist: reports arrive elsewhere
        asked = config.getoption("plimsoll_annotations")
        annotations = asked or os.environ.get("GITHUB_ACTIONS") == "true"
        config.pluginmanager.register(Summary(annotations=annotations), "plimsoll-summary")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("plimsoll"):
        return
    for item in items:
        try:
            limits.of_test(item)
        except (TypeError, ValueError) as error:
            raise pytest.UsageError(
                f"{item.nodeid}: marker {limits.MARKER}: {error}\n  to do: pytest --markers"
            ) from error


def _allowances(config: pytest.Config) -> list[Allowance]:
    file = config.getoption("plimsoll_allow")
    if file is None:
        return []
    try:
        return read(Path(file), datetime.date.today())
    except AllowanceError as error:
        raise pytest.UsageError(str(error)) from error


def _require_agent() -> None:
    if os.environ.get("PLIMSOLL_AGENT") == "off":
        problem = "PLIMSOLL_AGENT=off keeps Plimsoll's agent out"
    elif not hasattr(ctypes.CDLL(None), "plimsoll_ttmetal_mark"):
        problem = "Plimsoll's agent is not in this process"
    else:
        return
    raise pytest.UsageError(
        f"--plimsoll: {problem}, so nothing could be judged\n"
        "  expected: the agent, before the tests import ttnn\n"
        "  to do: plimsoll run --quiet -- pytest -p plimsoll.pytest_plugin --plimsoll"
    )
