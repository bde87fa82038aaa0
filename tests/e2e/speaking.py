"""HTTP to plimsolld, as curl and browsers speak it."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from running import Json
from serving import PATIENCE_S, Server


class Page:
    """What is at the address that a server printed."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self.host, self.port, self.token = host, port, token

    @classmethod
    def of(cls, server: Server) -> Page:
        found = server.wait_for(r"^plimsolld: HTTP at http://(\S+):(\d+)/, with the token in (.*)$")
        return cls(found[1], int(found[2]), Path(found[3]).read_text().strip())

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """With the token, unless another Authorization is given."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_S)
        shown = {"Authorization": f"Bearer {self.token}", **headers}
        connection.request("GET", path, headers=shown)
        return connection.getresponse()

    def text(self, path: str) -> str:
        answer = self.ask(path)
        body = answer.read().decode()
        assert answer.status == 200, body
        return body

    def json(self, path: str) -> Json:
        return json.loads(self.text(path))


def next_revision(answer: http.client.HTTPResponse) -> str:
    """The next one that the stream tells of."""
    assert answer.getheader("Content-Type") == "text/event-stream"
    while True:
        if found := re.fullmatch(rb"data: (\S+)\n", answer.readline()):
            return found[1].decode()


def silent_connections(page: Page, count: int) -> list[socket.socket]:
    """They send half a request and nothing more."""
    sockets = []
    for _ in range(count):
        one = socket.create_connection((page.host, page.port), timeout=PATIENCE_S)
        one.setblocking(False)
        one.send(b"GET / HTTP/1.1\r\nHost: ")
        sockets.append(one)
    return sockets


@contextmanager
def serving(plimsoll: Path, file: Path) -> Iterator[Page]:
    """The page that `plimsoll serve` makes of a file, until the end of the block."""
    server = subprocess.Popen([plimsoll, "serve", file], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.fullmatch(
            r"plimsoll: the report is at http://(127\.0\.0\.1):(\d+)/#token=(\w+)\n", line
        )
        assert found, line
        yield Page(found[1], int(found[2]), found[3])
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=PATIENCE_S) == 0
