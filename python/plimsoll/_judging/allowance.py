"""What may stay on a device: by a test's marker, or by a file of exceptions that expire."""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from plimsoll._records import Allocation

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # pytest itself needs it there

FIELDS = ("test", "site", "op", "reason", "expires")
EXPECTED = """  expected: entries such as
    [[allow]]
    test = "tests/test_model.py::*"     # which tests; all when left out
    site = "cache.py:* in load"         # the line or a caller of it, as reports write them
    op = "ttnn.zeros"                   # one of site and op is enough
    reason = "the weights stay, #123"
    expires = 2031-12-31"""


class AllowanceError(Exception):
    """A file of allowances that cannot be used; the text is for its author."""


@dataclass(frozen=True)
class Allowance:
    """Patterns as of a shell; what is not given matches everything. A site is the line that
    allocated, or one of its callers."""

    test: str = "*"
    site: str = "*"
    op: str = "*"
    reason: str = ""

    def covers(self, nodeid: str, allocation: Allocation) -> bool:
        return (
            fnmatchcase(nodeid, self.test)
            and any(fnmatchcase(site, self.site) for site in map(str, allocation.frames or [""]))
            and fnmatchcase(allocation.op or "", self.op)
        )


def of_marker(pattern: str) -> list[Allowance]:
    """A pattern of the marker is that of a line, or of an op."""
    return [Allowance(site=pattern), Allowance(op=pattern)]


def read(path: Path, today: datetime.date) -> list[Allowance]:
    try:
        entries = tomllib.loads(path.read_text()).get("allow", [])
    except OSError as error:
        raise AllowanceError(
            f"cannot read {path}: {error.strerror}\n  to do: check --plimsoll-allow"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AllowanceError(f"{path} is not TOML: {error}\n{EXPECTED}") from error
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise AllowanceError(f"{path}: 'allow' is no list of tables\n{EXPECTED}")
    return [_allowance(path, number, each, today) for number, each in enumerate(entries, 1)]


def _allowance(path: Path, number: int, entry: dict[str, Any], today: datetime.date) -> Allowance:
    where = f"{path}, entry {number}"
    for name in entry:
        if name not in FIELDS:
            raise AllowanceError(f"{where}: no field '{name}'\n{EXPECTED}")
    if not {"site", "op"} & entry.keys() or not entry.get("reason"):
        raise AllowanceError(f"{where}: needs a site or an op, and a reason\n{EXPECTED}")
    expires = entry.get("expires")
    if not isinstance(expires, datetime.date) or isinstance(expires, datetime.datetime):
        raise AllowanceError(f"{where}: needs a date of expiry\n{EXPECTED}")
    if expires < today:
        raise AllowanceError(
            f"{where} expired on {expires}: {entry['reason']}\n"
            "  expected: entries that are still good\n"
            "  to do: mend what is left behind and take the entry out, or give it a later date"
        )
    texts = {name: entry[name] for name in FIELDS[:-1] if name in entry}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise AllowanceError(f"{where}: '{name}' is no text\n{EXPECTED}")
    return Allowance(**texts)
