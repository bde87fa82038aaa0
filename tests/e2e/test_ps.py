"""`plimsoll ps`, `show` and `leaks`: running processes, looked at from outside, without a server."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from running import Json, Runner, codes

NOBODY = 65534


@dataclass
class Holder:
    """A program that holds memory until it is told to end."""

    process: subprocess.Popen
    told: Json

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(timeout=60) == 0

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):  # it may be gone already
            os.killpg(self.process.pid, signal.SIGKILL)
        assert self.process.stdout is not None
        self.process.stdout.read()  # ends when the program has
        self.process.wait(timeout=60)


def start(runner: Runner, machine: str, *words: object, before: tuple[str, ...] = ()) -> Holder:
    """Under `plimsoll run`, which collects; what looks from outside must not mind."""
    command = [*before, *runner.program("holds.py", *words)]
    return start_command(runner, runner.arguments(command, ("--quiet",), machine), {})


def start_command(runner: Runner, command: list[str], environment: dict[str, str]) -> Holder:
    runner.working_folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        command,
        cwd=runner.working_folder,
        env=runner.environment(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{"):
            return Holder(process, json.loads(line))
    process.wait(timeout=60)
    raise AssertionError(f"holds.py ended with {process.returncode}")


@contextlib.contextmanager
def holding(*starting: Holder) -> Iterator[list[Holder]]:
    try:
        yield list(starting)
    finally:
        for holder in starting:
            holder.kill()


def ask(runner: Runner, *words: object) -> subprocess.CompletedProcess:
    command = [runner.plimsoll, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def ask_as_another(runner: Runner, *words: object) -> subprocess.CompletedProcess:
    """As a user who is not root, with a copy of the program in a folder that everybody may enter."""
    if os.getuid() != 0:
        return ask(runner, *words)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        copy = shutil.copy(runner.plimsoll, folder)
        command = [copy, *map(str, words)]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=60, user=NOBODY, check=False
        )


def ps(runner: Runner, holders: list[Holder]) -> list[Json]:
    """Of the processes that are there, those of this test."""
    told = ask(runner, "ps", "--json")
    assert told.returncode == 0, told.stderr
    pids = {holder.told["pid"] for holder in holders}
    return [p for p in json.loads(told.stdout)["processes"] if own_pid(p) in pids]


def own_pid(process: Json) -> int:
    return process["namespace_pid"] or process["pid"]


def assert_as_the_process_knows(process: Json, told: Json) -> None:
    assert process["state"] == "running"
    assert sorted(d["device"] for d in process["devices"]) == sorted(told["devices"])
    for device in process["devices"]:
        assert device["live"]["dram"] == told["allocated"]["dram"]
        assert device["live"]["l1"] == told["allocated"]["l1"]
        assert device["peak"]["dram"] >= device["live"]["dram"]
        assert device["capacity"]["dram"] > device["peak"]["dram"]


@pytest.mark.parametrize("count", [2, 8])
def test_each_process_as_it_knows_itself(runner: Runner, count: int) -> None:
    places = [("t3k", 2, 4), ("n150", 1, 1)]
    started = [start(runner, *places[n % 2]) for n in range(count)]
    with holding(*started) as holders:
        processes = ps(runner, holders)
        told = {holder.told["pid"]: holder.told for holder in holders}
        assert {process["pid"] for process in processes} == told.keys()
        for process in processes:
            assert_as_the_process_knows(process, told[process["pid"]])
        holders[0].kill()
        assert {p["pid"] for p in ps(runner, holders)} == told.keys() - {holders[0].told["pid"]}
    assert ps(runner, started) == []


def test_the_table_fits_and_begins_with_what_is_held(runner: Runner) -> None:
    with holding(start(runner, "t3k", 2, 4)) as [holder]:
        lines = ask(runner, "ps").stdout.splitlines()
    assert re.match(r"plimsoll: \d+ process(es)? holds? .* of DRAM", lines[0])
    assert any(line.split()[:1] == [str(holder.told["pid"])] for line in lines)
    assert max(map(len, lines[1:])) <= 80


def test_watching_prints_again(runner: Runner) -> None:
    with holding(start(runner, "n150", 1, 1)) as [holder]:
        [process] = ps(runner, [holder])
        command = [runner.plimsoll, "show", str(process["pid"]), "--watch", "0.1"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watching:
            assert watching.stdout is not None
            heads = (line for line in watching.stdout if line.startswith("plimsoll: "))
            assert next(heads) == next(heads)
            holder.kill()
            assert watching.wait(timeout=60) == 125


def test_show_lists_all_of_one_process(runner: Runner) -> None:
    with holding(start(runner, "n150", 1, 1)) as [holder]:
        [process] = ps(runner, [holder])
        shown = json.loads(ask(runner, "show", process["pid"], "--json").stdout)
        text = ask(runner, "show", process["pid"], "--by", "kind").stdout
    sums = {"dram": 0, "l1": 0}
    for row in shown["allocations"]:
        sums[row["region"]] += row["occupied_bytes"]
        assert row["call_site"].startswith("tensors.py:")
        assert row["pid"] == process["pid"]
    assert sums == holder.told["allocated"]
    assert shown["allocations_count"] == len(shown["allocations"]) == 6
    assert "buffer" in text


def test_leaks_tells_what_outlived_its_device(runner: Runner) -> None:
    with holding(start(runner, "n150", 1, 1, "forget")) as [holder]:
        [process] = ps(runner, [holder])
        told = json.loads(ask(runner, "leaks", process["pid"], "--json").stdout)
        text = ask(runner, "leaks", process["pid"]).stdout
    assert codes(told) == {"buffer-outlives-device"}
    assert text.startswith("plimsoll: 1 finding in python")


def test_a_process_in_a_namespace_of_its_own_has_two_numbers(runner: Runner) -> None:
    as_root = () if os.getuid() == 0 else ("--user", "--map-root-user")
    inside = ("unshare", *as_root, "--pid", "--fork", "--kill-child")
    with holding(start(runner, "n150", 1, 1, before=inside)) as [holder]:
        [process] = ps(runner, [holder])
        assert_as_the_process_knows(process, holder.told)
    assert process["namespace_pid"] not in (None, process["pid"])


def test_who_may_not_look_into_a_process_sees_nothing_of_it(runner: Runner) -> None:
    """A process that lets nobody but root look into it, and one of another user when we are root."""
    words = () if os.getuid() == 0 else ("hide",)
    with holding(start(runner, "n150", 1, 1, *words)) as [holder]:
        theirs = ask_as_another(runner, "ps", "--json")
        shown = ask_as_another(runner, "show", holder.told["pid"])
    assert holder.told["pid"] not in {p["pid"] for p in json.loads(theirs.stdout)["processes"]}
    assert shown.returncode == 125
    assert "not yours to look into" in shown.stderr


def test_a_process_that_is_not_there(any_runner: Runner) -> None:
    told = ask(any_runner, "show", 1)
    assert told.returncode == 125
    assert "to do:" in told.stderr


def test_a_process_that_is_not_watched_is_a_row_of_unknowns(runner: Runner) -> None:
    command = runner.program("holds.py", 1, 1)
    with holding(
        start_command(runner, runner.arguments(command, ("--quiet", "--no-agent"), "n150"), {}),
        start(runner, "n150", 1, 1),
    ) as [unwatched, watched]:
        told = json.loads(ask(runner, "ps", "--json").stdout)
        pids = {process["pid"] for process in told["unwatched"]}
        assert unwatched.told["pid"] in pids and watched.told["pid"] not in pids
        [row] = [p for p in told["unwatched"] if p["pid"] == unwatched.told["pid"]]
        assert row["name"].startswith("python") and row["devices"] is None  # a mock has no file
        text = ask(runner, "ps").stdout
        line = rf"^ *{row['pid']} +.*python\S* +unknown +unknown +unknown$"
        assert re.search(line, text, re.MULTILINE), text
        assert re.search(r"; what \d+ others? holds? is unknown", " ".join(text.split())), text
        other = json.loads(ask(runner, "ps", "--json", "--user", "nobody-of-this-name").stdout)
        assert other["unwatched"] == []
