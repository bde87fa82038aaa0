"""pytest --plimsoll gives each of the example tests the verdict that its name says."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from judging import EXAMPLES, Judged, judged, pytest_python
from running import Runner, codes

LEAVES_NOTHING = ("test_leak_with_parameter[1]", "test_leak_allowed")


@pytest.fixture(scope="session")
def newest(plimsoll: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(plimsoll, pytest_python("0.81.1"), tmp_path_factory.mktemp("judged"))


def expected(name: str) -> str:
    if name == "test_only":  # of a class whose fixture leaks
        return "error"
    if name.startswith("test_xfail") or name == "test_skipped":
        return "skipped"
    fails = ("test_leak", "test_over", "test_failed", "test_skipped_leak")
    return "failed" if name.startswith(fails) and name not in LEAVES_NOTHING else "passed"


def assert_right(found: Judged) -> None:
    assert len(found.verdicts) >= 24, found.ended.stdout
    assert found.verdicts == {name: expected(name) for name in found.verdicts}
    for name, text in found.texts.items():
        if name.startswith(("test_leak", "test_skipped_leak")):
            assert text.startswith("plimsoll: the test left 1 buffer, "), text
        if name.startswith("test_over"):
            assert text.startswith("plimsoll: took "), text
        if name.startswith("test_failed"):
            assert not text.startswith("plimsoll"), text
    if "test_only" in found.texts:
        assert found.texts["test_only"].startswith("plimsoll: class fixture 'kept_of_class' of")


IN_ORDER = ("-p", "no:randomly")
SHUFFLED = ("-p", "randomly", "-n", "0")
IN_TWO_PROCESSES = ("-p", "randomly", "-n", "2")
# The other examples have fixtures that need a longer living device.
OF_TESTS = str(EXAMPLES / "test_of_tests.py")
RUNS = [
    ("0.66.0", "3.10", "function", (*IN_ORDER, OF_TESTS)),
    ("0.81.1", "3.12", "function", (*IN_ORDER, OF_TESTS)),
    ("0.66.0", "3.10", "module", IN_ORDER),
    ("0.81.1", "3.10", "class", SHUFFLED),
    ("0.81.1", "3.12", "session", IN_TWO_PROCESSES),
]
# `make judged`: ten times each way.
ALL_RUNS = [
    (release, python, scope, how)
    for release, python in (("0.66.0", "3.10"), ("0.81.1", "3.10"), ("0.81.1", "3.12"))
    for scope in ("module", "class", "session")
    for how in (SHUFFLED, IN_TWO_PROCESSES)
] * 10


@pytest.mark.parametrize(
    ("release", "python", "scope", "how"),
    ALL_RUNS if os.environ.get("PLIMSOLL_JUDGED") == "all" else RUNS,
)
def test_each_verdict_is_right(
    plimsoll: Path, tmp_path: Path, release: str, python: str, scope: str, how: tuple[str, ...]
) -> None:
    found = judged(Runner(plimsoll, pytest_python(release, python), tmp_path), *how, scope=scope)

    assert_right(found)
    # What a child process leaves is its own: the report of the whole run has it.
    assert "left-at-exit" in codes(found.ended.report)


def test_a_leak_is_told_with_owner_line_and_holder(newest: Runner) -> None:
    found = judged(
        newest, *IN_ORDER, OF_TESTS, "-k", "test_leak_in_module_cache", GITHUB_ACTIONS="true"
    )
    text = found.texts["test_leak_in_module_cache"]

    assert "2.0 KiB  user     1 buffer in DRAM" in text
    assert "ttnn.allocate_tensor_on_device at tensors_of.py:8 in tensor < test_of_tests.py:" in text
    assert "held by CACHE of module test_of_tests" in text
    assert "1 at its end; 1 after gc.collect(); 1 after another" in text
    assert "::error file=" in found.ended.stdout
    assert "tensors_of.py,line=8,title=plimsoll::test_of_tests.py::test_leak" in found.ended.stdout
    assert found.properties["test_leak_in_module_cache"] == {
        "plimsoll_peak_dram": "24576",
        "plimsoll_peak_l1": "0",
        "plimsoll_left_count": "1",
        "plimsoll_left_bytes": "2048",
    }


def test_what_cached_programs_keep_is_told_and_can_be_cleared(newest: Runner) -> None:
    arguments = (*IN_ORDER, OF_TESTS, "-k", "test_clean_though_programs_are_cached")
    kept = "kept by the runtime, as in its program cache (no failure)"

    assert kept in judged(newest, *arguments).ended.stdout
    cleared = judged(newest, *arguments, "--plimsoll-clear-cache")
    assert kept not in cleared.ended.stdout
    assert cleared.verdicts == {"test_clean_though_programs_are_cached": "passed"}


def allowing(folder: Path, entry: str) -> str:
    file = folder / "allowed.toml"
    file.write_text("[[allow]]\n" + entry)
    return str(file)


def test_what_a_file_allows_is_told_until_it_expires(newest: Runner, tmp_path: Path) -> None:
    tests = (*IN_ORDER, OF_TESTS, "-k", "test_leak_in_thread")
    entry = 'site = "test_of_tests.py:* in <lambda>"\nreason = "#7"\nexpires = '
    today = datetime.date.today()
    allow = ("--plimsoll-allow", allowing(tmp_path, entry + str(today)))

    allowed = judged(newest, *tests, *allow)
    allowing(tmp_path, entry + str(today - datetime.timedelta(days=1)))
    expired = judged(newest, *tests, *allow)

    assert allowed.verdicts == {"test_leak_in_thread": "passed"}
    assert "allowed was what is left by 1:" in allowed.ended.stdout
    assert expired.ended.code == pytest.ExitCode.USAGE_ERROR
    assert f"entry 1 expired on {today - datetime.timedelta(days=1)}: #7" in expired.ended.stderr


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('site = "*"\nexpires = 2999-01-01', "needs a site or an op, and a reason"),
        ('op = "*"\nreason = "#7"', "needs a date of expiry"),
        ('line = "*"', "no field 'line'"),
        ("site = ", "is not TOML"),
    ],
)
def test_a_file_that_allows_nothing_clearly_is_refused(
    newest: Runner, tmp_path: Path, entry: str, problem: str
) -> None:
    refused = judged(newest, "--plimsoll-allow", allowing(tmp_path, entry))

    assert refused.ended.code == pytest.ExitCode.USAGE_ERROR
    assert problem in refused.ended.stderr
    assert "  expected: " in refused.ended.stderr


def test_without_the_agent_it_is_a_usage_error(newest: Runner) -> None:
    refused = judged(newest, PLIMSOLL_AGENT="off")

    assert refused.ended.code == pytest.ExitCode.USAGE_ERROR
    assert "PLIMSOLL_AGENT=off keeps Plimsoll's agent out" in refused.ended.stderr


def test_a_marker_that_is_not_understood_is_a_usage_error(newest: Runner, tmp_path: Path) -> None:
    test = tmp_path / "test_marked.py"
    test.write_text("import pytest\n@pytest.mark.device_memory(limit_l2='1K')\ndef test_(): pass\n")
    refused = judged(newest, str(test))

    assert refused.ended.code == pytest.ExitCode.USAGE_ERROR
    assert "no 'limit_l2'; expected: limit_dram, limit_l1, allow" in refused.ended.stderr


def test_nothing_is_judged_where_nobody_asked(newest: Runner) -> None:
    found = judged(newest, *IN_ORDER, OF_TESTS, "-k", "test_leak", judge=False)

    assert set(found.verdicts.values()) == {"passed"}
