"""How many names come out right, without and with a names list: `python -m benchmarks.names`.

Names are drawn as worn lines in faces nobody trained on, read by the recogniser, and corrected against a list of
1,000: the people printed and distractors, every third of which is one letter or one family name away from one of
them. Strangers are near neighbours who are printed but on no list: none may become somebody of the list.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

import numpy as np

from pipeline.correct import KnownNames, correct
from pipeline.correct import Reading as ReadLetters
from pipeline.correct.known import KnownPerson, without_spaces
from pipeline.correct.titles import bare_name
from pipeline.ocr import of_letters
from pipeline.ocr.recogniser import Recogniser
from schemas import Record
from training.lines.reading import Reading, read_worn
from training.synth import people

PATH = "/attendance/0/people/0/name"

# Letters that make another name of a name, as parents do and readers do not: any consonant.
_LETTERS = "กขคจชซณดตถทธนบปผพภมยรลวศสหอ"


def other_letter(rng: np.random.Generator, name: str) -> str:
    """`name` with one consonant exchanged, its first and those of its titles aside."""
    start = len(name) - len(bare_name(name)) + 1
    places = [at for at in range(start, len(name)) if name[at] in _LETTERS]
    at = places[int(rng.integers(len(places)))]
    letters = _LETTERS.replace(name[at], "")
    return name[:at] + letters[int(rng.integers(len(letters)))] + name[at + 1 :]


def same_family(rng: np.random.Generator, name: str) -> str:
    """Another given name before the family name of `name`."""
    return f"{people.name(rng).rsplit(' ', 1)[0]} {name.rsplit(' ', 1)[1]}"


def neighbours(rng: np.random.Generator, named: Sequence[str], count: int) -> list[str]:
    """`count` invented names: a third one letter from one of `named`, a third of the same family."""
    found: dict[str, None] = {}
    taken = {bare_name(name) for name in named}
    while len(found) < count:
        near = named[int(rng.integers(len(named)))]
        draw = rng.random()
        name = other_letter(rng, near) if draw < 1 / 3 else same_family(rng, near) if draw < 2 / 3 else people.name(rng)
        if bare_name(name) not in taken:
            found[name] = None
    return list(found)


def known_names(names: Sequence[str]) -> KnownNames:
    """A names list of `names`."""
    return KnownNames(tuple(KnownPerson((bare_name(name),)) for name in names))


def record_of(reading: Reading) -> Record:
    """A record whose only name is the one that was read."""
    confidence = min(reading.found.confidence, default=0.0)
    return Record.model_validate(
        {
            "source": {"file": "drawn.png", "sha256": "0" * 64, "pages": 1},
            "attendance": [{"kind": "present", "heading": "-", "people": [{"name": reading.found.text or "-"}]}],
            "evidence": {
                PATH: {
                    "page": 1,
                    "box": [0, 0, 1, 1],
                    "confidence": confidence,
                    "ocr": reading.found.text,
                }
            },
        }
    )


def judge(readings: Sequence[Reading], known: KnownNames | None) -> Counter[str]:
    """What became of the names: right, changed, changed wrongly, wrong and told, wrong and not told."""
    counts: Counter[str] = Counter()
    for reading in readings:
        record = record_of(reading)
        found = reading.found
        letters = tuple(sure for letter, sure in zip(found.text, found.confidence, strict=True) if letter != " ")
        read = ReadLetters(letters, of_letters(found.text, found.doubts))
        corrected, findings = correct(record, known, {PATH: read})
        name = corrected.attendance[0].people[0].name or ""
        right = without_spaces(name) == without_spaces(reading.text)
        # The title is no part of what a names list sets right.
        right_bare = without_spaces(bare_name(name)) == without_spaces(bare_name(reading.text))
        doubtful = min(reading.found.confidence, default=0.0) < 0.8
        counts["names"] += 1
        counts["right"] += right
        counts["right without title"] += right_bare
        changed = any(correction.source.startswith("names") for correction in corrected.corrections)
        counts["changed"] += changed
        counts["changed wrongly"] += changed and not right_bare
        counts["near a known name"] += bool(findings.near)
        told = bool(findings.near) or (doubtful and not findings.known)
        counts["wrong and told"] += not right_bare and told
        counts["wrong and not told"] += not right_bare and not told
        counts["right and told"] += right_bare and told
    return counts


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.names", description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--listed", type=int, default=1000)
    parser.add_argument("--times", type=int, default=10, help="each name is printed so often")
    parser.add_argument("--strangers", type=int, default=500)
    parser.add_argument("--seed", type=int, default=9100)
    args = parser.parse_args()
    rng = np.random.default_rng(args.seed)
    recogniser = Recogniser()
    named = people.names(rng, args.people)
    others = neighbours(rng, named, args.listed - args.people + args.strangers)
    order = rng.permutation(len(others))
    listed = [*named, *(others[int(at)] for at in order[: args.listed - args.people])]
    strangers = [others[int(at)] for at in order[args.listed - args.people :]]
    known = known_names(listed)
    readings = list(read_worn(rng, named * args.times, recogniser))
    foreign = list(read_worn(rng, strangers, recogniser))
    for title, read, names in (
        ("no list", readings, None),
        (f"a list of {len(listed)}", readings, known),
        ("strangers, no list", foreign, None),
        ("strangers, the list", foreign, known),
    ):
        print(f"{title}: " + ", ".join(f"{key} {count}" for key, count in judge(read, names).items()))


if __name__ == "__main__":
    main()
