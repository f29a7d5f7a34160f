"""How far the agenda has been read: what is open, and what stands around the row in question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layout import Layout, Row
from pipeline.parse.agenda.item import Item
from pipeline.parse.markers import Announced


@dataclass(slots=True)
class Progress:
    """The state of the agenda at a row.

    Attributes:
        layout: for the margins.
        items: the items found so far that stand under no other.
        path: the open items, each under the one before it.
        above: the row above; None where something else or nothing stands there.
        ahead: what follows the row.
    """

    layout: Layout
    items: list[Item] = field(default_factory=list)
    path: list[Item] = field(default_factory=list)
    above: Row | None = None
    ahead: Sequence[Announced] = ()

    @property
    def item(self) -> Item:
        """The innermost open item.

        Raises:
            IndexError: none is open.
        """
        return self.path[-1]

    @property
    def below(self) -> Row | None:
        """The row below; None where something else or nothing stands there."""
        below = self.ahead[0][0] if self.ahead else None
        return below if isinstance(below, Row) else None

    @property
    def top(self) -> int | None:
        """The first figure of the open items' numbers, None when none has one."""
        number = self.path[0].number if self.path else None
        return int(number.split(".")[0]) if number else None

    def open(self, item: Item) -> None:
        """Open `item` under the innermost open item that it belongs to."""
        while self.path and (self.path[-1].depth >= item.depth or not item.belongs_under(self.path[-1])):
            self.path.pop()
        (self.path[-1].items if self.path else self.items).append(item)
        self.path.append(item)
