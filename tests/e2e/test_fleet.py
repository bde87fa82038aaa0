"""`plimsoll fleet` against servers that are no monitoring system, or refuse; the real ones are in
test_metrics.py."""

from __future__ import annotations

import contextlib
import http.server
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

EMPTY = b'{"status":"success","data":{"resultType":"vector","result":[]}}'


@contextlib.contextmanager
def answering(status: int, body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that gives one answer to everything; its URL, and the tokens it saw."""
    tokens = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tokens.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", tokens
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fleet(plimsoll: Path, *words: str) -> subprocess.CompletedProcess:
    command = [plimsoll, "fleet", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_monitor_that_knows_no_host_says_so(plimsoll: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("secret\n")
    with answering(200, EMPTY) as (url, tokens):
        shown = fleet(plimsoll, "--url", url, "--token-file", str(token))
    assert shown.stdout == "plimsoll: no host is known there that runs plimsolld --http\n"
    assert set(tokens) == {"Bearer secret"}


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (200, b"<html>", "its answer is none of Prometheus' API"),
        (502, b"", "its answer is none of Prometheus' API (HTTP 502)"),
        (401, EMPTY, "it answers with HTTP 401"),
        (422, b'{"status":"error","error":"too slow"}', "it says: too slow (HTTP 422)"),
        (200, b"x" * (17 << 20), "the answer is larger than 16 MiB"),
    ],
    ids=["html", "proxy", "unauthorized", "refused", "large"],
)
def test_anything_else_is_named(plimsoll: Path, status: int, body: bytes, why: str) -> None:
    with answering(status, body) as (url, _):
        shown = fleet(plimsoll, "--url", url)
    assert shown.returncode == 125
    assert f"'{url}' cannot be asked: {why}" in shown.stderr
    assert "expected:" in shown.stderr
    assert "to do:" in shown.stderr


@pytest.mark.parametrize("url", ["file:///etc/passwd", "127.0.0.1:1", "http://127.0.0.1:1"])
def test_an_address_where_nothing_answers_is_named(plimsoll: Path, url: str) -> None:
    shown = fleet(plimsoll, "--url", url)
    assert (shown.returncode, shown.stdout) == (125, "")
    assert f"'{url}' cannot be asked: " in shown.stderr


def test_a_token_that_is_not_there_is_named(plimsoll: Path, tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    shown = fleet(plimsoll, "--url", "http://127.0.0.1:1", "--token-file", missing)
    assert shown.returncode == 125
    assert f"there is no token in '{missing}'" in shown.stderr
