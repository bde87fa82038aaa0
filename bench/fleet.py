"""What a fleet costs its monitor: 1000 hosts of 32 chips, scraped into one VictoriaMetrics; and what
/metrics costs a server that watches many allocations.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitoring import Monitor, WithHttp, alone, samples, victoria_metrics_by
from ps import compiled
from running import REPOSITORY, plimsoll_binary
from server import cpu_s, wait_for_events
from synthetic import Synthetic, synthetic_program
from table import Bar, Table

BENCH = Path(__file__).resolve().parent
CHIPS = 32
INTERVAL_S = 15


def daemon(folder: Path) -> WithHttp:
    return WithHttp(alone(plimsoll_binary().parent / "plimsolld", folder), folder, folder / "token")


def exposition_of_one_host(folder: Path) -> str:
    """Of a real server that watches a process on all chips."""
    served = daemon(folder)
    process = Synthetic(synthetic_program(folder), 1, CHIPS, served.server.socket)
    try:
        process.work(20000)
        process.tell()
        served.metrics()
        return served.metrics()
    finally:
        process.kill()
        served.end()


@contextmanager
def hosts(folder: Path, count: int, interval_s: int) -> Iterator[Path]:
    """As many as that, and a configuration that scrapes them."""
    exposition = folder / "exposition"
    exposition.write_text(exposition_of_one_host(folder))
    process = subprocess.Popen(
        [sys.executable, BENCH / "fleet_hosts.py", exposition, str(count)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    target = f"127.0.0.1:{int(process.stdout.readline())}"
    job = {
        "job_name": "plimsoll",
        "scrape_interval": f"{interval_s}s",
        "static_configs": [
            {
                "targets": [target],
                "labels": {"__metrics_path__": f"/{i}/metrics", "instance": f"host-{i:04}"},
            }
            for i in range(count)
        ],
    }
    config = folder / "scrape.yml"
    config.write_text(json.dumps({"scrape_configs": [job]}))  # JSON is YAML
    try:
        yield config
    finally:
        process.kill()
        process.wait()


def median_ms(monitor: Monitor, query: str, times: int) -> float:
    def once() -> float:
        began = time.monotonic()
        monitor.query(query)
        return 1000 * (time.monotonic() - began)

    return statistics.median(once() for _ in range(times))


def own_figures(monitor: Monitor) -> dict[str, float]:
    """What VictoriaMetrics tells of itself, by name, summed over all else."""
    sums: dict[str, float] = {}
    for line in monitor.text("/metrics").splitlines():
        series, value = line.rsplit(" ", 1)
        if 'type="indexdb' in series:
            series = series.replace("vm_", "index_", 1)
        name = series.split("{")[0]
        sums[name] = sums.get(name, 0) + float(value)
    return sums


def dashboard_queries() -> list[str]:
    dashboard = json.loads((REPOSITORY / "packaging/grafana/plimsoll-dashboard.json").read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    return [query.replace("$instance", ".*") for query in queries]


def fleet_s(monitor: Monitor) -> float:
    began = time.monotonic()
    subprocess.run(
        [plimsoll_binary(), "fleet", "--url", monitor.url], stdout=subprocess.DEVNULL, check=True
    )
    return time.monotonic() - began


def of_fleet(folder: Path, count: int, interval_s: int, scrapes: int) -> Table:
    with hosts(folder, count, interval_s) as config:
        monitor = victoria_metrics_by(config, folder)
        try:
            monitor.wait_for(f"count(plimsoll_build_info) == {count}", patience_s=120)
            began, cpu_before = time.monotonic(), cpu_s(monitor.process.pid)
            time.sleep(interval_s * scrapes)
            cpu = (cpu_s(monitor.process.pid) - cpu_before) / (time.monotonic() - began)
            [series] = monitor.query('sum(scrape_samples_scraped{job="plimsoll"})')
            [per_host] = monitor.query('max(scrape_samples_scraped{job="plimsoll"})')
            queries = [median_ms(monitor, query, 5) for query in dashboard_queries()]
            fleet = statistics.median(fleet_s(monitor) for _ in range(5))
            monitor.text("/internal/force_flush")
            own = own_figures(monitor)
        finally:
            monitor.end()
    bytes_per_sample = own["vm_data_size_bytes"] / own["vm_rows"]
    per_chip = int(per_host["value"][1]) / CHIPS
    figures = {
        "hosts x chips": f"{count} x {CHIPS}",
        "series": series["value"][1],
        "series per chip": f"{per_chip:.1f}",
        "samples kept": f"{own['vm_rows']:.0f}",
        "bytes per sample": f"{bytes_per_sample:.2f}",
        "index, bytes per series": f"{own['index_data_size_bytes'] / int(series['value'][1]):.0f}",
        "memory of VictoriaMetrics": f"{own['process_resident_memory_bytes'] / 2**20:.0f} MiB",
        "its share of a core": f"{cpu:.2f}",
        "dashboard query, median": f"{statistics.median(queries):.0f} ms",
        "dashboard query, slowest": f"{max(queries):.0f} ms",
        "plimsoll fleet": f"{fleet:.2f} s",
    }
    return Table(
        "A fleet in one VictoriaMetrics",
        f"Scraped every {interval_s} s, {scrapes} times or more; half of the hosts are at work, "
        "where each chip's figures change between two scrapes.",
        ["", "measured"],
        [[name, value] for name, value in figures.items()],
        [
            Bar("at most 40 series per chip", f"{per_chip:.1f}", per_chip <= 40),
            Bar(
                "plimsoll fleet within 5 s",
                f"{fleet:.2f} s",
                fleet <= 5,
                "Most of it is the join of what chips hold with what they can give, over all of "
                "them, which the monitor does twice; it needs a core that is free.",
            ),
        ],
        figures,
    )


def of_server(folder: Path, program: Path, allocations: int) -> tuple[int, int, float]:
    """Series, bytes and milliseconds of an answer."""
    served = daemon(folder)
    ring = 1 << max(10, allocations.bit_length())
    holders = subprocess.Popen(
        [program, "1", str(allocations), str(ring)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PLIMSOLL_SOCKET": str(served.server.socket)},
    )
    assert holders.stdout is not None
    try:
        holders.stdout.read(1)
        wait_for_events(served.server.socket, 1, allocations)
        text = served.metrics()
        times = []
        for _ in range(5):
            began = time.monotonic()
            served.metrics()
            times.append(1000 * (time.monotonic() - began))
        return len(samples(text)), len(text), statistics.median(times)
    finally:
        holders.kill()
        holders.wait()
        served.end()


def of_servers(folder: Path, sizes: list[int]) -> Table:
    program = compiled(folder)
    measured = {}
    for size in sizes:
        place = folder / str(size)
        place.mkdir()
        measured[size] = of_server(place, program, size)
    series = {count for count, _, _ in measured.values()}
    return Table(
        "What /metrics costs the server",
        "One process that holds so many allocations.",
        ["live allocations", "series", "bytes", "ms per answer"],
        [[f"{n}", f"{s}", f"{b}", f"{ms:.1f}"] for n, (s, b, ms) in measured.items()],
        [Bar("as many series for all", f"{sorted(series)}", len(series) == 1)],
        {str(n): values for n, values in measured.items()},
    )


def tables(smoke: bool) -> list[Table]:
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        place = Path(folder)
        servers = of_servers(place, [1, 100] if smoke else [1, 1000, 100_000, 1_000_000])
        fleet = of_fleet(place, *((20, 1, 2) if smoke else (1000, INTERVAL_S, 20)))
        return [servers, fleet]
