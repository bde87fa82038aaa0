"""Which function of the runtime asked for each allocation, and which line of a program in C++."""

from __future__ import annotations

from pathlib import Path

from native_programs import SOURCES, compiled
from running import Ended, Json, Runner, finding
from test_call_sites import PLANTED, lines_planted

# One function of each op that both releases have.
INSIDE = {
    "ttnn.add": "ttnn::prim::binary_ng",
    "ttnn.softmax": "ttnn::prim::softmax",
    "ttnn.clone": "ttnn::prim::clone",
}


def held(ended: Ended) -> list[Json]:
    return finding(ended.report, "process-died-holding")["allocations"]


def line_of(source: Path, text: str) -> int:
    [line] = [n for n, line in enumerate(source.read_text().splitlines(), 1) if text in line]
    return line


def test_the_runtimes_functions_stand_beside_the_line(runner: Runner) -> None:
    without = runner.run(runner.program("called_ops.py"))
    ended = runner.run(runner.program("called_ops.py"), "--call-sites", "native")

    assert (ended.code, ended.output[0]) == (without.code, without.output[0])
    said = [(row["kind"], row["op"], row["call_site"]) for row in held(ended)]
    assert said == [(row["kind"], row["op"], row["call_site"]) for row in held(without)]
    assert not any("inside" in row for row in held(without))
    for row in held(ended):
        assert all(place.startswith("_ttnn") or "::" in place for place in row["inside"])
        if row["op"] in INSIDE:
            assert any(place.endswith(INSIDE[row["op"]]) for place in row["inside"]), row
        if row["op"] == "ttnn.allocate_tensor_on_device":
            assert row["inside"][-1].endswith("::create_device_tensor")
    made = [row["inside"][0] for row in held(ended) if row["op"] == "ttnn.clone"]
    assert made[0].endswith("::CloneOperation::create_output_tensors")
    coverage = {each["what"]: each["state"] for each in ended.report["runtime"]["coverage"]}
    assert (coverage["call_site"], coverage["op"]) == ("exact", "at_least")


def test_no_line_of_python_is_crowded_out(runner: Runner) -> None:
    ended = runner.run(runner.program("planted.py"), "--call-sites", "native")
    rows = [row for row in held(ended) if row["kind"] == "buffer"]
    lines = [int(row["call_sites"][0].removeprefix(f"{PLANTED}:").split()[0]) for row in rows]

    assert sorted(lines) == sorted(lines_planted().values())
    assert all(row["inside"] for row in rows)


def test_the_text_names_the_function(runner: Runner) -> None:
    command = runner.program("called_ops.py")
    text = " ".join(runner.raw(command, "--call-sites", "native").stderr.split())

    assert (
        "ttnn.add at called_ops.py:15 in through_one_line < :20 in <module>, "
        "inside ttnn::prim::binary_ng"
    ) in text


def test_a_line_of_a_program_in_cpp(runner: Runner, tmp_path: Path) -> None:
    [runtime] = runner.python.parent.parent.glob("lib/python*/site-packages/ttnn/build/lib")
    host = compiled(tmp_path, "host.cpp", "-g")
    command = [str(host), str(runtime / "libtt_metal.so"), "keep", "kill"]
    venv = str(runner.python.parent.parent)
    [row] = held(runner.run(command, "--call-sites", "native", VIRTUAL_ENV=venv))

    source = SOURCES / "host.cpp"
    create_source = SOURCES / "runtime.hpp"
    create = line_of(create_source, "return find<Create>")
    keep = line_of(source, '"keep"')
    assert f"{create_source}:{create} in " in row["call_sites"][0]
    assert any(place.startswith(f"{source}:{keep} in main") for place in row["call_sites"])
    assert [place.split(" in ")[1] for place in row["inside"]] == [
        "tt::tt_metal::distributed::MeshBuffer::create"
    ]


def test_a_program_in_cpp_without_lines_has_functions(runner: Runner, tmp_path: Path) -> None:
    [runtime] = runner.python.parent.parent.glob("lib/python*/site-packages/ttnn/build/lib")
    host = compiled(tmp_path, "host.cpp")
    command = [str(host), str(runtime / "libtt_metal.so"), "keep", "kill"]
    venv = str(runner.python.parent.parent)
    [row] = held(runner.run(command, "--call-sites", "native", VIRTUAL_ENV=venv))

    assert row["call_site"] == "host in {anonymous}::create"
    assert f"{host} in main" in row["call_sites"]
