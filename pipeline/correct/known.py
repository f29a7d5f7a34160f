"""What a user's names lists say: people, organisations and positions, in the spelling that is right."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from pipeline.thai.fold import fold, tidy


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of a list.

    Attributes:
        spellings: the name and its aliases, all without titles; the first is preferred.
        positions: offices the person holds or held.
        bodies: committees the person belongs to; empty when the list does not say.
        since, until: the first and the last day the entry is good for.
        source: names the list in corrections: `names:people.csv`.
    """

    spellings: tuple[str, ...]
    positions: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    source: str = "names"


@dataclass(frozen=True, slots=True)
class KnownPhrase:
    """An organisation or a position: its spellings, and the list it comes from (`positions:people.csv`)."""

    spellings: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class KnownNames:
    """Everything that the lists of one run hold."""

    people: tuple[KnownPerson, ...] = ()
    organisations: tuple[KnownPhrase, ...] = ()
    positions: tuple[KnownPhrase, ...] = ()

    @cached_property
    def spellings(self) -> list[tuple[str, KnownPerson]]:
        """Every spelling with its person."""
        return [(spelling, person) for person in self.people for spelling in person.spellings]

    @cached_property
    def folded(self) -> list[str]:
        """`spellings`, folded."""
        return [fold(spelling) for spelling, _ in self.spellings]


def without_spaces(text: str) -> str:
    """Spacing is no spelling."""
    return tidy(text).replace(" ", "")
