"""docs/performance.md: the tables as they were printed, and plots of how things grow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from table import Table

DOCS = Path(__file__).resolve().parent.parent / "docs"

HEAD = """# Performance

`make bench` measures what follows beside what others take for the same, in one run, on your
machine; this page is what it printed on one. Absolute times are that machine's; the ratios are what
counts. Where a bar is not met, the reason stands below its table.

"""

Points = list[tuple[float, float]]


def plot(name: str, title: str, across: str, up: str, lines: dict[str, Points]) -> str:
    """Draws with logarithmic axes, so that what grows in proportion is a line of slope one."""
    commands = [
        "set terminal svg size 640,400 font 'sans,13' background '#ffffff'",
        f"set output '{DOCS / name}'",
        "set logscale xy",
        "set key left top",
        "set grid",
        f"set title '{title}'",
        f"set xlabel '{across}'",
        f"set ylabel '{up}'",
        "set format x '%.0f'",
        "set format y '%.0f'",
        "plot " + ", ".join(f"'-' with linespoints lw 2 title '{line}'" for line in lines),
    ]
    for points in lines.values():
        commands += [f"{x} {y}" for x, y in points] + ["e"]
    try:
        subprocess.run(["gnuplot"], input="\n".join(commands), text=True, check=True)
    except FileNotFoundError:
        sys.exit(
            "bench: --page draws with gnuplot, which is not installed: apt install gnuplot-nox"
        )
    return f"![{title}]({name})\n\n"


def series(rows: list[dict[str, Any]], x: str, y: str) -> Points:
    return [(row[x], row[y]) for row in rows]


def plots_of(table: Table) -> str:
    rows = table.figures
    if table.title.startswith("Events into the ledger"):
        across = table.columns[0]
        lines = {"into the ledger": series(rows, across, "median_ns")}
        lines["copied only"] = series(rows, across, "copy_ns")
        what = "live allocations" if across == "live" else "chips"
        name = f"performance-events-by-{across}.svg"
        return plot(name, f"An event, by {what}", what, "ns", lines)
    if table.title == "A look from outside":
        lines = {}
        for allocations in sorted({row["allocations"] for row in rows}):
            some = [row for row in rows if row["allocations"] == allocations]
            lines[f"plimsoll ps, {allocations:,} buffers each"] = series(
                some, "processes", "plimsoll ps"
            )
        lines["ps aux"] = series(some, "processes", "ps aux")
        return plot("performance-ps.svg", "A look, by processes", "processes", "ms", lines)
    return ""


def section(table: Table) -> str:
    lines = [f"## {table.title}\n", table.explanation + "\n"]
    lines.append("| " + " | ".join(table.columns) + " |")
    lines.append("|---|" + "---:|" * (len(table.columns) - 1))
    lines += ["| " + " | ".join(row) + " |" for row in table.rows]
    text = "\n".join(lines) + "\n\n"
    for bar in table.bars:
        text += (
            f"* {'Met' if bar.is_met else '**Not met**'}: {bar.promise}. Measured: {bar.measured}."
        )
        text += f" {bar.reason}\n" if not bar.is_met and bar.reason else "\n"
    return text + ("\n" if table.bars else "") + plots_of(table)


def write(machine: str, tables: list[Table]) -> None:
    text = HEAD + f"Measured with: {machine}.\n\n" + "".join(section(table) for table in tables)
    (DOCS / "performance.md").write_text(text.rstrip() + "\n")
