"""Which of the agent's seams a release has: what `plimsoll doctor` says of it."""

from __future__ import annotations

import json
import subprocess

from running import plimsoll_binary, ttnn_python


def seams(release: str) -> dict[str, bool]:
    """Each function that the agent stands in front of, and whether the release has it."""
    command = [plimsoll_binary(), "doctor", "--machine", "n150", "--json", "--", ttnn_python(release)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    capabilities = json.loads(told.stdout)["capabilities"]
    functions = [function for each in capabilities for function in each["functions"]]
    found: dict[str, bool] = {}
    for function in functions:
        if function["role"] == "seam":  # two that differ in their arguments only have one name
            name = function["function"]
            found[name] = found.get(name, False) or function["found"]
    return found
