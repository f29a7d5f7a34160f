"""A name as read against the people of the lists: who is meant, or who is near."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.correct.confusions import misread_costs, misread_steps
from pipeline.correct.known import KnownNames, KnownPerson, without_spaces
from pipeline.correct.reading import Reading
from pipeline.thai.fold import fold, similarity

# Weighted edits, 1 for an exchange that was never seen (`confusions`). A few frequent exchanges in a word are a
# misreading; a rare one makes another name: สมชาย and สมชาติ are two brothers.
STEP_COST = 0.65
WORD_COST = 1.05
WORD_SHARE = 0.35  # of a word's letters, for words of one syllable
NAME_COST = 1.5
MARGIN = 0.3  # by which every other person must be farther
NEAR_SCORE = 80.0  # worth telling a person, though not close enough to change

VARIANT_WORD = 1.05  # two names in one record: a rare exchange in a word may be a slip of the typist
VARIANT_COST = 1.6

# A person of another body, or of another time, is so much farther.
OTHER_BODY = 0.6
OTHER_TIME = 1.0
SAME_BODY = 0.85  # folded similarity at which two committees are one
CANDIDATES = 12
_FARTHEST = 0.4  # folded edits a letter


@dataclass(frozen=True, slots=True)
class Nearest:
    """A value that was left as read although a known one is near."""

    path: str
    name: str
    known: str
    score: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """Whose names are read: the body that met, and when."""

    body: str | None = None
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known spelling beside a reading.

    Attributes:
        steps: weights of the edits in each word of `spelling`.
        away: what speaks against the person besides the letters: another body, another time.
    """

    spelling: str
    person: KnownPerson
    steps: tuple[tuple[float, ...], ...]
    away: float

    @property
    def cost(self) -> float:
        """Weighted edits in all; 0 for the same letters."""
        return sum(map(sum, self.steps))

    @property
    def distance(self) -> float:
        return self.cost + self.away

    @property
    def misread(self) -> bool:
        """Can the reading be this spelling misread?"""
        words = zip(self.steps, self.spelling.split(" "), strict=True)
        return self.distance <= NAME_COST and all(
            max(steps, default=0) <= STEP_COST and sum(steps) <= min(WORD_COST, WORD_SHARE * len(word))
            for steps, word in words
        )

    @property
    def score(self) -> float:
        """0-100: how near the spelling is, edits weighed."""
        return 100 * max(0.0, 1 - self.cost / max(len(without_spaces(self.spelling)), 1))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lists say of a name.

    Attributes:
        known: the reading is this spelling and nobody else can be meant.
        change: the candidate that was misread.
        near: the candidate to tell a person about.
    """

    known: Candidate | None = None
    change: Candidate | None = None
    near: Candidate | None = None


def judge(bare: str, reading: Reading | None, meeting: Meeting, lists: KnownNames) -> Verdict:
    """Who `bare` is.

    Args:
        bare: a name without titles, as read.
        reading: how its letters were read; None when it is not known.
        meeting: helps to choose among people.
    """
    ranked = sorted(
        _candidates(bare, reading, meeting, lists), key=lambda candidate: (candidate.distance, candidate.spelling)
    )
    if not ranked:
        return Verdict()
    best = ranked[0]
    printed = next((candidate for candidate in ranked if not candidate.cost), None)
    if printed is not None:  # spelt as on a list; but is it somebody of another body whose name is nearly the same?
        return Verdict(known=best) if best is printed else Verdict(near=best)
    rival = next((other for other in ranked[1:] if other.person.spellings[0] != best.person.spellings[0]), None)
    clear = rival is None or rival.distance - best.distance >= MARGIN
    if best.misread and clear:
        return Verdict(change=best)
    return Verdict(near=best) if best.misread or best.score >= NEAR_SCORE else Verdict()


def _candidates(bare: str, reading: Reading | None, meeting: Meeting, lists: KnownNames) -> Iterator[Candidate]:
    folded = fold(bare)
    found = process.extract(
        folded,
        lists.folded,
        scorer=Levenshtein.distance,
        processor=None,
        score_cutoff=int(_FARTHEST * len(folded)),
        limit=CANDIDATES,
    )
    for _, _, index in found:
        spelling, person = lists.spellings[index]
        yield Candidate(spelling, person, misread_steps(bare, spelling, reading), _away(person, meeting))


def _away(person: KnownPerson, meeting: Meeting) -> float:
    away = 0.0
    if meeting.body and person.bodies and not any(same_body(meeting.body, body) for body in person.bodies):
        away += OTHER_BODY
    if meeting.day and ((person.since and meeting.day < person.since) or (person.until and meeting.day > person.until)):
        away += OTHER_TIME
    return away


def same_person(one: str, other: str) -> bool:
    """Are two names, without titles, one name spelt in two ways? Of confidences nothing is known."""
    if abs(len(one) - len(other)) > VARIANT_COST + 1 or Levenshtein.distance(fold(one), fold(other)) > VARIANT_COST + 1:
        return False
    return any(
        sum(costs) <= VARIANT_COST and max(costs) <= VARIANT_WORD
        for costs in (misread_costs(one, other), misread_costs(other, one))
    )


def likelier(one: str, other: str, reading: Reading, other_reading: Reading) -> str | None:
    """Of two spellings of one name, without titles, the one that is hardly the other misread; None when neither is.

    Args:
        reading: of `one`.
        other_reading: of `other`.
    """
    if not (reading.letters and other_reading.letters):
        return None
    misread = sum(map(sum, misread_steps(one, other, reading)))
    other_misread = sum(map(sum, misread_steps(other, one, other_reading)))
    if abs(misread - other_misread) < MARGIN:
        return None
    return other if misread < other_misread else one


def same_body(printed: str, listed: str) -> bool:
    """Is the committee that is printed the one of the list, a reading error or a place behind it aside?"""
    one, other = fold(printed), fold(listed)
    return one.startswith(other) or other.startswith(one) or similarity(printed, listed) >= SAME_BODY
