"""The hooks that look before and after each test, and give the verdict."""

from __future__ import annotations

import unittest
from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.runner import runtestprotocol  # as plugins do that need a test's reports together

from plimsoll._judging import limits, outcome
from plimsoll._judging.allowance import Allowance
from plimsoll._judging.inspection import Look, Residue, inspect
from plimsoll._judging.memory import Memory
from plimsoll._judging.ownership import Keeper, Ownership
from plimsoll._records import Allocation

JUDGED_REGIONS = ("dram", "l1")


class Judge:
    """Judges in its own process; what it found travels with pytest's reports."""

    def __init__(self, allowed: list[Allowance], *, clear_cache: bool, with_peaks: bool) -> None:
        self._memory = Memory()
        self._ownership = Ownership()
        self._allowed = allowed
        self._clear_cache = clear_cache
        self._with_peaks = with_peaks
        self._baseline = 0
        self._item: pytest.Item | None = None
        self._of_test: outcome.Outcome | None = None
        self._of_fixtures: list[outcome.Outcome] = []

    # A test is reported when all of it is over, so that what it left fails it as an assertion does.
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        self._baseline, self._item = self._memory.position(), item
        self._of_test, self._of_fixtures = None, []
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        if self._of_test is None:  # no fixture of ours was there, or too early for it
            self._judge_test(item)
        self._judge_fixtures()
        outcome.put_into(reports, item, self._of_test, self._of_fixtures)
        for report in reports:
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    # The first to be set up of those that live as long as the test, so the last to be finalized:
    # after all that the test has, before the devices of longer living fixtures are closed.
    @pytest.fixture(autouse=True)
    def _plimsoll_device_memory(self, request: pytest.FixtureRequest) -> Iterator[None]:
        self._memory.restart_peaks()
        yield
        # The object of a unittest is let go when all of the test is over.
        if not issubclass(request.cls or object, unittest.TestCase):
            self._judge_test(request.node)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            yield
            return
        keeper = self._ownership.begin(fixturedef, self._memory.position())
        yield
        keeper.end = self._memory.position()
        # Called before it begins to go: what was finalized until then can still be told.
        fixturedef.addfinalizer(self._judge_fixtures)

    def pytest_fixture_post_finalizer(self, fixturedef: Any, request: Any) -> None:
        self._ownership.finalized(fixturedef)

    def _judge_test(self, item: pytest.Item) -> None:
        of_item = limits.of_test(item)

        def look() -> list[Allocation]:
            found = self._memory.made_after(self._baseline)
            return [one for one in found if self._ownership.keeper_of(one) is None]

        too_much = limits.exceeded(of_item, self._memory)
        peaks = self._peaks()
        residue = self._inspect(look)
        allowed = [*self._allowed, *of_item.allowed]
        self._of_test = outcome.judge("the test", item.nodeid, residue, allowed, too_much, peaks)
        self._of_test.attached = self._memory.attached

    def _judge_fixtures(self) -> None:
        for keeper in self._ownership.take_over():
            self._judge_fixture(keeper)

    def _judge_fixture(self, keeper: Keeper) -> None:
        inner = self._ownership.living

        def look() -> list[Allocation]:
            return [
                one
                for one in self._memory.made_after(keeper.begin)
                if (keeper.made(one.id) or one.id in keeper.adopted)
                and not any(other.made(one.id) for other in inner if other.begin >= keeper.begin)
            ]

        nodeid = self._item.nodeid if self._item else ""
        residue = self._inspect(look)
        self._of_fixtures.append(outcome.judge(keeper.name, nodeid, residue, self._allowed, [], {}))

    def _inspect(self, look: Look) -> Residue:
        return inspect(look, self._item, self._ownership, clear_cache=self._clear_cache)

    def _peaks(self) -> dict[str, int]:
        if not self._with_peaks:
            return {}
        levels = {region: self._memory.levels(region) for region in JUDGED_REGIONS}
        return {
            region: max(level.peak for level in by_device.values())
            for region, by_device in levels.items()
            if by_device
        }
