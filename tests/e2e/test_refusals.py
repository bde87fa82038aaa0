"""What the runtime refused: who held the memory, why there was no room, and what would make some."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from native_programs import library
from running import Ended, Json, Runner, finding, findings, without_log

OUT_OF_MEMORY = re.compile(
    r"allocate (?P<bytes>\d+) B (?P<region>\w+) buffer across (?P<banks>\d+) banks, where each "
    r"bank needs to store (?P<bytes_per_bank>\d+) B, but bank size is (?P<bank_bytes>\d+) B "
    r"\(allocated: (?P<allocated>\d+) B, free: (?P<free>\d+) B, "
    r"largest free block: (?P<largest_free>\d+) B\)"
)
CLASH = re.compile(
    r"L1 buffer allocated at (?P<lowest_address>\d+) and static \w+ buffer region ends at "
    r"(?P<region_end>\d+)"
)


def numbers(words: str, pattern: re.Pattern[str] = OUT_OF_MEMORY) -> Json:
    said = pattern.search(words)
    assert said, words
    return {name: int(text) for name, text in said.groupdict().items() if text.isdigit()}


def figures(found: Json) -> Json:
    """Those of the finding that the runtime's words have too."""
    request = {name: found["request"][name] for name in ("bytes", "banks", "bytes_per_bank")}
    allocator = ("bank_bytes", "allocated", "free", "largest_free")
    return request | {name: found["allocator"][name] for name in allocator}


def run(runner: Runner, *case: object, machine: str = "n150") -> Ended:
    return runner.run(runner.program("refusals.py", *case), machine=machine)


def test_verdicts_of_a_program_that_survives(runner: Runner) -> None:
    ended = runner.run(runner.program("refused.py"))
    words = [line for line in without_log(ended.stdout) if "Out of Memory" in line]
    found = findings(ended.report, "out-of-memory")

    assert ended.code == 0
    assert [each["verdict"] for each in found] == ["exhausted", "larger_than_bank", "fragmented"]
    assert [figures(each) for each in found] == [numbers(line) for line in words]
    assert {each["severity"] for each in found} == {"warning"}
    assert {each["count"] for each in found} == {1}
    assert {each["holders_coverage"] for each in found} == {"exact"}
    assert {each["devices"][0] for each in found} == {0}


def test_what_would_have_made_it_fit(runner: Runner) -> None:
    ended = runner.run(runner.program("refused.py"))
    exhausted, larger, fragmented = findings(ended.report, "out-of-memory")

    assert exhausted["remedy"]["way"] == "free"
    assert exhausted["remedy"]["count"] == 1
    [holder] = exhausted["remedy"]["holders"]
    assert holder["call_sites"][1].endswith(" in out_of_l1")
    assert larger["remedy"]["way"] == "split"
    assert larger["remedy"]["parts"] == 2
    assert fragmented["allocator"]["holes"] == 6
    assert fragmented["remedy"]["count"] == 1
    assert fragmented["remedy"]["room"] >= fragmented["request"]["bytes_per_bank"]
    [holder] = fragmented["holders"]
    assert holder["count"] == 5
    assert holder["bytes_per_bank"] == fragmented["allocator"]["allocated"]


def test_a_clash_names_both_owners(runner: Runner) -> None:
    ended = runner.run(runner.program("refused.py"))
    [words] = [line for line in without_log(ended.stdout) if "clash with L1" in line]
    found = finding(ended.report, "circular-buffer-clash")
    said = numbers(words, CLASH)

    assert found["request"]["region_end"] == said["region_end"]
    assert found["request"]["lowest_address"] == said["lowest_address"]
    assert found["missing_bytes_per_bank"] == said["region_end"] - said["lowest_address"]
    assert found["request"]["program"]["label"].startswith("softmax")
    assert found["request"]["op"] == "ttnn.softmax"
    [holder] = found["remedy"]["holders"]
    assert holder["address"] == said["lowest_address"]
    for asker in (found["request"], holder):
        assert any(place.endswith(" in clash") for place in asker["call_sites"])
    reached = -(-found["missing_bytes_per_bank"] // 65536)
    assert found["remedy"]["count"] == min(reached, 20)


def test_a_program_larger_than_a_core_is_not_helped_by_frees(runner: Runner) -> None:
    ended = runner.run(runner.program("refused.py", "whole"))
    [found] = [
        each
        for each in findings(ended.report, "circular-buffer-clash")
        if each["verdict"] == "beyond_memory"
    ]

    assert found["remedy"]["way"] == "none"
    assert found["missing_bytes_per_bank"] == found["request"]["region_end"] - 1499136
    assert found["request"]["op"] == "ttnn.matmul"


def test_the_op_that_was_refused_its_output_is_named(runner: Runner) -> None:
    ended = run(runner, "in_an_op")
    found = finding(ended.report, "out-of-memory")

    assert figures(found) == numbers(ended.last_json()["error"])
    assert found["request"]["op"] == "ttnn.add"
    assert found["holders"][0]["count"] == 21
    assert "ttnn.add at refusals.py" in found["title"]


def test_a_refusal_that_ends_the_program_is_what_one_reads_first(runner: Runner) -> None:
    ended = runner.raw(runner.program("refusals.py", "uncaught"))
    lines = ended.stderr.splitlines()
    report = lines[next(i for i, line in enumerate(lines) if line.startswith("plimsoll:")) :]

    assert ended.code == 1
    assert report[0].startswith("plimsoll: 1 allocation was refused; ")
    first = next(line for line in report if line.startswith(("error", "warning", "info")))
    assert first.startswith("error  out-of-memory")


def test_the_first_allocation_of_all_may_be_the_refused_one(runner: Runner) -> None:
    found = finding(run(runner, "first_of_all").report, "out-of-memory")

    assert found["devices"] == [0]
    assert found["verdict"] == "larger_than_bank"
    assert found["holders"] == []
    assert found["holders_coverage"] == "exact"


def test_every_thread_is_seen(runner: Runner) -> None:
    ended = run(runner, "in_threads")
    found = findings(ended.report, "out-of-memory")

    asked = sorted(numbers(each["error"])["bytes"] for each in ended.all_json())
    assert len(asked) == 4
    assert sum(each["count"] for each in found) == 4
    assert {each["request"]["bytes"] for each in found} <= set(asked)


def test_a_loop_that_tries_again_is_one_finding(runner: Runner) -> None:
    ended = run(runner, "again_and_again")
    found = finding(ended.report, "out-of-memory")

    assert found["count"] == len(ended.all_json()) == 100
    assert found["holders_coverage"] == "exact"
    assert "refused 100 times" in found["title"]


def test_more_refusals_than_are_listed_are_counted(runner: Runner) -> None:
    ended = run(runner, "more_than_rows")
    [process] = ended.report["processes"]

    assert len(ended.all_json()) == 260
    assert process["refused_allocations"] == 260
    assert sum(each["count"] for each in findings(ended.report, "out-of-memory")) == 256


def test_the_same_words_thrown_anew_are_no_other_refusal(runner: Runner, tmp_path: Path) -> None:
    ended = run(runner, "thrown_anew", library(tmp_path, "throws.cpp"))
    [process] = ended.report["processes"]

    assert len(ended.all_json()) == 1
    assert process["refused_allocations"] == 1


def test_a_refusal_outlives_its_process(runner: Runner) -> None:
    ended = run(runner, "killed")
    found = finding(ended.report, "out-of-memory")

    assert ended.code == 137
    assert found["severity"] == "error"
    assert found["holders"][0]["count"] == 1
    assert findings(ended.report, "process-died-holding")


def test_a_refusal_on_a_mesh_is_one_and_names_its_chips(runner: Runner) -> None:
    ended = run(runner, "on_a_mesh", machine="t3k")
    found = finding(ended.report, "out-of-memory")

    assert found["count"] == len(ended.all_json()) == 1
    assert found["devices"] == list(range(8))
    assert figures(found) == numbers(ended.last_json()["error"])
    assert found["bytes"] == 8 * found["request"]["bytes"]


def test_a_region_of_the_programs_own_is_told_with_its_size(runner: Runner) -> None:
    ended = run(runner, "in_a_small_region")
    if not ended.all_json():
        pytest.fail("the convolution found room without a region of its own")
    found = finding(ended.report, "out-of-memory")

    assert found["verdict"] == "region_too_small"
    assert found["request"]["region"] == "l1_small"
    assert found["remedy"]["setting"] == "l1_small_size"
    assert found["remedy"]["setting_bytes"] >= found["request"]["bytes_per_bank"]
