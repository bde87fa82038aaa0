"""/metrics, and what Prometheus and VictoriaMetrics make of it: the figures, the rules, the alerts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import monitoring
import pytest
from monitoring import SHIPPED, Monitor, WithHttp, promtool, samples
from running import REPOSITORY, Json, Runner, ttnn_python
from test_ps import ask, holding
from test_server import start

CURRENT = "0.81.1"
GOLDEN = REPOSITORY / "tests" / "golden"
OPEN_METRICS = "application/openmetrics-text;version=1.0.0"


@pytest.fixture(scope="module")
def current(plimsoll: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(plimsoll, ttnn_python(CURRENT), tmp_path_factory.mktemp("metrics"))


@pytest.fixture
def served(plimsoll: Path, tmp_path: Path) -> Iterator[WithHttp]:
    served = WithHttp(plimsoll.parent / "plimsolld", tmp_path / "served")
    yield served
    served.end()


def figures(processes: list[Json]) -> dict[str, int]:
    """What chips hold and can give, summed by the test itself: by chip, region and measure."""
    sums: dict[str, int] = {}
    for process in processes:
        for device in process["devices"]:
            for region in device["live"]:
                where = f"{device['device']} {region}"
                key = f"{where} live"
                sums[key] = sums.get(key, 0) + device["live"][region]
                sums[f"{where} capacity"] = device["capacity"][region]
    return sums


def shown(series: list[tuple[Json, int]]) -> dict[str, int]:
    """The same, of series that are named plimsoll_memory_live_bytes or ..._capacity_bytes."""
    return {
        f"{labels['device']} {labels['region']} {labels['__name__'].split('_')[2]}": value
        for labels, value in series
    }


def in_exposition(text: str) -> dict[str, int]:
    series = []
    for name, value in samples(text).items():
        if name.startswith(("plimsoll_memory_live_bytes", "plimsoll_memory_capacity_bytes")):
            words = name.replace("{", '",').rstrip("}").split('",')
            pairs = (word.replace('"', "").split("=") for word in words[1:])
            series.append(({"__name__": words[0], **dict(pairs)}, value))
    return shown(series)


def in_monitor(monitor: Monitor) -> dict[str, int]:
    found = monitor.query('{__name__=~"plimsoll_memory_(live|capacity)_bytes"}')
    return shown([(one["metric"], int(one["value"][1])) for one in found])


def test_figures_are_the_same_to_the_byte_wherever_they_are_shown(
    current: Runner, served: WithHttp, tmp_path: Path
) -> None:
    with holding(start(current, served.server, "t3k", "holds.py", 2, 4)) as [holder]:
        processes = json.loads(ask(current, "ps", "--json").stdout)["processes"]
        expected = figures([p for p in processes if p["pid"] == holder.told["pid"]])
        dram, l1 = (holder.told["allocated"][region] for region in ("dram", "l1"))
        assert expected["0 dram live"] == dram > 0
        assert expected["7 l1 live"] == l1 > 0
        assert in_exposition(served.metrics()) == expected
        assert in_exposition(served.metrics(accept=OPEN_METRICS)) == expected
        targets = [served.target]
        for make in (monitoring.prometheus, monitoring.victoria_metrics):
            monitor = make(tmp_path / make.__name__, targets, served.token_file)
            try:
                monitor.wait_for("plimsoll_memory_live_bytes", 16)
                assert in_monitor(monitor) == expected, make.__name__
            finally:
                monitor.end()


def test_series_of_what_is_gone_are_gone(current: Runner, served: WithHttp) -> None:
    holder = start(current, served.server, "n150", "holds.py", 1, 1)
    assert "plimsoll_memory_live_bytes" in served.metrics("?scraper=a")
    holder.kill()
    served.server.wait_for(r"died, holding 6 allocations$")
    text = served.metrics("?scraper=a")
    assert "plimsoll_memory_live_bytes" not in text
    assert samples(text)['plimsoll_ended_findings_total{code="process-died-holding"}'] == 1


def test_the_golden_exposition_is_clean_for_promtool() -> None:
    checked = promtool("check", "metrics", text=(GOLDEN / "metrics.txt").read_text())
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    bad = promtool("check", "metrics", text="# TYPE a counter\na 1\n")
    assert bad.returncode != 0


def test_the_shipped_configuration_and_rules_are_clean_for_promtool(tmp_path: Path) -> None:
    for words in (
        ("check", "rules", SHIPPED / "plimsoll-rules.yml"),
        ("test", "rules", SHIPPED / "rules_test.yml"),
        ("check", "config", "--syntax-only", SHIPPED / "prometheus.yml"),
    ):
        checked = promtool(*words)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    # The tests of the rules would notice a rule that is wrong.
    rules = (SHIPPED / "plimsoll-rules.yml").read_text()
    (tmp_path / "rules_test.yml").write_text((SHIPPED / "rules_test.yml").read_text())
    for right, wrong in (
        ("> 0.95", "> 0.93"),
        ("> 0.97", "> 0.995"),
        ("offset 20m > plimsoll", "offset 10m > plimsoll"),
        ("for: 10m\n        labels:\n          severity: info", "labels:\n          severity: none"),
        ("process-died-holding", "process-died"),
        ("== 0", "== 1"),
        ("plimsoll_memory_banks", "1"),
    ):
        assert right in rules, right
        (tmp_path / "plimsoll-rules.yml").write_text(rules.replace(right, wrong))
        assert promtool("test", "rules", tmp_path / "rules_test.yml").returncode != 0, right
