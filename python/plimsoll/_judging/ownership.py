"""Which fixture made what: that of a module, class or session may keep it while it lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plimsoll._records import Allocation


@dataclass
class Keeper:
    """A fixture that lives longer than one test."""

    fixture: Any  # pytest's FixtureDef
    begin: int  # its allocations have ids above this one,
    end: int | None = None  # up to this one; None: it is being set up
    adopted: set[int] = field(default_factory=set)  # made later, for what it had given

    @property
    def name(self) -> str:
        where = f" of {self.fixture.baseid}" if self.fixture.baseid else ""
        return f"{self.fixture.scope} fixture '{self.fixture.argname}'{where}"

    def made(self, id_: int) -> bool:
        return self.begin < id_ and (self.end is None or id_ <= self.end)


class Ownership:
    def __init__(self) -> None:
        self._keepers: list[Keeper] = []  # in the order in which their set-up began
        self._over: list[Keeper] = []  # finalized, and not judged yet

    def begin(self, fixture: Any, position: int) -> Keeper:
        keeper = Keeper(fixture, position)
        self._keepers.append(keeper)
        return keeper

    def finalized(self, fixture: Any) -> None:
        over = [keeper for keeper in self._keepers if keeper.fixture is fixture]
        self._keepers = [keeper for keeper in self._keepers if keeper.fixture is not fixture]
        self._over.extend(over)

    def take_over(self) -> list[Keeper]:
        """Those to be judged now."""
        over, self._over = self._over, []
        return over

    @property
    def living(self) -> list[Keeper]:
        return list(self._keepers)

    def keeper_of(self, allocation: Allocation) -> Keeper | None:
        """Of fixtures that were set up within each other the innermost one made it."""
        everyone = sorted([*self._keepers, *self._over], key=lambda keeper: keeper.begin)
        for keeper in reversed(everyone):
            if keeper.made(allocation.id) or allocation.id in keeper.adopted:
                return keeper
        return None
