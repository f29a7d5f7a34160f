"""What it takes to misread one spelling as another, weighed by what the recogniser really confuses.

`confusions.yaml` holds how often each letter was printed, lost and read as which other one. What the recogniser said
of its own reading goes before: a letter that it held for possible costs little, one that it read surely is hardly a
misread one. The weight of an exchange is the logarithm of its probability, 1 for `RAREST`.

A recogniser that errs half as often confuses the same letters: shares are taken as if one letter in `USUAL` was
wrong, so that limits told in these weights outlive a new training.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from pipeline.correct.reading import Letter, Reading, letters_of
from pipeline.thai.fold import tidy
from pipeline.thai.marks import TONE_MARKS

USUAL = 36  # letters of which one is wrong, at which the weights are told
RAREST = 3e-4  # what happens less often than so weighs as much as what was never seen
LIGHTEST = 0.2
HELD_POSSIBLE = 0.03  # the lightest weight of a letter that the recogniser itself held for possible
UNREAD = 0.4  # confidence of a letter that was not made out, and may be any
UNREAD_WEIGHT = 0.5  # of such a letter, whichever is printed
STAIN = 0.4  # a sign where nothing is printed is a speck of dirt, however surely it was read
_BOTH_WAYS = 0.2  # of the share of ศ read as ส is given to ส read as ศ: letters that look alike are confused both ways
_LEFT_OUT = 0.25  # of what its alternatives leave: the recogniser thought of others, and not of this one
_SUREST = 0.9999
_UNSEEN = 0.3  # of one count: what an exchange that was never seen counts
_ALPHABET = 40  # letters that may stand for one another


@dataclass(frozen=True, slots=True)
class Confusions:
    """Weights of exchanges (printed, read), of lost and of added letters; and given that a letter is wrong.

    Attributes:
        meant: logarithms of the share that (printed, read) has of the times `read` was wrong; ("", read): added.
        wrong: how often each letter was read wrongly, for exchanges that are not in `meant`.
    """

    exchanged: dict[tuple[str, str], float]
    lost: dict[str, float]
    added: dict[str, float]
    meant: dict[tuple[str, str], float]
    wrong: Counter[str]

    def weight(self, printed: str, read: Letter) -> float:
        """Of `read` where `printed` stands; `printed` is "" for a letter that stands nowhere."""
        if printed == read.text:
            return 0.0
        if not printed and unicodedata.category(read.text)[0] in "PS":
            return STAIN
        if printed and read.sure is not None and read.sure < UNREAD and (read.others or read.left):
            return UNREAD_WEIGHT
        if printed in read.others:
            return _held_possible(read.others[printed])
        if read.sure is None:
            return self.exchanged.get((printed, read.text), 1.0) if printed else self.added.get(read.text, 1.0)
        share = self.meant.get((printed, read.text))
        if share is None:
            share = math.log(_UNSEEN / (self.wrong[read.text] + _UNSEEN * _ALPHABET))
        wrong = 1 - read.sure if read.left is None else read.left * _LEFT_OUT
        return (math.log(max(wrong, 1 - _SUREST)) + share) / math.log(RAREST)

    def lost_before(self, printed: str, read: Letter) -> float:
        """Of `printed` where nothing was read before `read`."""
        weight = self.lost.get(printed, 1.0)
        return min(weight, _held_possible(read.missing[printed])) if printed in read.missing else weight


@cache
def confusions() -> Confusions:
    """The measured weights, read once."""
    return weights(yaml.safe_load(resources.files(__package__).joinpath("confusions.yaml").read_text("utf-8")))


def weights(data: dict[str, Any]) -> Confusions:
    """The weights that a table such as `confusions.yaml` gives."""
    letters, every = data["letters"], data["measured"]["letters"]
    usual = every / max(data["measured"]["wrong"], 1) / USUAL
    times = {(one, other): n for one, counts in letters.items() for other, n in counts["read"].items()}
    shares = {(one, other): n / letters[one]["printed"] for (one, other), n in times.items()}
    alike = {*shares, *((other, one) for one, other in shares)}
    times |= {("", other): n for other, n in data["added"].items()}
    wrong: Counter[str] = Counter()
    for (_, other), n in times.items():
        wrong[other] += n
    return Confusions(
        exchanged={
            (one, other): _weight(
                usual * ((1 - _BOTH_WAYS) * shares.get((one, other), 0.0) + _BOTH_WAYS * shares.get((other, one), 0.0))
            )
            for one, other in alike
        },
        lost={letter: _weight(usual * share) for letter, share in _lost(letters).items()},
        added={other: _weight(usual * n / every) for other, n in data["added"].items()},
        meant={
            (one, other): math.log((n + _UNSEEN) / (wrong[other] + _UNSEEN * _ALPHABET))
            for (one, other), n in times.items()
        },
        wrong=wrong,
    )


def _lost(letters: dict[str, Any]) -> dict[str, float]:
    """The share of each letter that is lost. Few of each tone mark are, so half of it is what all marks have."""
    shares = {letter: counts["lost"] / counts["printed"] for letter, counts in letters.items()}
    marks = [counts for letter, counts in letters.items() if letter in TONE_MARKS]
    usual = sum(counts["lost"] for counts in marks) / max(sum(counts["printed"] for counts in marks), 1)
    return {letter: (share + usual) / 2 if letter in TONE_MARKS else share for letter, share in shares.items()}


def _weight(share: float) -> float:
    if share <= RAREST:
        return 1.0
    return max(math.log(share) / math.log(RAREST), LIGHTEST)


def _held_possible(odds: float) -> float:
    return max(math.log(max(odds, RAREST)) / math.log(RAREST), HELD_POSSIBLE)


def misread_costs(read: str, known: str) -> tuple[float, ...]:
    """Weighted edits for each word of `known`; their sum is the weighted edit distance, 0 for the same letters."""
    return tuple(sum(steps) for steps in misread_steps(read, known))


def misread_steps(read: str, known: str, reading: Reading | None = None) -> tuple[tuple[float, ...], ...]:
    """What it takes to read `known` as `read`; spaces in `read` do not count.

    Args:
        reading: of `read`, when it is known.

    Returns:
        For each word of `known` the weights of the exchanged, lost and added letters.
    """
    words = tidy(known).split(" ")
    printed = "".join(words)
    found = letters_of(tidy(read).replace(" ", ""), reading)
    table = _table(found, printed)
    steps: list[list[float]] = [[] for _ in words]
    word_of = [place for place, word in enumerate(words) for _ in word] or [0]
    row, column = len(printed), len(found) - 1
    weigh = confusions()
    while row or column:
        here, at = table[row][column], word_of[max(row - 1, 0)]
        if row and column:
            step = table[row - 1][column - 1] + weigh.weight(printed[row - 1], found[column - 1])
        if row and column and math.isclose(here, step):
            row, column = row - 1, column - 1
        elif row and math.isclose(here, table[row - 1][column] + weigh.lost_before(printed[row - 1], found[column])):
            row -= 1
        else:
            column -= 1
        if (weight := here - table[row][column]) > 1e-9:
            steps[at].append(weight)
    return tuple(tuple(weights) for weights in steps)


def _table(found: list[Letter], printed: str) -> list[list[float]]:
    """Costs of reading every beginning of `printed` as every beginning of `found`, whose last letter is the end."""
    weigh = confusions()
    added = [weigh.weight("", letter) for letter in found[:-1]]
    above = [0.0]
    for cost in added:
        above.append(above[-1] + cost)
    table = [above]
    for one in printed:
        line = [above[0] + weigh.lost_before(one, found[0])]
        for place, extra in enumerate(added):
            line.append(
                min(
                    above[place] + weigh.weight(one, found[place]),
                    above[place + 1] + weigh.lost_before(one, found[place + 1]),
                    line[place] + extra,
                )
            )
        table.append(line)
        above = line
    return table
