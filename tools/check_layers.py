#!/usr/bin/env python3
"""Compares the includes of all C and C++ files with tools/layers.ini: includes go downwards."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
ROOTS = ("src", "include", "")  # where the build looks for headers
SUFFIXES = (".h", ".hpp", ".c", ".cpp")


def read_table(path):
    parser = configparser.ConfigParser(delimiters=("=",))
    parser.optionxform = str
    parser.read_string(path.read_text())
    layers, only = ({k: v.split() for k, v in parser[s].items()} for s in ("layers", "only"))
    return layers, only


def within(path, places):
    return any(p == "*" or path == p or path.startswith(p + "/") for p in places)


def folder_of(path, layers):
    """The layer a file belongs to: the longest folder of the table that contains it."""
    return max((f for f in layers if within(path, [f])), key=len, default=None)


def cycles(layers):
    """Takes away folders that include nothing left; what stays goes in circles."""
    below = {f: {folder_of(p, layers) for p in may} - {f, None} for f, may in layers.items()}
    while free := [f for f, may in below.items() if not may]:
        below = {f: may - set(free) for f, may in below.items() if f not in free}
    return sorted(below)


def problems(root, files, layers, only):
    if not files:
        yield "no C or C++ file found"
    for circle in cycles(layers):
        yield f"layers.ini: {circle} includes itself by way of others"
    for may in layers.values():
        for place in may:
            if place != "*" and folder_of(place, layers) is None:
                yield f"layers.ini: '{place}' is in no folder of the table"
    for file in files:
        folder = folder_of(file, layers)
        if folder is None:
            yield f"{file}: its folder is not in layers.ini"
            continue
        for header in INCLUDE.findall((root / file).read_text(errors="replace")):
            if ".." in header.split("/"):
                yield f"{file}: '{header}' climbs; write it from src/ or from the repository"
                continue
            # A module's test keeps to its module's layers, but may use any library.
            free = file.endswith("_test.cpp") or "*" in layers[folder]
            if header in only and not free and not within(file, only[header]):
                yield f"{file}: only {' and '.join(only[header])} may include <{header}>"
            found = [f"{r}/{header}".lstrip("/") for r in ROOTS if (root / r / header).is_file()]
            if found and folder_of(found[0], layers) != folder:
                if not within(found[0], layers[folder]):
                    yield f"{file}: {folder} may not include {found[0]}"


def main(root):
    listed = subprocess.check_output(["git", "ls-files"], cwd=root, text=True)
    files = [f for f in listed.splitlines() if f.endswith(SUFFIXES) and (root / f).is_file()]
    found = list(problems(root, files, *read_table(root / "tools/layers.ini")))
    print(*(found or [f"layers: {len(files)} files keep to tools/layers.ini"]), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent))
