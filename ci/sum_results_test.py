"""What ctest and pytest call passed, failed and skipped is counted as such."""

import subprocess
from pathlib import Path

SUM = Path(__file__).parent / "sum-results"

CTEST = """<testsuite tests="3" failures="1" disabled="0" skipped="1">
<testcase name="a" status="run"/>
<testcase name="b" status="fail"><failure message=""/></testcase>
<testcase name="c" status="notrun"><skipped message="SKIP"/></testcase></testsuite>"""
PYTEST = """<testsuites><testsuite tests="2">
<testcase name="d"/><testcase name="e"><error message="no venv">...</error></testcase>
</testsuite></testsuites>"""


def summed(*files):
    return subprocess.run([SUM, *files], capture_output=True, text=True, check=True).stdout


def test_the_results_of_both_runners_are_added(tmp_path):
    (tmp_path / "ctest.xml").write_text(CTEST)
    (tmp_path / "pytest.xml").write_text(PYTEST)
    assert summed(tmp_path / "ctest.xml", tmp_path / "pytest.xml") == (
        "1 skipped\n2 passed, 2 failed\n"
    )


def test_nothing_ran_is_nothing_passed(tmp_path):
    (tmp_path / "broken.xml").write_text("<testsuite>")
    assert summed(tmp_path / "broken.xml", tmp_path / "missing.xml") == "0 passed, 0 failed\n"
