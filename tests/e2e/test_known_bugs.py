"""Memory bugs that users of TT-NN met, made again on the real runtime: what must be said of each."""

from __future__ import annotations

from running import Json, Runner, codes, finding, findings


def report(runner: Runner, name: str) -> Json:
    ended = runner.run(runner.program("known_bugs.py", name), "--verify")
    assert ended.code == 0, ended.stderr
    assert ended.report["totals"]["active_allocations"] == 0
    assert "ledger-differs-from-allocator" not in codes(ended.report)
    return ended.report


# By those who used an earlier tracker it was taken for a baseline of the system.
TENSORS_PER_CHIP = 14_680_064


def test_what_a_mesh_leaves_on_its_chips_has_names(runner: Runner) -> None:
    command = runner.program("known_bugs.py", "tensors_of_a_mesh")
    ended = runner.run(command, "--verify", machine="t3k")
    assert ended.code == 0, ended.stderr
    left = finding(ended.report, "buffer-outlives-device")
    assert (left["count"], left["bytes"]) == (6, 8 * TENSORS_PER_CHIP)
    assert len(left["devices"]) == 8
    lines = {row["call_site"] for row in left["allocations"]}
    assert all("in tensors_of_a_mesh" in line or "in on_mesh" in line for line in lines), lines
    others = codes(ended.report) - {
        "buffer-outlives-device",
        "program-cache-holds",
        "runtime-forgot-circular-buffers",
        "freed-after-device-close",
    }
    assert others == set()


def test_small_things_that_strand_memory_are_named(runner: Runner) -> None:
    refused = finding(report(runner, "markers_strand_memory"), "out-of-memory")
    assert refused["verdict"] == "fragmented"
    [holders] = refused["holders"]
    assert (holders["kind"], holders["count"]) == ("semaphore", 6)
    assert refused["remedy"]["count"] == 4


def test_semaphores_of_each_shape_are_blamed_for_what_a_later_layer_misses(runner: Runner) -> None:
    found = report(runner, "semaphores_per_shape")
    [growth] = [
        one for one in findings(found, "grows-per-iteration") if "semaphore" in one["title"]
    ]
    assert growth["title"].startswith("8 semaphores (")
    assert "in semaphore" in growth["title"]
    assert finding(found, "out-of-memory")["verdict"] == "exhausted"


def test_who_hoards_comes_before_who_is_refused(runner: Runner) -> None:
    refused = finding(report(runner, "hoarder_and_victim"), "out-of-memory")
    assert "ttnn.multiply" in refused["title"]
    assert refused["holders"][0]["count"] == 10
    assert refused["holders"][0]["op"] == "ttnn.add"


def test_an_error_that_the_program_hides_is_told_all_the_same(runner: Runner) -> None:
    refused = finding(report(runner, "hidden_behind_another_error"), "out-of-memory")
    assert refused["verdict"] == "exhausted"


def test_constants_of_each_model_grow_until_they_are_refused(runner: Runner) -> None:
    found = report(runner, "cache_of_models")
    growth = finding(found, "grows-per-iteration")
    assert growth["iterations"] >= 10
    assert finding(found, "out-of-memory")["holders"][0]["kind"] == "buffer"
