"""packaging/opentelemetry/collector.yml in a real collector: what it sends on, by the names of
OpenTelemetry's conventions. `make collector-check` builds it first."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from monitoring import WithHttp, alone, samples
from otlp import Point, Receiver, receiver
from running import REPOSITORY, plimsoll_binary
from serving import PATIENCE_S
from synthetic import Synthetic, synthetic_program

COLLECTOR = REPOSITORY / "build" / "collector"
SHIPPED = REPOSITORY / "packaging" / "opentelemetry" / "collector.yml"
NAMES = {
    "plimsoll_memory_live_bytes": "hw.gpu.memory.usage",
    "plimsoll_memory_capacity_bytes": "hw.gpu.memory.limit",
}
CHIPS = 2


def configuration(server: WithHttp, endpoint: str) -> str:
    """The shipped one, here and at the speed of a test, in JSON and without figures of its own."""
    text = SHIPPED.read_text()
    changes = {
        "interval: 15s": "interval: 1s",
        "/etc/otelcol/plimsoll.token": str(server.token_file),
        '["127.0.0.1:9464"]': json.dumps([server.target]),
        "http://127.0.0.1:4318": f"{endpoint}\n    encoding: json\n    compression: none",
        "service:\n": "service:\n  telemetry:\n    metrics:\n      level: none\n",
    }
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@contextlib.contextmanager
def collecting(folder: Path, server: WithHttp) -> Iterator[Receiver]:
    file, log = folder / "collector.yml", folder / "collector.log"
    with receiver() as received:
        file.write_text(configuration(server, received.url))
        with log.open("wb") as to:
            process = subprocess.Popen(
                [COLLECTOR, "--config", file],
                stdout=to,
                stderr=to,
                env={**os.environ, "HOSTNAME": "some-host"},
            )
        try:
            yield received
        finally:
            process.terminate()
            ended = process.wait(timeout=PATIENCE_S)
    said = log.read_text()
    assert ended == 0, said
    assert all("\tinfo\t" in line and "rewrite" not in line for line in said.splitlines()), said


@contextlib.contextmanager
def holding(folder: Path) -> Iterator[tuple[WithHttp, Synthetic]]:
    """A server that sees one process, which holds memory."""
    daemon = alone(plimsoll_binary().parent / "plimsolld", folder)
    server = WithHttp(daemon, folder, folder / "token")
    holder = Synthetic(synthetic_program(folder), 1, CHIPS, server.server.socket)
    try:
        holder.work(200)
        holder.tell()
        deadline = time.monotonic() + PATIENCE_S
        while not expected(server.metrics()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield server, holder
    finally:
        holder.kill()
        server.end()


def labels(series: str) -> dict[str, str]:
    return dict(pair.replace('"', "").split("=") for pair in series.split("{")[1][:-1].split(","))


def expected(exposition: str) -> dict[tuple[str, str, str], int]:
    """What must be sent, by the server's own words."""
    return {
        (NAMES[name], labels(series)["device"], labels(series)["region"]): value
        for series, value in samples(exposition).items()
        if (name := series.split("{")[0]) in NAMES
    }


def of_memory(sent: list[Point]) -> list[Point]:
    return [point for point in sent if point.metric.startswith("hw.")]


def by_place(sent: list[Point]) -> dict[tuple[str, str, str], float | None]:
    return {
        (point.metric, point.attributes["hw.id"], point.attributes["region"]): point.value
        for point in of_memory(sent)
    }


def test_figures_arrive_to_the_byte_by_the_names_of_the_conventions(tmp_path: Path) -> None:
    with holding(tmp_path) as (server, holder):
        told = holder.tell()
        told_by_server = expected(server.metrics())
        for chip, sums in told["devices"].items():
            for region, held in sums.items():
                assert told_by_server["hw.gpu.memory.usage", chip, region] == held
        with collecting(tmp_path, server) as received:
            sent = received.next()
        assert by_place(sent) == told_by_server
        assert len(of_memory(sent)) == len(told_by_server)
        for point in of_memory(sent):
            assert (point.unit, point.instrument) == ("By", "UpDownCounter")
            known = {"hw.type": "gpu", "hw.vendor": "Tenstorrent"}
            assert known.items() <= point.attributes.items()
            whose = {"host.name": "some-host", "service.name": "plimsoll"}
            assert whose.items() <= point.resource.items()
            assert point.resource["service.instance.id"] == server.target
        others = {point.metric for point in sent} - set(NAMES.values())
        assert "plimsoll_memory_peak_bytes" in others
        assert not others & set(NAMES)


def test_what_has_ended_is_sent_as_ended_and_never_as_nothing(tmp_path: Path) -> None:
    with holding(tmp_path) as (server, holder):
        series = set(expected(server.metrics()))
        with collecting(tmp_path, server) as received:
            assert set(by_place(received.next())) == series
            holder.kill()
            ended: set[tuple[str, str, str]] = set()
            while ended != series:
                sent = of_memory(received.next())
                ended |= set(by_place([point for point in sent if point.has_ended]))
                assert all(point.value is None for point in sent if point.has_ended)
            assert not of_memory(received.next())
