"""What it takes to misread one spelling as another, weighed by what the recogniser really confuses.

`confusions.yaml` holds how often each letter was printed, lost and read as which other one. Where the confidence of
each letter read is known, a letter that was read surely is hardly a misread one, and a doubtful one easily is:
the weight of an exchange is the logarithm of its probability, 1 for `RAREST`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from pipeline.thai.fold import tidy

RAREST = 3e-4  # what happens less often than so weighs as much as what was never seen
LIGHTEST = 0.2
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

    def weight(self, printed: str, read: str, confidence: float | None) -> float:
        """Of `read` where `printed` stands; `printed` is "" for a letter that stands nowhere."""
        if printed == read:
            return 0.0
        if confidence is None:
            return self.exchanged.get((printed, read), 1.0) if printed else self.added.get(read, 1.0)
        share = self.meant.get((printed, read), math.log(_UNSEEN / (self.wrong[read] + _UNSEEN * _ALPHABET)))
        return (math.log(1 - min(confidence, _SUREST)) + share) / math.log(RAREST)


@cache
def confusions() -> Confusions:
    """The measured weights, read once."""
    text = resources.files(__package__).joinpath("confusions.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    letters, every = data["letters"], data["measured"]["letters"]
    times = {(one, other): n for one, counts in letters.items() for other, n in counts["read"].items()}
    times |= {("", other): n for other, n in data["added"].items()}
    wrong: Counter[str] = Counter()
    for (_, other), n in times.items():
        wrong[other] += n
    return Confusions(
        exchanged={(one, other): _weight(n / letters[one]["printed"]) for (one, other), n in times.items() if one},
        lost={letter: _weight(counts["lost"] / counts["printed"]) for letter, counts in letters.items()},
        added={other: _weight(n / every) for (one, other), n in times.items() if not one},
        meant={
            (one, other): math.log((n + _UNSEEN) / (wrong[other] + _UNSEEN * _ALPHABET))
            for (one, other), n in times.items()
        },
        wrong=wrong,
    )


def _weight(share: float) -> float:
    if share <= RAREST:
        return 1.0
    return max(math.log(share) / math.log(RAREST), LIGHTEST)


def misread_costs(read: str, known: str) -> tuple[float, ...]:
    """Weighted edits for each word of `known`; their sum is the weighted edit distance, 0 for the same letters."""
    return tuple(sum(steps) for steps in misread_steps(read, known))


def misread_steps(read: str, known: str, letters: Sequence[float] | None = None) -> tuple[tuple[float, ...], ...]:
    """What it takes to read `known` as `read`; spaces in `read` do not count.

    Args:
        letters: confidence of each letter of `read`, spaces left out, when it is known.

    Returns:
        For each word of `known` the weights of the exchanged, lost and added letters.
    """
    words = tidy(known).split(" ")
    printed = "".join(words)
    found = tidy(read).replace(" ", "")
    sure: Iterable[float | None] = letters if letters and len(letters) == len(found) else [None] * len(found)
    pairs = list(zip(found, sure, strict=True))
    table = _table(pairs, printed)
    steps: list[list[float]] = [[] for _ in words]
    word_of = [place for place, word in enumerate(words) for _ in word] or [0]
    row, column = len(printed), len(found)
    weigh = confusions()
    while row or column:
        here, at = table[row][column], word_of[max(row - 1, 0)]
        if row and column:
            step = table[row - 1][column - 1] + weigh.weight(printed[row - 1], *pairs[column - 1])
        if row and column and math.isclose(here, step):
            row, column = row - 1, column - 1
        elif row and math.isclose(here, table[row - 1][column] + weigh.lost.get(printed[row - 1], 1.0)):
            row -= 1
        else:
            column -= 1
        if (weight := here - table[row][column]) > 1e-9:
            steps[at].append(weight)
    return tuple(tuple(weights) for weights in steps)


def _table(found: list[tuple[str, float | None]], printed: str) -> list[list[float]]:
    """Costs of reading every beginning of `printed` as every beginning of `found`."""
    weigh = confusions()
    added = [weigh.weight("", letter, sure) for letter, sure in found]
    above = [0.0]
    for cost in added:
        above.append(above[-1] + cost)
    table = [above]
    for one in printed:
        lost = weigh.lost.get(one, 1.0)
        line = [above[0] + lost]
        for place, (other, sure) in enumerate(found):
            line.append(
                min(above[place] + weigh.weight(one, other, sure), above[place + 1] + lost, line[place] + added[place])
            )
        table.append(line)
        above = line
    return table
