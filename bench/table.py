"""What the benchmarks print: tables, and whether what was measured keeps within its bar."""

from __future__ import annotations

import statistics
import textwrap
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Spread:
    """A median, and from where to where the middle half reaches."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(values: list[float]) -> Spread:
        if len(values) == 1:
            return Spread(values[0], values[0], values[0])
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return Spread(median, low, high)

    def text(self, digits: int = 0, sign: str = "") -> str:
        shown = (f"{value:{sign}.{digits}f}" for value in (self.median, self.low, self.high))
        return "{} ({}..{})".format(*shown)


@dataclass(frozen=True)
class Bar:
    """What is promised, what was measured, and why it is so where it is not kept."""

    promise: str
    measured: str
    is_met: bool
    reason: str = ""

    def text(self) -> str:
        verdict = "met" if self.is_met else "NOT met"
        return f"  {verdict:<8} {self.promise}: {self.measured}"


@dataclass(frozen=True)
class Table:
    """One claim: a heading, what stands in the cells, and the rows, the first cell a name."""

    title: str
    explanation: str
    columns: list[str]
    rows: list[list[str]]
    bars: list[Bar] = field(default_factory=list)
    figures: Any = None  # what the cells were made of, for --json and for plots

    def text(self) -> str:
        lines = [self.columns, *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.columns))]
        out = ["", self.title, *textwrap.wrap(self.explanation, 100), ""]
        for line in lines:
            cells = [line[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
            out.append("  ".join(cells).rstrip())
        return "\n".join(out)

    def json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "columns": self.columns,
            "rows": self.rows,
            "bars": [vars(bar) for bar in self.bars],
            "figures": self.figures,
        }
