"""How fast the collector follows what processes tell, by what is live and by chips."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from running import plimsoll_binary
from table import Bar, Table

Row = dict[str, Any]


def measured(smoke: bool) -> dict[str, Any]:
    program = plimsoll_binary().parent / "collector_bench"
    size = ["1", "2000"] if smoke else []
    done = subprocess.run([program, *size], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"bench: {program.name} ended with {done.returncode}:\n{done.stderr}")
    return dict(json.loads(done.stdout))


def cells(row: Row, first: str) -> list[str]:
    ns, low, high = row["median_ns"], row["low_ns"], row["high_ns"]
    return [
        f"{row[first]:,}",
        f"{1e3 / ns:.1f}",
        f"{ns:.0f} ({low:.0f}..{high:.0f})",
        f"{row['copy_ns']:.1f}",
        f"{row['events'] - row['received']}",
    ]


def bar(rows: list[Row], live: int, millions: float) -> Bar:
    ns = next(row for row in rows if row["live"] == live)["median_ns"]
    return Bar(
        f"at least {millions:.0f} M events/s at {live:,} live",
        f"{1e3 / ns:.1f} M/s",
        ns <= 1e3 / millions,
        "An event changes some ten counters of its kind, its place, its device and its peaks; none "
        "of them takes more than a tenth of the time.",
    )


def asleep(row: Row) -> Table:
    lost = row["events"] - row["received"]
    return Table(
        "A collector that sleeps a millisecond at a time",
        "A thread tells a million events a second into a ring of the usual length.",
        ["events", "received", "lost", "of a core, collecting"],
        [[f"{row['events']:,}", f"{row['received']:,}", f"{lost}", f"{row['of_a_core']:.0%}"]],
        [
            Bar(
                "nothing lost at 1 M events/s",
                f"{lost} lost",
                lost == 0,
                "The ring holds 16 ms of it: a collector that gets no processor for so long loses "
                "history, and counts it.",
            )
        ],
        row,
    )


def tables(smoke: bool) -> list[Table]:
    all_ = measured(smoke)
    explanation = (
        "One core, in the time that the thread has it: median of the rounds (middle half). Copied: "
        "the same events only read from the ring, which any reader has to do."
    )
    columns = ["M events/s", "ns per event", "copied, ns", "lost"]
    by_live, by_chips = all_["by_live"], all_["by_chips"]
    return [
        Table(
            "Events into the ledger, by what is live",
            explanation,
            ["live", *columns],
            [cells(row, "live") for row in by_live],
            [bar(by_live, 100_000, 10), bar(by_live, 1_000_000, 5)],
            by_live,
        ),
        Table(
            "Events into the ledger, by chips of the mesh",
            explanation,
            ["chips", *columns],
            [cells(row, "chips") for row in by_chips],
            figures=by_chips,
        ),
        asleep(all_["asleep"]),
    ]
