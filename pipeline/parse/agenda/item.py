"""An agenda item while it is gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.layout import Element, Row, Traced


@dataclass(slots=True)
class Decided:
    """A resolution's marker row from the words after the marker on, those words, and what stands under it.

    `alone` says that nothing but the resolution stands there: it has a table's cell of its own.
    """

    row: Row
    rest: Traced
    elements: list[Element] = field(default_factory=list)
    alone: bool = False


@dataclass(slots=True)
class Item:
    """An agenda item while it is gathered."""

    number: str | None
    number_text: Traced | None
    title: list[Traced]
    left: float
    elements: list[Element] = field(default_factory=list)
    resolutions: list[Decided] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    under: Item | None = None  # the item that an unnumbered one stands under

    @property
    def depth(self) -> int:
        if self.under:
            return self.under.depth + 1
        return self.number.count(".") + 1 if self.number else 1

    @property
    def title_left(self) -> float | None:
        """Where the title's words begin, behind the number; None where no box tells."""
        box = self.title[0].box
        return box[0] if box else None

    def belongs_under(self, parent: Item) -> bool:
        """Is the item one of those below `parent`?"""
        return (
            self.under is parent
            or bool(self.number and parent.number and self.number.startswith(parent.number + "."))
            or (self.depth > 1 and parent.depth == 1 and parent.number is None)
        )
