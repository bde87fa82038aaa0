"""`plimsoll check`: what fails, what is accepted, and in which words and formats it is told."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from native_programs import compiled
from running import REPOSITORY, Json, Runner, plimsoll_binary, ttnn_python

FAILED, OWN_FAILURE = 23, 125


@dataclass(frozen=True)
class Checked:
    code: int
    stdout: str
    stderr: str

    @property
    def verdict(self) -> str:
        [line] = [line for line in self.stderr.splitlines() if line.startswith("plimsoll check: ")]
        return line.removeprefix("plimsoll check: ")


@dataclass(frozen=True)
class Checker:
    leaves: Path
    folder: Path

    def raw(self, *arguments: object, **environment: str) -> Checked:
        own = {k: v for k, v in os.environ.items() if not k.startswith(("PLIMSOLL_", "GITHUB_"))}
        command = [plimsoll_binary(), "check", *arguments]
        done = subprocess.run(
            list(map(str, command)),
            cwd=self.folder,
            env={**own, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Checked(done.returncode, done.stdout, done.stderr)

    def check(
        self, *options: object, leave: str = "", chips: int = 1, code: int = 0, **environment: str
    ) -> Checked:
        """Of a process that leaves this: FUNCTION COUNT BYTES, and so on."""
        command = [self.leaves, chips, code, *leave.split()]
        return self.raw(*options, "--", *command, **environment)


@pytest.fixture(scope="module")
def leaves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = plimsoll_binary().parent.parent / "lib"
    options = ["-I", REPOSITORY / "include", "-L", library, "-lplimsoll"]
    folder = tmp_path_factory.mktemp("leaves")
    return compiled(folder, "leaves.c", *options, f"-Wl,-rpath,{library}")


@pytest.fixture
def checker(leaves: Path, tmp_path: Path) -> Checker:
    return Checker(leaves, tmp_path)


def test_what_is_left_fails_with_owner_line_and_bytes_and_without_the_report(
    checker: Checker,
) -> None:
    checked = checker.check(leave="forward 2 4096")

    assert checked.code == FAILED
    assert checked.stdout == "its own output\n"
    assert checked.stderr.splitlines() == [
        "plimsoll check: FAILED, 1 place",
        "error  left-at-exit   2 buffers in DRAM, 8192 B",
        "  owner user, ttnn.add at model.py:12 in forward",
    ]


def test_a_long_list_is_cut_with_the_largest_first(checker: Checker) -> None:
    checked = checker.check(leave=" ".join(f"f{n} 1 {n}" for n in range(1, 21)))

    assert checked.verdict == "FAILED, 20 places"
    assert checked.stderr.splitlines()[1].endswith("1 buffer in DRAM, 20 B")
    assert checked.stderr.splitlines()[-1] == "  ... and 8 more places; --report FILE has all"
    assert len(checked.stderr.splitlines()) == 1 + 2 * 12 + 1


def test_a_clean_run_passes_in_one_line(checker: Checker) -> None:
    checked = checker.check()

    assert checked.code == 0
    assert checked.stderr == "plimsoll check: passed; nothing is left on 1 device\n"


def test_a_command_that_fails_is_no_pass(checker: Checker) -> None:
    clean = checker.check(code=4)
    leaking = checker.check(code=4, leave="forward 1 64")

    assert clean.code == 4
    assert clean.verdict == (
        "FAILED, the command ended with exit code 4; of its memory nothing fails"
    )
    assert leaking.code == FAILED
    assert leaking.verdict == "FAILED, 1 place; the command ended with exit code 4"


def test_where_nothing_was_watched_nothing_was_checked(checker: Checker) -> None:
    nothing = checker.check(chips=0)

    assert nothing.code == OWN_FAILURE
    assert nothing.verdict.startswith("nothing was watched, so nothing was checked: ")
    assert checker.check(chips=0, code=4).code == 4
    assert checker.raw("--", "/nowhere/python").code == 127


def test_the_exit_code_can_be_chosen_and_what_fails(checker: Checker) -> None:
    assert checker.check("--error-exitcode", 77, leave="f 1 64").code == 77
    assert checker.check("--fail-on", "out-of-memory", leave="f 1 64").code == 0
    assert checker.check("--fail-on", "leaks", leave="f 1 64").code == OWN_FAILURE


def test_a_baseline_accepts_what_is_there_and_no_more(checker: Checker) -> None:
    written = checker.check("--write-baseline", "b.json", leave="forward 2 4096 back 1 64")
    assert written.code == 0
    assert written.verdict == "passed; 2 places accepted from now on, written to 'b.json'"

    same = checker.check("--baseline", "b.json", leave="forward 2 4096 back 1 64")
    assert (same.code, same.verdict) == (0, "passed; 2 places accepted by the baseline")
    assert checker.check("--baseline", "b.json", leave="forward 1 4096 back 1 64").code == 0
    on_a_mesh = checker.check("--baseline", "b.json", leave="forward 2 4096 back 1 64", chips=4)
    assert on_a_mesh.code == 0, "the same on each chip"

    more = checker.check("--baseline", "b.json", leave="forward 3 4096 back 1 64")
    assert more.code == FAILED
    assert "  1 buffer and 4096 B more than the baseline accepts: 2, 8192 B" in more.stderr
    assert "accepted by the baseline: 1 place" in more.stderr
    larger = checker.check("--baseline", "b.json", leave="forward 2 5000 back 1 64")
    assert "  1808 B more than the baseline accepts: 2, 8192 B" in larger.stderr
    other = checker.check("--baseline", "b.json", leave="forward 2 4096 elsewhere 1 64")
    assert "  not in the baseline" in other.stderr


def test_what_the_baseline_has_and_the_run_has_not_is_told(checker: Checker) -> None:
    checker.check("--write-baseline", "b.json", leave="forward 2 4096 back 1 64")
    checked = checker.check("--baseline", "b.json", leave="forward 2 4096")

    assert checked.code == 0
    assert checked.stderr.splitlines()[1:] == [
        "no longer there; remove from 'b.json', or write it anew:",
        "  left-at-exit: user, buffer in dram, ttnn.add at model.py in back",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "the baseline 'b.json' cannot be read: No such file"),
        ("", "the baseline 'b.json' is empty"),
        ('{"baseline": 1, "accepted": [', "is cut: its JSON has no end"),
        ('{"baseline": 99}', "is a baseline of format 99; this release knows format 1"),
        ('{"schema": 1, "findings": []}', "is JSON, but no baseline of plimsoll check"),
        ('{"baseline": 1, "accepted": [{}]}', "element 1 of its list 'accepted' lacks a field"),
    ],
)
def test_a_baseline_that_is_none_stops_before_the_command(
    checker: Checker, text: str | None, said: str
) -> None:
    if text is not None:
        (checker.folder / "b.json").write_text(text)
    checked = checker.check("--baseline", "b.json")

    assert checked.code == OWN_FAILURE
    assert checked.stdout == "", "the command has run"
    assert said in checked.stderr
    assert "  expected: " in checked.stderr
    assert "  to do: " in checked.stderr


@pytest.mark.parametrize("option", ["--report", "--junit", "--sarif", "--write-baseline"])
def test_a_file_that_cannot_be_written_stops_before_the_command(
    checker: Checker, option: str
) -> None:
    checked = checker.check(option, "nowhere/file")

    assert checked.code == OWN_FAILURE
    assert checked.stdout == "", "the command has run"
    assert f"the file 'nowhere/file' of {option} cannot be written" in checked.stderr


def test_the_report_goes_to_its_file_alone(checker: Checker) -> None:
    checked = checker.check("--report", "r.json", "--report-format", "json", leave="forward 2 4096")

    report = json.loads((checker.folder / "r.json").read_text())
    assert [finding["code"] for finding in report["findings"]] == ["left-at-exit"]
    assert len(checked.stderr.splitlines()) == 3


def test_the_report_may_be_a_page(checker: Checker) -> None:
    page = checker.folder / "report.html"
    checked = checker.check("--report", page, "--report-format", "html", leave="forward 1 64")

    assert checked.code == FAILED
    assert page.read_text().startswith("<!doctype html>")


def test_a_limit_is_for_the_peak_of_each_device(checker: Checker) -> None:
    assert checker.check("--limit", "dram=8K", "--fail-on", "info", chips=2).code == 0
    passes = ["--fail-on", "info", "--limit"]
    assert checker.check(*passes, "dram=8K", chips=2, leave="forward 2 4096").code == 0
    checked = checker.check(*passes, "dram=8191,l1=1K", chips=2, leave="forward 2 4096")

    assert checked.code == FAILED
    assert checked.verdict == "FAILED, 1 limit"
    assert (
        "  the peak of dram on device 0, 8192 B, is 1 B above the limit of 8191 B"
        in checked.stderr.splitlines()
    )
    bad = checker.check("--limit", "dram=lots")
    assert (bad.code, bad.stdout) == (OWN_FAILURE, "")
    assert "'lots' is no size" in bad.stderr


def test_all_processes_of_the_command_are_checked(checker: Checker) -> None:
    one = f"{checker.leaves} 1 0 forward 1 64"
    checked = checker.raw("--", "sh", "-c", f"{one}; {one}; {checker.leaves} 1 0 back 1 32")

    assert checked.code == FAILED
    assert checked.verdict == "FAILED, 2 places"
    assert "2 buffers in DRAM, 128 B" in checked.stderr


def test_junit_has_a_case_for_each_code_and_limit(checker: Checker) -> None:
    checker.check("--junit", "j.xml", "--limit", "dram=1K", leave="forward 2 4096", code=1)

    suites = ElementTree.parse(checker.folder / "j.xml").getroot()
    [suite] = suites
    cases = {case.attrib["name"]: [child.tag for child in case] for case in suite}
    failed = {name for name, children in cases.items() if "failure" in children}
    assert failed == {"the command ends with exit code 0", "left-at-exit", "peak of dram"}
    assert suite.attrib["tests"] == suites.attrib["tests"] == str(len(cases)) == "13"
    assert suite.attrib["failures"] == "3"
    [text] = [c[0].text for c in suite if c.attrib["name"] == "left-at-exit"]
    assert text == "2 buffers in DRAM, 8192 B: owner user, ttnn.add at model.py:12 in forward\n"


def assert_sarif(sarif: Json) -> None:
    """What the schema of SARIF 2.1.0 asks of the parts that are written here."""
    assert sarif["version"] == "2.1.0"
    for run in sarif["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"] == "plimsoll"
        assert all(base["uri"].endswith("/") for base in run["originalUriBaseIds"].values())
        for result in run["results"]:
            rule = driver["rules"][result["ruleIndex"]]
            assert rule["id"] == result["ruleId"]
            assert rule["help"]["text"]
            assert result["message"]["text"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert result.get("baselineState", "new") in ("new", "unchanged", "updated", "absent")
            assert result["locations"], "GitHub refuses a result without one"
            for location in result["locations"]:
                physical = location["physicalLocation"]
                assert physical["artifactLocation"]["uri"]
                assert physical.get("region", {"startLine": 1})["startLine"] >= 1


def test_sarif_has_the_line_of_each_place(checker: Checker) -> None:
    checker.check("--write-baseline", "b.json", leave="back 1 64")
    options = ["--sarif", "s.json", "--baseline", "b.json", "--limit", "dram=1K"]
    checker.check(*options, leave="forward 2 4096 back 1 64")

    sarif = json.loads((checker.folder / "s.json").read_text())
    assert_sarif(sarif)
    [run] = sarif["runs"]
    root = run["originalUriBaseIds"]["SRCROOT"]["uri"]
    assert root == f"file://{checker.folder}/"
    forward, back, limit = run["results"]
    place = forward["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "model.py", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 12},
    }
    assert (forward["ruleId"], forward["baselineState"]) == ("left-at-exit", "new")
    assert back["suppressions"][0]["status"] == "accepted"
    assert limit["ruleId"] == "peak-above-limit"
    assert limit["locations"] == forward["locations"]


def test_on_github_each_failure_is_an_annotation_of_its_line(checker: Checker) -> None:
    checked = checker.check(leave="forward 2 4096", GITHUB_ACTIONS="true")

    assert checked.stderr.splitlines()[-1] == (
        "::error file=model.py,line=12,title=plimsoll%3A left-at-exit::"
        "2 buffers in DRAM, 8192 B: owner user, ttnn.add at model.py:12 in forward"
    )
    assert "::error" not in checker.check(leave="forward 2 4096").stderr


def test_a_leak_of_the_real_runtime_fails_on_a_mock_machine(leaves: Path, tmp_path: Path) -> None:
    checker = Checker(leaves, tmp_path)
    runner = Runner(plimsoll_binary(), ttnn_python("0.81.1"), tmp_path)
    quiet = {"TT_LOGGER_LEVEL": "fatal", "LOGURU_LEVEL": "ERROR", "PYTHONDONTWRITEBYTECODE": "1"}

    def check(*options: str) -> Checked:
        return checker.raw(*options, "--", *runner.program("kept_in_list.py"), **quiet)

    leaking = check("--machine", "n150", "--limit", "l1_per_core=1M")
    assert leaking.code == FAILED
    assert "error  buffer-outlives-device   10 buffers in DRAM, 20.0 MiB" in leaking.stderr
    assert "  owner user, ttnn.add at kept_in_list.py:10 in <module>" in leaking.stderr

    assert check("--machine", "n150", "--write-baseline", "b.json").code == 0
    accepted = check("--machine", "t3k", "--baseline", "b.json")
    assert accepted.code == 0, accepted.stderr
