from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from running import Runner, plimsoll_binary, ttnn_python  # noqa: E402
from serving import Server  # noqa: E402
from synthetic import synthetic_program  # noqa: E402

collect_ignore = ["judged"]  # examples, which need a release of ttnn: see test_judged.py

# The newest release that forgets its circular buffers was 0.69.0; the other one is current.
FORGETFUL, CURRENT = "0.66.0", "0.81.1"


@pytest.fixture(scope="session", params=[FORGETFUL, CURRENT])
def release(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def plimsoll() -> Path:
    return plimsoll_binary()


@pytest.fixture(scope="session")
def runner(plimsoll: Path, release: str, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(plimsoll, ttnn_python(release), tmp_path_factory.mktemp("ttnn-" + release))


@pytest.fixture(scope="session")
def any_runner(plimsoll: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """For what does not depend on the release of ttnn."""
    return Runner(plimsoll, Path(sys.executable), tmp_path_factory.mktemp("any"))


@pytest.fixture(scope="session")
def forgetful(release: str) -> bool:
    return release == FORGETFUL


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic process: see synthetic.py."""
    return synthetic_program(tmp_path_factory.mktemp("synthetic"))


@pytest.fixture
def server(plimsoll: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(plimsoll.parent / "plimsolld", tmp_path / "socket")
    yield server
    if server.process.poll() is None:
        server.kill()
