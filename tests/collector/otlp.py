"""A receiver of OTLP by HTTP, in JSON, on loopback."""

from __future__ import annotations

import contextlib
import http.server
import json
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from running import Json
from serving import PATIENCE_S

CUMULATIVE = 2
NO_RECORDED_VALUE = 1  # the flag of a series that has ended


@dataclass(frozen=True)
class Point:
    """One figure of an export, and all that is said with it."""

    metric: str
    unit: str
    instrument: str
    resource: dict[str, str]
    attributes: dict[str, str]
    value: float | None
    has_ended: bool


def _words(attributes: list[Json]) -> dict[str, str]:
    return {one["key"]: one["value"]["stringValue"] for one in attributes}


def _instrument(metric: Json) -> str:
    if "sum" not in metric:
        [kind] = {"gauge", "histogram", "summary", "exponentialHistogram"} & set(metric)
        return kind
    total = metric["sum"]
    assert total["aggregationTemporality"] == CUMULATIVE
    return "Counter" if total.get("isMonotonic") else "UpDownCounter"


def _value(point: Json) -> float | None:
    value = point.get("asDouble", point.get("asInt"))
    return None if value is None else float(value)


def points(export: Json) -> list[Point]:
    return [
        Point(
            metric["name"],
            metric.get("unit", ""),
            _instrument(metric),
            _words(resource["resource"]["attributes"]),
            _words(point.get("attributes", [])),
            _value(point),
            bool(point.get("flags", 0) & NO_RECORDED_VALUE),
        )
        for resource in export["resourceMetrics"]
        for scope in resource["scopeMetrics"]
        for metric in scope["metrics"]
        for point in metric.get("sum", metric.get("gauge", {})).get("dataPoints", [])
    ]


class Receiver:
    def __init__(self, url: str, exports: queue.Queue) -> None:
        self.url, self._exports = url, exports

    def next(self) -> list[Point]:
        return points(self._exports.get(timeout=PATIENCE_S))


@contextlib.contextmanager
def receiver() -> Iterator[Receiver]:
    exports: queue.Queue = queue.Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/metrics"
            exports.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Receiver(f"http://127.0.0.1:{server.server_port}", exports)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
