"""Runs the example tests of judged/ with pytest's plugin, and reads their verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from running import Ended, Runner, ttnn_python

EXAMPLES = Path(__file__).resolve().parent / "judged"
QUIET = {"TT_LOGGER_LEVEL": "fatal", "LOGURU_LEVEL": "ERROR"}


def pytest_python(release: str, python: str = "3.10") -> Path:
    """The interpreter of an environment with this release and pytest."""
    return ttnn_python(release, python, tool="pytest-venv")


@dataclass(frozen=True)
class Judged:
    """What pytest said of each test, by its name."""

    ended: Ended
    verdicts: dict[str, str]  # passed, failed, skipped or error
    texts: dict[str, str]  # of a failure or an error
    properties: dict[str, dict[str, str]]


def judged(
    runner: Runner, *arguments: str, scope: str = "module", judge: bool = True, **environment: str
) -> Judged:
    """`arguments` are pytest's; without any of them the tests run in order."""
    results = runner.folder / "results.xml"
    results.unlink(missing_ok=True)
    command = [
        *(str(runner.python), "-m", "pytest", "-p", "plimsoll.pytest_plugin"),
        *("-p", "no:cacheprovider", "--junitxml", str(results), "--rootdir", str(EXAMPLES)),
        *(["--plimsoll"] if judge else []),
        *(arguments or ("-p", "no:randomly")),
        *([] if any(each.endswith(".py") for each in arguments) else [str(EXAMPLES)]),
    ]
    ended = runner.run(command, "--quiet", DEVICE_SCOPE=scope, **QUIET, **environment)
    cases = ElementTree.parse(results).iter("testcase") if results.exists() else []
    judgement = Judged(ended, {}, {}, {})
    for case in cases:
        _read(case, judgement)
    return judgement


def _read(case: ElementTree.Element, into: Judged) -> None:
    name = case.attrib["name"]
    into.verdicts.setdefault(name, "passed")
    for element, verdict in (("failure", "failed"), ("error", "error"), ("skipped", "skipped")):
        found = case.find(element)
        if found is not None:
            into.verdicts[name] = verdict
            into.texts[name] = found.text or found.attrib.get("message", "")
    each = case.iter("property")
    into.properties[name] = {one.attrib["name"]: one.attrib["value"] for one in each}
