"""docs/releases.md, from what was found out."""

from __future__ import annotations

from collections.abc import Sequence

from trial import OP_LIST, PROGRAMS, Machine, Trial

KINDS = {
    "buffer": "buffers",
    "circular_buffer": "circular",
    "global_circular_buffer": "global circular",
    "dataflow_buffer": "dataflow",
}
HEAD = """# Releases

Written by `make releases`, which runs {programs} programs on every release of ttnn and every mock
machine below, and compares what Plimsoll counts with the runtime's own allocator at every allocation
and every free: {trials} runs, {comparisons} comparisons, worst difference {worst} bytes.
"""
OPS = """
## Ops

`tests/e2e/programs/op_list.py` runs {ops} different ops on a mesh of all chips. How many of them the
runtime itself runs on that machine without hardware; the others are [below](#refused). "-": the
release does not run there at all.
"""
KINDS_HEAD = """
## Kinds

What the same program allocates on n150, and how much of it the runtime itself reports freed. Up to
0.68 it never reports a circular buffer freed; dataflow buffers it reports in no release. Buffers that
it does not report freed are held by its program cache until the mesh is closed.
"""
SEAMS = """
## Seams

The functions of the runtime that the agent stands in front of. One that a release lacks is not needed
there, or `runtime.coverage` says what is not seen for want of it.
"""
REFUSED = """
## Refused

Ops that the runtime refuses on a machine, and machines that a release does not run on, in its own
words.
"""


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, *rows)]
    lines.insert(1, "|" + "---|" * len(head))
    return "\n" + "\n".join(lines) + "\n"


def ops_cell(trial: Trial) -> str:
    if trial.cannot_run:
        return "-"
    ran = trial.ops - len(trial.refusals)
    return f"{ran}" + ("" if not trial.wrong else f" ({'; '.join(trial.wrong)})")


def kinds_cell(trial: Trial, kind: str) -> str:
    found = trial.kinds.get(kind)
    return "" if found is None else f"{found['allocations']}, {found['reported_frees']} reported"


def ranges(names: Sequence[str], order: Sequence[str]) -> str:
    """Neighbours in `order` as first-last."""
    parts: list[list[str]] = []
    for name in order:
        if name not in names:
            parts.append([])
        elif parts and parts[-1]:
            parts[-1].append(name)
        else:
            parts.append([name])
    return ", ".join(p[0] if len(p) == 1 else f"{p[0]} to {p[-1]}" for p in parts if p)


def refused_rows(trials: Sequence[Trial], releases: Sequence[str]) -> list[tuple[str, ...]]:
    places: dict[tuple[str, str, str], set[str]] = {}
    for trial in trials:
        said = [(op, text) for op, text in trial.refusals]
        if trial.cannot_run and trial.program == OP_LIST.name:
            said.append(("all", trial.cannot_run))
        for op, text in said:
            short = text.split("/")[-1].replace("|", "\\|")[:110]
            places.setdefault((trial.machine, short, op), set()).add(trial.release)
    merged: dict[tuple[str, str, str], list[str]] = {}
    for (machine, text, op), where in places.items():
        merged.setdefault((machine, ranges(sorted(where), releases), text), []).append(op)
    return [(m, r, ", ".join(ops), f"`{text}`") for (m, r, text), ops in merged.items()]


def page(
    trials: Sequence[Trial],
    releases: Sequence[str],
    machines: Sequence[Machine],
    seams: Sequence[tuple[str, set[str]]],
) -> str:
    by = {(t.release, t.machine): t for t in trials if t.program == OP_LIST.name}
    names = [m.name for m in machines]
    text = HEAD.format(
        programs=len(PROGRAMS),
        trials=sum(not t.cannot_run for t in trials),
        comparisons=sum(t.comparisons for t in trials),
        worst=max(t.worst_difference for t in trials),
    )
    text += OPS.format(ops=max(t.ops for t in trials))
    text += table(("ttnn", *names), [(r, *(ops_cell(by[r, m]) for m in names)) for r in releases])
    text += KINDS_HEAD + table(
        ("ttnn", *KINDS.values()),
        [(r, *(kinds_cell(by[r, names[0]], kind) for kind in KINDS)) for r in releases],
    )
    rows = [(f"`{name}`", ranges([r for r in releases if r in has], releases)) for name, has in seams]
    text += SEAMS + table(("function", "there in"), rows)
    return text + REFUSED + table(
        ("machine", "ttnn", "ops", "what the runtime says"), refused_rows(trials, releases)
    )
