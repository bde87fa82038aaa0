"""What an allocation is: semaphores and small tensors beside each other, in every region."""

from __future__ import annotations

from running import Runner, finding, occupied_by_region


def test_kinds_and_regions(runner: Runner) -> None:
    ended = runner.run(runner.program("kinds.py"), "--verify")
    report = ended.report
    left = finding(report, "process-died-holding")
    rows = left["allocations"]
    semaphores = [row for row in rows if row["kind"] == "semaphore"]

    assert ended.code == 137
    assert report["processes"][0]["health"]["verified"] > 0
    assert report["processes"][0]["health"]["verified_differing"] == 0
    assert [(row["region"], row["bytes"]) for row in semaphores] == [("l1", 64), ("l1_small", 256)]
    assert report["by_kind"]["semaphore"]["allocations"] == 3
    assert report["by_kind"]["semaphore"]["reported_frees"] == 1
    assert occupied_by_region(left) == ended.last_json()
