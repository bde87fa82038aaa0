"""/metrics, and what Prometheus and VictoriaMetrics make of it: the figures, the rules, the alerts."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import monitoring
import pytest
from monitoring import SHIPPED, Monitor, WithHttp, alone, promtool, samples
from running import REPOSITORY, Json, Runner, ttnn_python
from test_ps import ask, holding
from test_server import start

CURRENT = "0.81.1"
GOLDEN = REPOSITORY / "tests" / "golden"
OPEN_METRICS = "application/openmetrics-text;version=1.0.0"


@pytest.fixture(scope="module")
def current(plimsoll: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(plimsoll, ttnn_python(CURRENT), tmp_path_factory.mktemp("metrics"))


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


def in_monitor(monitor: Monitor, instance: str) -> dict[str, int]:
    found = monitor.query(f'{{__name__=~"plimsoll_memory_(live|capacity)_bytes",{instance}}}')
    return shown([(one["metric"], int(one["value"][1])) for one in found])


@dataclass(frozen=True)
class Fleet:
    """Three servers, and two monitors that scrape all of them. Only the last one sees who was killed,
    and whatever else runs on this machine."""

    servers: list[WithHttp]
    prometheus: Monitor
    victoria_metrics: Monitor

    @property
    def monitors(self) -> tuple[Monitor, Monitor]:
        return self.prometheus, self.victoria_metrics

    def firing(self, server: WithHttp) -> set[str]:
        """Alerts of a server, as of an evaluation that began after now."""
        self.prometheus.wait_for_rules()
        alerts = self.prometheus.query(f'ALERTS{{instance="{server.target}"}}')
        return {one["metric"]["alertname"] for one in alerts}


@pytest.fixture(scope="module")
def fleet(plimsoll: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with contextlib.ExitStack() as stack:
        folder = tmp_path_factory.mktemp("fleet")
        token = folder / "token"
        servers = []
        daemon = plimsoll.parent / "plimsolld"
        for name in ("a", "b", "sees all"):
            place = folder / name.replace(" ", "-")
            place.mkdir()
            program = daemon if name == "sees all" else alone(daemon, place)
            servers.append(WithHttp(program, place, token, "--metrics-processes"))
            stack.callback(servers[-1].end)
        targets = [server.target for server in servers]
        monitors = []
        for make in (monitoring.prometheus, monitoring.victoria_metrics):
            monitors.append(make(folder / make.__name__, targets, token))
            stack.callback(monitors[-1].end)
        for monitor in monitors:
            monitor.wait_for("plimsoll_processes", len(servers))
        yield Fleet(servers, *monitors)


def test_figures_are_the_same_to_the_byte_wherever_they_are_shown(
    current: Runner, fleet: Fleet
) -> None:
    server = fleet.servers[0]
    with holding(start(current, server.server, "t3k", "holds.py", 2, 4)) as [holder]:
        processes = json.loads(ask(current, "ps", "--json").stdout)["processes"]
        expected = figures([p for p in processes if p["pid"] == holder.told["pid"]])
        dram, l1 = (holder.told["allocated"][region] for region in ("dram", "l1"))
        assert expected["0 dram live"] == dram > 0
        assert expected["7 l1 live"] == l1 > 0
        assert figures(json.loads(server.get("/api/ps"))["processes"]) == expected
        page = json.loads(server.get("/api/report"))["report"]
        assert figures([page]) == expected
        assert in_exposition(server.metrics("?scraper=a")) == expected
        assert in_exposition(server.metrics("?scraper=a", accept=OPEN_METRICS)) == expected
        its = f'instance="{server.target}"'
        for monitor in fleet.monitors:
            monitor.wait_for(f"plimsoll_memory_live_bytes{{{its}}}", 16)
            assert in_monitor(monitor, its) == expected
            [peak] = monitor.query(f'plimsoll_memory_peak_bytes{{{its},device="0",region="dram"}}')
            assert int(peak["value"][1]) >= dram
        holder.end()


def test_a_clean_run_fires_no_alert_and_a_planted_leak_does(current: Runner, fleet: Fleet) -> None:
    def run(way: str, server: WithHttp, end: str) -> set[str]:
        where = f'plimsoll_ended_processes_total{{instance="{server.target}",end="{end}"}}'
        before = int(fleet.prometheus.query(where)[0]["value"][1])
        words = ("--no-agent", "--machine", "n150", "--", *current.program("iterates.py", way, 12))
        socket = str(server.server.socket)
        environment = {"LD_PRELOAD": str(current.agent), "PLIMSOLL_SOCKET": socket}
        subprocess.run(
            [current.plimsoll, "run", *words],
            env=current.environment(environment),
            cwd=current.folder,
            capture_output=True,
            timeout=120,
            check=False,
        )
        fleet.prometheus.wait_for(f"{where} > {before}")
        return fleet.firing(server)

    [quiet, _, seeing] = fleet.servers
    assert run("nothing", quiet, "empty") == set()
    planted = {"PlimsollProcessDiedHolding", "PlimsollGrowsPerIteration"}
    assert run("killed", seeing, "holding") >= planted
    assert fleet.firing(quiet) == set()


def test_plimsoll_fleet_tells_what_the_monitors_know(current: Runner, fleet: Fleet) -> None:
    server = fleet.servers[1]
    with holding(start(current, server.server, "t3k", "holds.py", 2, 4)) as [holder]:
        dram = holder.told["allocated"]["dram"]
        pid = str(holder.told["pid"])
        for monitor in fleet.monitors:
            monitor.wait_for(f'plimsoll_device_open{{instance="{server.target}"}} == 1', 8)
            words = ("fleet", "--url", monitor.url, "--top", 1000, "--json")
            told = json.loads(ask(current, *words).stdout)
            assert (told["hosts"], told["silent_hosts"]) == (3, [])
            live = {
                chip["device"]: chip["live"]
                for chip in told["fullest_chips"]
                if (chip["host"], chip["region"]) == (server.target, "dram")
            }
            assert live == {str(device): dram for device in range(8)}
            there = (server.target, pid)
            [process] = [
                one for one in told["largest_processes"] if (one["host"], one["pid"]) == there
            ]
            l1 = holder.told["allocated"]["l1"]
            assert process["live"] == 8 * (dram + l1)
            text = ask(current, "fleet", "--url", monitor.url, "--top", 3)
            assert text.stdout.startswith("plimsoll: 3 hosts with ")
            assert max(map(len, text.stdout.splitlines())) <= 100
        holder.end()


def queries_of_dashboard() -> list[str]:
    dashboard = json.loads((REPOSITORY / "packaging/grafana/plimsoll-dashboard.json").read_text())
    return [
        target["expr"].replace("$instance", ".*")
        for panel in dashboard["panels"]
        for target in panel["targets"]
    ]


def test_every_rule_and_every_query_of_the_dashboard_is_evaluated(fleet: Fleet) -> None:
    fleet.prometheus.wait_for_rules()
    groups = fleet.prometheus.ask("/api/v1/rules")["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert len(rules) > 12
    assert {(rule["health"], rule.get("lastError")) for rule in rules} == {("ok", None)}
    for monitor in fleet.monitors:
        for query in (*queries_of_dashboard(), *(rule["query"] for rule in rules)):
            monitor.query(query)


def test_every_metric_that_is_named_somewhere_exists() -> None:
    rules = (SHIPPED / "plimsoll-rules.yml").read_text()
    there = set(re.findall(r"^(\w+)[{ ]", (GOLDEN / "metrics.txt").read_text(), re.MULTILINE))
    there |= set(re.findall(r"record: (\S+)", rules)) | {"plimsoll_pod_live_bytes"}
    name = re.compile(r"\b(?:plimsoll|process)[_:][a-z0-9_:]+\b")
    assert set(name.findall(" ".join([rules, *queries_of_dashboard()]))) - there == set()
    documented = set(name.findall((REPOSITORY / "docs/metrics.md").read_text()))
    assert documented == there


def test_series_of_what_is_gone_are_gone(current: Runner, fleet: Fleet) -> None:
    server = fleet.servers[0]
    holder = start(current, server.server, "n150", "holds.py", 1, 1)
    its = f'plimsoll_process_live_bytes{{pid="{holder.told["pid"]}"'
    assert its in server.metrics("?scraper=a")
    holder.end()
    server.server.wait_for(r"ended, holding nothing$")
    assert its not in server.metrics("?scraper=a")
    for monitor in fleet.monitors:
        monitor.wait_for(f"absent({its}}})")


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
        ("> 0.005", "> 0.5"),
        (
            "for: 10m\n        labels:\n          severity: info",
            "labels:\n          severity: none",
        ),
        ("process-died-holding", "process-died"),
        ("== 0", "== 1"),
        ("plimsoll_memory_banks", "1"),
    ):
        assert right in rules, right
        (tmp_path / "plimsoll-rules.yml").write_text(rules.replace(right, wrong))
        assert promtool("test", "rules", tmp_path / "rules_test.yml").returncode != 0, right


def test_the_manifest_for_kubernetes_keeps_to_its_schemas(tmp_path: Path) -> None:
    manifest = REPOSITORY / "packaging/kubernetes/plimsolld.yaml"

    def check(path: Path) -> int:
        tool = REPOSITORY / "tools/kubernetes-validate"
        done = subprocess.run([tool, path], capture_output=True, timeout=300, check=False)
        return done.returncode

    assert check(manifest) == 0
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(manifest.read_text().replace("hostPID", "hostPid"))
    assert check(wrong) != 0
