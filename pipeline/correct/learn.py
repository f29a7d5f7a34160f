"""A names list proposed from many records: spellings that are one person, how often and where each was met."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.correct.known import without_spaces
from pipeline.correct.people import same_person
from pipeline.correct.titles import cut_titles
from pipeline.thai.fold import fold
from schemas import Record

FARTHEST = 2  # folded edits between spellings of one person
RARER = 3  # a spelling is taken for another one misread when that one was met so many times as often
_ROWS = 512  # spellings compared at one go


@dataclass(slots=True)
class Spelling:
    """One spelling of a name without its titles, and where it was met."""

    name: str
    times: int = 0
    titles: Counter[str] = field(default_factory=Counter)
    positions: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)
    places: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # document → pages

    def where(self, most: int = 3) -> str:
        """The first places: `2560/council-3 p. 1, 7; …`."""
        named = [f"{file} p. {', '.join(map(str, sorted(pages)))}" for file, pages in sorted(self.places.items())]
        return "; ".join(named[:most]) + ("; …" if len(named) > most else "")


@dataclass(slots=True)
class Proposed:
    """A person: the spelling met most often, and others that may be the same."""

    spellings: list[Spelling]

    @property
    def name(self) -> str:
        """The name with the title it is printed with most often."""
        main = self.spellings[0]
        title = _commonest(main.titles, 1)
        return (title[0] if title else "") + main.name

    @property
    def times(self) -> int:
        return sum(spelling.times for spelling in self.spellings)

    @property
    def documents(self) -> int:
        return len({file for spelling in self.spellings for file in spelling.places})

    @property
    def days(self) -> tuple[str, str] | None:
        """First and last meeting, ISO; None when no record has a date."""
        days = sorted(day for spelling in self.spellings for day in spelling.days)
        return (days[0], days[-1]) if days else None

    def commonest(self, what: str, most: int = 3) -> list[str]:
        """The `positions` or `bodies` met most often, with all spellings of the name."""
        total: Counter[str] = Counter()
        for spelling in self.spellings:
            total.update(getattr(spelling, what))
        return _commonest(total, most)


def _commonest(counts: Counter[str], most: int) -> list[str]:
    return [text for text, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]]


def propose(records: Iterable[tuple[str, Record]]) -> list[Proposed]:
    """The people of records.

    Args:
        records: each with a name for its document.

    Returns:
        People by name. Spellings that stand in one record's attendance lists together are kept apart.
    """
    met: dict[str, Spelling] = {}
    together: dict[str, set[str]] = defaultdict(set)
    for document, record in records:
        listed = []
        for name, position, page, on_list in _mentions(record):
            cut = cut_titles(name)
            key = without_spaces(cut.name)
            if not key:
                continue
            spelling = met.setdefault(key, Spelling(cut.name))
            _count(spelling, cut.title, position, record)
            spelling.places[document].add(page)
            if on_list:
                listed.append(key)
        for key in listed:
            together[key].update(listed)
    return _clusters(met, together)


def _mentions(record: Record) -> Iterator[tuple[str, str | None, int, bool]]:
    """Everyone named: (name, position, page, on an attendance list)."""

    def page(path: str) -> int:
        return record.evidence[path].page if path in record.evidence else 1

    for n, roll in enumerate(record.attendance):
        for k, person in enumerate(roll.people):
            if person.name:
                yield person.name, person.position, page(f"/attendance/{n}/people/{k}/name"), True
    for n, signatory in enumerate(record.signatories):
        if signatory.name:
            yield signatory.name, signatory.position, page(f"/signatories/{n}/name"), False


def _count(spelling: Spelling, title: str, position: str | None, record: Record) -> None:
    spelling.times += 1
    spelling.titles[title] += 1
    if position:
        spelling.positions[position] += 1
    if record.header.body:
        spelling.bodies[record.header.body] += 1
    if record.header.date and record.header.date.iso:
        spelling.days.add(record.header.date.iso)


def _clusters(met: dict[str, Spelling], together: dict[str, set[str]]) -> list[Proposed]:
    """Rare spellings put with the frequent one they are nearly the same as."""
    near = near_spellings(list(met))
    people: dict[str, list[Spelling]] = {}
    for key in sorted(met, key=lambda key: (-met[key].times, key)):
        leaders = [
            leader
            for leader in near[key]
            if leader in people
            and leader not in together[key]
            and met[leader].times >= (RARER if met[key].times > 1 else 1) * met[key].times
            and same_person(met[key].name, met[leader].name)
        ]
        leader = max(leaders, key=lambda other: (met[other].times, other), default=key)
        people.setdefault(leader, []).append(met[key])
    return sorted((Proposed(spellings) for spellings in people.values()), key=lambda person: person.spellings[0].name)


def near_spellings(keys: list[str]) -> dict[str, list[str]]:
    """For each spelling those at most `FARTHEST` folded edits away. Only like lengths are compared."""
    ordered = sorted(keys, key=lambda key: (len(fold(key)), key))
    folded = [fold(key) for key in ordered]
    lengths = [len(text) for text in folded]
    near: dict[str, list[str]] = {key: [] for key in keys}
    for start in range(0, len(ordered), _ROWS):
        rows = folded[start : start + _ROWS]
        low = bisect.bisect_left(lengths, len(rows[0]) - FARTHEST)
        high = bisect.bisect_right(lengths, len(rows[-1]) + FARTHEST)
        distances = process.cdist(
            rows, folded[low:high], scorer=Levenshtein.distance, score_cutoff=FARTHEST, dtype=np.uint8
        )
        for row, column in np.argwhere(distances <= FARTHEST):
            if start + row != low + column:
                near[ordered[start + row]].append(ordered[low + column])
    return near
