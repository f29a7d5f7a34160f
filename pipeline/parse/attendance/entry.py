"""One person of an attendance list, before what each text means is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.layout import Traced


@dataclass(slots=True)
class Entry:
    """One person of a list.

    Attributes:
        number: the printed number and where it stands; None where none is printed or legible.
        number_text: the place of the number, also when it could not be read.
        columns: lines of text by column; column 0 has the name.
    """

    number: int | None = None
    number_text: Traced | None = None
    columns: dict[int, list[Traced]] = field(default_factory=dict)

    def add(self, column: int, text: Traced) -> None:
        if text:
            self.columns.setdefault(column, []).append(text)

    def end_name(self, family_name: Traced) -> None:
        """Join a family name that stands in a column of its own to the name."""
        self.columns[0] = [Traced.join([*self.columns.get(0, []), family_name])]
