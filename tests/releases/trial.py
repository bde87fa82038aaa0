"""One program on one release and one machine, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from running import Ended, Json, Runner


@dataclass(frozen=True)
class Machine:
    name: str
    rows: int
    columns: int


@dataclass(frozen=True)
class Program:
    """`leaks`: the findings of severity error that it is there to make. Without arguments it is made
    for one chip as n150 has it, else for a mesh of all chips there are."""

    name: str
    arguments: tuple[str, ...] = ()
    leaks: frozenset[str] = frozenset()
    code: int = 0

    def suits(self, machine: Machine) -> bool:
        return bool(self.arguments) or machine.name == "n150"


MESH = ("{rows}", "{columns}")
DIES = {"leaks": frozenset({"process-died-holding"}), "code": 137}
OP_LIST = Program("op_list.py", MESH)
PROGRAMS = (
    OP_LIST,
    Program("mesh_ops.py", MESH),
    Program("stop_after_step.py", ("8", *MESH), **DIES),
    Program("four_threads.py", **DIES),
    Program("decoder.py"),
    Program("refused.py"),
    Program(
        "kept_in_list.py", leaks=frozenset({"buffer-outlives-device", "grows-per-iteration"})
    ),
)


@dataclass(frozen=True)
class Trial:
    release: str
    machine: str
    program: str
    cannot_run: str = ""  # why the runtime itself did not get as far as a device
    wrong: tuple[str, ...] = ()
    kinds: Json = field(default_factory=dict)
    comparisons: int = 0
    worst_difference: int = 0
    refusals: tuple[tuple[str, str], ...] = ()  # op, what the runtime said
    ops: int = 0


def last_words(ended: Ended) -> str:
    lines = [line.strip() for line in ended.output[1] if line.strip()]
    told = [line for line in lines if "Error" in line or "TT_FATAL" in line or "TT_THROW" in line]
    return (told or lines or ["no word"])[-1][:160]


def what_is_wrong(program: Program, ended: Ended) -> tuple[str, ...]:
    report = ended.report
    errors = {f["code"] for f in report["findings"] if f["severity"] == "error"}
    health = [process["health"] for process in report["processes"]]
    wrong = []
    if ended.code != program.code:
        wrong.append(f"ended with {ended.code}: {last_words(ended)}")
    if errors != program.leaks:
        wrong.append(f"error findings {sorted(errors)}, expected {sorted(program.leaks)}")
    if not sum(h["verified"] for h in health):
        wrong.append("nothing was compared with the allocator")
    if any(h["verified_differing"] for h in health):
        wrong.append(f"differs from the allocator by {worst(report)} bytes")
    if program.code == 0 and report["totals"]["active_allocations"]:
        wrong.append(f"{report['totals']['active_allocations']} allocations are still active")
    return tuple(wrong)


def worst(report: Json) -> int:
    return max((abs(p["health"]["worst_difference_bytes"]) for p in report["processes"]), default=0)


def run(runner: Runner, release: str, machine: Machine, program: Program) -> Trial:
    words = [a.format(rows=machine.rows, columns=machine.columns) for a in program.arguments]
    command = runner.program(program.name, *words)
    ended = runner.run(command, "--verify", machine=machine.name)
    report = ended.report if ended.report_text else {"processes": [], "devices": []}
    named = (release, machine.name, program.name)
    if not report["devices"]:
        return Trial(*named, cannot_run=last_words(ended))
    ops = [line for line in ended.all_json() if "op" in line]
    return Trial(
        *named,
        wrong=what_is_wrong(program, ended),
        kinds={k: v for k, v in report["by_kind"].items() if v["allocations"]},
        comparisons=sum(p["health"]["verified"] for p in report["processes"]),
        worst_difference=worst(report),
        refusals=tuple((op["op"], op["error"]) for op in ops if op["error"]),
        ops=len(ops),
    )
