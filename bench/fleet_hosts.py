"""Plays many hosts for a monitoring system: each tells what a real server told of 32 chips, with its
own figures, which change as a program's do. Prints its port, and answers /HOST/metrics until killed.

usage: fleet_hosts.py EXPOSITION HOSTS
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from pathlib import Path

# Of a host at work every chip changes; the others hold what they hold.
AT_WORK = 0.5
LARGEST_STEP = 64 << 20


class Host:
    """What it says: the text of the exposition, but for the numbers."""

    def __init__(self, number: int, parts: list[str], values: list[int], moves: list[bool]) -> None:
        self.random = random.Random(number)
        self.parts, self.moves = parts, moves
        self.values = list(values)
        self.works = self.random.random() < AT_WORK

    def text(self) -> bytes:
        if self.works:
            for i, moves in enumerate(self.moves):
                if moves:
                    step = self.random.randrange(-LARGEST_STEP, LARGEST_STEP) // 4096 * 4096
                    self.values[i] = max(0, self.values[i] + step)
        numbers = map(str, self.values)
        return "".join(map("".join, zip(self.parts, [*numbers, ""]))).encode()


def hosts_of(exposition: str, count: int) -> list[Host]:
    pieces = re.split(r"(?m)(?<=[} ])(\d+)$", exposition)
    parts, values = pieces[::2], [int(value) for value in pieces[1::2]]
    moving = re.compile(r"(?m)^\w+_(?:live|peak|requested|free_block)_bytes\{[^\n]*\Z")
    moves = [bool(moving.search(part)) for part in parts[:-1]]
    return [Host(number, parts, values, moves) for number in range(count)]


async def serve(hosts: list[Host]) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                body = hosts[int(request.split(b"/")[1])].text()
                head = (
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n"
                )
                writer.write(head.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(hosts_of(Path(sys.argv[1]).read_text(), int(sys.argv[2]))))
