"""A real Prometheus and a real VictoriaMetrics in a test, on loopback and ports that are free."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from running import REPOSITORY, Json
from serving import PATIENCE_S, Server

SHIPPED = REPOSITORY / "packaging" / "prometheus"
LISTENING = "0A"


@functools.cache
def tools() -> Path:
    """The folder of prometheus, promtool and victoria-metrics; its absence is a failure."""
    made = subprocess.run(
        [REPOSITORY / "tools" / "prometheus"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return Path(made.stdout.strip())


def promtool(*arguments: object, text: str | None = None) -> subprocess.CompletedProcess:
    command = [tools() / "promtool", *map(str, arguments)]
    return subprocess.run(
        command, input=text, capture_output=True, text=True, timeout=60, check=False
    )


def alone(daemon: Path, folder: Path) -> Path:
    """The same daemon, in a namespace where it sees no processes but those that report to it: others
    that happen to run on this machine would count in its sums."""
    as_root = [] if os.getuid() == 0 else ["--user", "--map-root-user"]
    words = ["unshare", *as_root, "--pid", "--fork", "--kill-child", "--mount-proc", daemon]
    program = folder / "alone"
    program.write_text(f'#!/bin/sh\nexec {" ".join(map(str, words))} "$@"\n')
    program.chmod(0o755)
    return program


class WithHttp:
    """plimsolld with a port, and what it answers there."""

    def __init__(self, daemon: Path, folder: Path, token_file: Path, *options: str) -> None:
        self.token_file = token_file
        door = ("--http", "127.0.0.1:0", "--http-token-file", str(token_file))
        self.server = Server(daemon, folder / "socket", *door, *options)
        self.target = self.server.wait_for(r"^plimsolld: HTTP at http://([\d.:]+)/")[1]

    def metrics(self, query: str = "", accept: str = "*/*") -> str:
        return self.get(f"/metrics{query}", accept)

    def get(self, path: str, accept: str = "*/*") -> str:
        request = urllib.request.Request(
            f"http://{self.target}{path}",
            headers={
                "Authorization": f"Bearer {self.token_file.read_text().strip()}",
                "Accept": accept,
            },
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return answer.read().decode()

    def end(self) -> None:
        self.server.kill()


def samples(text: str) -> dict[str, int]:
    """Each series of an exposition, as it is written, and its value."""
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {series: int(value) for series, value in lines}


def scrape_config(targets: list[str], token_file: Path, rules: bool) -> str:
    """The shipped configuration, at the speed of a test."""
    text = (SHIPPED / "prometheus.yml").read_text()
    changes = {
        "interval: 15s": "interval: 1s",
        "/etc/prometheus/plimsoll.token": str(token_file),
        '["127.0.0.1:9464"]': json.dumps(targets),
        "- plimsoll-rules.yml": f"- {SHIPPED / 'plimsoll-rules.yml'}",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return (
        text if rules else re.sub(r"(?ms)^rule_files:.*?\n\n|^  evaluation_interval.*?\n", "", text)
    )


def port_of(pid: int) -> int | None:
    """Where a process listens on loopback, as the kernel knows it."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # it was closed meanwhile
            if found := re.fullmatch(r"socket:\[(\d+)\]", str(descriptor.readlink())):
                inodes.add(found[1])
    for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        if words[3] == LISTENING and words[9] in inodes:
            return int(words[1].split(":")[1], 16)
    return None


class Monitor:
    """One that scrapes, and answers queries."""

    def __init__(self, folder: Path, command: list[object]) -> None:
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                list(map(str, command)), stdout=log, stderr=log, cwd=folder
            )
        self.url = f"http://127.0.0.1:{self._wait(lambda: port_of(self.process.pid))}"
        self._wait(self._is_up)

    def _is_up(self) -> bool:
        try:
            self.query("1")
        except OSError:
            return False
        return True

    def _wait(self, ready: Any, patience_s: float = PATIENCE_S) -> Any:
        deadline = time.monotonic() + patience_s
        while not (value := ready()):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)
        return value

    def text(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=PATIENCE_S) as answer:
            return answer.read().decode()

    def ask(self, path: str, **fields: str) -> Any:
        return json.loads(self.text(f"{path}?{urllib.parse.urlencode(fields)}"))["data"]

    def query(self, query: str) -> list[Json]:
        data = self.ask("/api/v1/query", query=query)
        return data["result"] if data["resultType"] == "vector" else [data["result"]]

    def wait_for(self, query: str, count: int = 1, patience_s: float = PATIENCE_S) -> list[Json]:
        """Until so many series answer."""
        return self._wait(lambda: len(found := self.query(query)) >= count and found, patience_s)

    def wait_for_rules(self) -> None:
        """Until all have been evaluated with what is known now."""

        def times() -> list[str]:
            return [group["lastEvaluation"] for group in self.ask("/api/v1/rules")["groups"]]

        for _ in range(2):  # the first one may have begun before
            before = times()
            self._wait(lambda before=before: not set(times()) & set(before))

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=PATIENCE_S)


def prometheus(folder: Path, targets: list[str], token_file: Path) -> Monitor:
    folder.mkdir(parents=True)
    config = folder / "prometheus.yml"
    config.write_text(scrape_config(targets, token_file, rules=True))
    return Monitor(
        folder,
        [
            tools() / "prometheus",
            f"--config.file={config}",
            f"--storage.tsdb.path={folder / 'data'}",
            "--web.listen-address=127.0.0.1:0",
        ],
    )


def victoria_metrics(folder: Path, targets: list[str], token_file: Path) -> Monitor:
    folder.mkdir(parents=True)
    config = folder / "scrape.yml"
    config.write_text(scrape_config(targets, token_file, rules=False))
    return victoria_metrics_by(config, folder)


def victoria_metrics_by(config: Path, folder: Path) -> Monitor:
    return Monitor(
        folder,
        [
            tools() / "victoria-metrics",
            f"-promscrape.config={config}",
            f"-storageDataPath={folder / 'data'}",
            "-httpListenAddr=127.0.0.1:0",
            "-search.latencyOffset=0s",
        ],
    )
