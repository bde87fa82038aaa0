"""What came of one test or fixture, and how pytest's reports say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from plimsoll._judging import verdict
from plimsoll._judging.allowance import Allowance
from plimsoll._judging.inspection import Residue
from plimsoll._judging.verdict import Row

STRICT = "[XPASS(strict)] "  # how pytest's report of an xfail test that passed begins


@dataclass
class Outcome:
    who: str
    nodeid: str
    left: list[Row] = field(default_factory=list)
    allowed: list[Row] = field(default_factory=list)
    of_runtime: list[Row] = field(default_factory=list)
    exceeded: list[str] = field(default_factory=list)
    peaks: dict[str, int] = field(default_factory=dict)
    attached: bool = True  # else nothing was there to be judged
    text: str = ""  # why it fails; empty: it does not

    def plain(self) -> dict[str, Any]:
        return dict(vars(self))


def judge(
    who: str,
    nodeid: str,
    residue: Residue,
    allowed: list[Allowance],
    exceeded: list[str],
    peaks: dict[str, int],
) -> Outcome:
    excused = [one for one in residue.left if any(each.covers(nodeid, one) for each in allowed)]
    residue.left = [one for one in residue.left if one not in excused]
    left, of_runtime = verdict.of(residue)
    texts = list(exceeded)
    if left:
        texts.insert(0, verdict.left_text(who, left, residue.steps))
    return Outcome(
        who,
        nodeid,
        left=left,
        allowed=verdict.rows(excused, residue.held_by),
        of_runtime=of_runtime,
        exceeded=exceeded,
        peaks=peaks,
        text="\n\n".join(texts),
    )


def put_into(
    reports: list[pytest.TestReport],
    item: pytest.Item,
    of_test: Outcome | None,
    of_fixtures: list[Outcome],
) -> None:
    by_phase = {report.when: report for report in reports}
    if of_test is not None:
        report = by_phase.get("call", reports[0])
        _tell(report, [of_test])
        if of_test.text:
            _fail(report, item, of_test.text)
    texts = [each.text for each in of_fixtures if each.text]
    if of_fixtures:
        _tell(reports[-1], of_fixtures)
    if texts:
        _fail(reports[-1], item, "\n\n".join(texts))
    properties = _properties([*([of_test] if of_test else []), *of_fixtures])
    for report in reports:
        report.user_properties.extend(properties)


def _tell(report: Any, outcomes: list[Outcome]) -> None:
    report.plimsoll = [*getattr(report, "plimsoll", []), *(each.plain() for each in outcomes)]
    for each in outcomes:
        if each.of_runtime:
            report.sections.append(("plimsoll", verdict.runtime_text(each.of_runtime)))


def _fail(report: Any, item: pytest.Item, text: str) -> None:
    """As an assertion would: an xfail test is then one that fails as expected."""
    expected = getattr(report, "wasxfail", None)
    if expected is None and report.failed and str(report.longrepr).startswith(STRICT):
        expected = str(report.longrepr).removeprefix(STRICT)
    if expected is not None:
        report.outcome, report.wasxfail = "skipped", expected
        report.sections.append(("plimsoll", text))
        return
    if report.failed:  # for a reason of its own, which comes first
        report.sections.append(("plimsoll", text))
        return
    call = pytest.CallInfo.from_call(lambda: pytest.fail(text, pytrace=False), report.when)
    report.longrepr = pytest.TestReport.from_item_and_call(item, call).longrepr
    report.outcome = "failed"


def _properties(outcomes: list[Outcome]) -> list[tuple[str, object]]:
    left = [row for each in outcomes for row in each.left]
    peaks = [(f"plimsoll_peak_{r}", b) for each in outcomes for r, b in each.peaks.items()]
    if not left and not peaks:
        return []
    return [
        *peaks,
        ("plimsoll_left_count", sum(row["count"] for row in left)),
        ("plimsoll_left_bytes", sum(row["bytes"] for row in left)),
    ]
