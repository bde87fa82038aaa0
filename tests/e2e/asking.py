"""A client of the server's protocol that is not Plimsoll's own: docs/protocol.md, written down again
in another language."""

from __future__ import annotations

import json
import socket
import struct
from pathlib import Path

from running import Json

PATIENCE_S = 30


class Asker:
    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.connect(str(path))  # without a time limit it waits while many do
        self.socket.settimeout(PATIENCE_S)
        self.bytes = b""
        self.descriptors: list[int] = []

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, request: Json) -> None:
        text = json.dumps(request).encode()
        self.socket.send(struct.pack("<I", len(text)) + text)

    def _fill(self, length: int) -> bytes:
        while len(self.bytes) < length:
            more, descriptors, _, _ = socket.recv_fds(self.socket, 1 << 16, 2)
            assert more, "the server has closed the connection"
            self.bytes += more
            self.descriptors += descriptors
        taken, self.bytes = self.bytes[:length], self.bytes[length:]
        return taken

    def hear(self) -> Json:
        [length] = struct.unpack("<I", self._fill(4))
        return json.loads(self._fill(length))

    def ask(self, request: str, **fields: object) -> Json:
        self.send({"request": request, **fields})
        return self.hear()

    def body(self, request: str, **fields: object) -> Json:
        answer = self.ask(request, **fields)
        assert answer["answer"] == request, answer
        return answer["body"]

    def error(self, request: str, **fields: object) -> str:
        answer = self.ask(request, **fields)
        assert answer["answer"] == "error", answer
        return answer["body"]["code"]
