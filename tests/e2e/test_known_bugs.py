"""Memory bugs that users of TT-NN met, made again on the real runtime: what must be said of each."""

from __future__ import annotations

from running import Json, Runner, codes, finding, findings


def report(runner: Runner, name: str) -> Json:
    ended = runner.run(runner.program("known_bugs.py", name), "--verify")
    assert ended.code == 0, ended.stderr
    assert ended.report["totals"]["active_allocations"] == 0
    assert "ledger-differs-from-allocator" not in codes(ended.report)
    return ended.report


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
