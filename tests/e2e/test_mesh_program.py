"""The program that Plimsoll was made for: a mesh, three ops, everything freed, the mesh closed."""

from __future__ import annotations

import pytest
from running import Ended, Runner, codes, finding

FORGOTTEN = "runtime-forgot-circular-buffers"
CIRCULAR_BUFFERS_OF_ADD = [(103552, 4096), (107648, 4096), (111744, 4096)]

# Of the ring of events: small, so that it is full long before memory is looked at.
RING_EVENTS = 64
# Of rows kept as evidence for findings; at most 1024 of each kind are.
ROW_BYTES = 128
PAGE_KIB = 4

REPEATS, SETTLED = 200, 100
# Over the second half; eight runs of one program differed by 170 among each other.
HEAP_NOISE_KIB = 256


@pytest.fixture(scope="module")
def ended(runner: Runner) -> Ended:
    return runner.run(runner.program("mesh_ops.py", 2, 4), "--verify", machine="t3k")


def test_a_mesh_program_that_frees_all_leaves_nothing(ended: Ended) -> None:
    totals = ended.report["totals"]

    assert ended.code == 0
    assert totals["active_allocations"] == 0
    assert totals["live_bytes"] == 0
    assert totals["allocations"] == totals["frees"] == 16
    assert len(ended.report["devices"]) == 8


def test_every_device_of_the_mesh_is_told_its_peak_and_no_rest(ended: Ended) -> None:
    devices = ended.report["devices"]

    assert [device["device"] for device in devices] == list(range(8))
    for device in devices:
        assert device["live"] == {"dram": 0, "l1": 0}
        assert device["peak"]["dram"] == 5 * 12 * 176128  # each tensor: 12 banks of 86 tiles
        assert device["state"] == "closed"


def test_circular_buffers_are_missed_only_in_the_release_that_forgets_them(
    ended: Ended, forgetful: bool
) -> None:
    expected = 11 if forgetful else 0

    assert ended.report["totals"]["reported_active_allocations"] == expected
    assert (FORGOTTEN in codes(ended.report)) is forgetful
    if forgetful:
        assert finding(ended.report, FORGOTTEN)["count"] == 11


def test_the_forgotten_circular_buffers_of_add_are_named(ended: Ended, forgetful: bool) -> None:
    if not forgetful:
        assert FORGOTTEN not in codes(ended.report)
        return
    rows = finding(ended.report, FORGOTTEN)["allocations"]
    of_add = [row for row in rows if row["bytes_per_bank"] == 4096 and row["address"] < 112000]

    assert sorted((row["address"], row["bytes_per_bank"]) for row in of_add) == (
        CIRCULAR_BUFFERS_OF_ADD
    )
    assert {row["program"]["id"] for row in of_add} == {of_add[0]["program"]["id"]}
    for row in of_add:
        assert row["kind"] == "circular_buffer"
        assert row["devices"] == list(range(8))
        assert row["reported_free"] is False


def test_the_kinds_of_a_release_are_counted_each(ended: Ended, forgetful: bool) -> None:
    counts = {kind: use["allocations"] for kind, use in ended.report["by_kind"].items()}

    if forgetful:
        assert counts == {"buffer": 5, "circular_buffer": 11}
    else:
        assert counts == {"buffer": 5, "circular_buffer": 3, "dataflow_buffer": 8}


def test_every_circular_buffer_was_reported_for_each_chip(ended: Ended) -> None:
    [of_kind] = [c for c in ended.report["runtime"]["coverage"] if c["what"] == "circular_buffer"]

    assert of_kind["state"] == "exact"


def test_the_devices_of_a_mesh_are_known_before_they_are_used(runner: Runner) -> None:
    ended = runner.run(runner.program("only_opens.py", 2, 4), machine="t3k")
    devices = ended.report["devices"]

    assert ended.report["totals"]["allocations"] == 0
    assert [device["device"] for device in devices] == list(range(8))
    assert {device["arch"] for device in devices} == {"wormhole_b0"}
    assert all(device["capacity"]["dram"] > 0 for device in devices)


def growth(ended: Ended) -> dict[str, int]:
    """Of resident memory over the second half of the repeats, in KiB."""
    early, late = ended.all_json()
    return {owner: late[owner] - early[owner] for owner in early if owner != "repeat"}


def test_two_hundred_meshes_in_one_process_leave_nothing_and_grow_nothing(runner: Runner) -> None:
    program = runner.program("mesh_ops.py", 2, 4, REPEATS, SETTLED, REPEATS)
    watched = runner.run(program, machine="t3k", PLIMSOLL_RING_CAPACITY=str(RING_EVENTS))
    alone = runner.run(program, "--no-agent", machine="t3k")
    report = watched.report
    evidence = sum(found["count"] for found in report["findings"]) * ROW_BYTES // 1024

    assert report["totals"]["active_allocations"] == 0
    assert report["totals"]["allocations"] == report["totals"]["frees"] == REPEATS * 16
    assert report["processes"][0]["health"]["table_overflows"] == 0
    # The segment grows by evidence alone.
    grown = growth(watched)
    assert grown["memfd:plimsoll"] <= evidence * (REPEATS - SETTLED) // REPEATS + PAGE_KIB
    # The agent touches its small tables at random places; all that a hundred repeats left are few.
    assert grown["libplimsoll-ttmetal"] <= 8 * PAGE_KIB
    # The runtime's heap grows by some KiB a repeat, with us and without, and not always by as many.
    assert grown["[heap]"] - growth(alone)["[heap]"] <= HEAP_NOISE_KIB


def test_the_same_run_twice_gives_the_same_report(runner: Runner, ended: Ended) -> None:
    again = runner.run(runner.program("mesh_ops.py", 2, 4), "--verify", machine="t3k")

    assert again.report["runtime"]["attached"] is True
    assert same_every_time(again.report) == same_every_time(ended.report)


PASSING = {"pid", "start_time", "elapsed_ns", "age_ns", "id"}


def same_every_time(value: object) -> object:
    """The report without times and ids."""
    if isinstance(value, dict):
        return {key: same_every_time(each) for key, each in value.items() if key not in PASSING}
    if isinstance(value, list):
        return [same_every_time(each) for each in value]
    return value
