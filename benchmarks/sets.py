"""The evaluation sets: how their pages are printed, worn and scanned, and what is asked of a reader of them.

Faces are the families that training never draws. Wear is drawn anew for every document around what the
set names; lengths in `Wear` are points, so that wear looks alike at every resolution.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from training.lines.faces import HELD_OUT
from training.synth.degrade import Wear
from training.synth.people import pick

TYPEWRITER = "Tlwg Typo"
PRINT = tuple(family for family in HELD_OUT if family != TYPEWRITER)

MakeWear = Callable[[np.random.Generator], Wear]


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Pages of one kind.

    Attributes:
        place: among the sets: each takes other seeds and other paragraphs.
        kind: how they are worn, in words.
        dpi: resolutions; documents take turns.
        families: of held-out faces; documents take turns.
        documents: how many; each has about three pages.
        wear: draws the wear of a document.
        cer: most errors a character (white space not counted) that the project allows itself.
        numbers: least share of number tokens read, if there is a target.
    """

    name: str
    place: int
    kind: str
    dpi: tuple[int, ...]
    families: tuple[str, ...]
    documents: int
    wear: MakeWear
    cer: float
    numbers: float | None = None


def _grey(rng: np.random.Generator) -> Wear:
    return Wear(
        skew=0.7,
        bend=float(rng.uniform(0.3, 1.5)),
        blur=float(rng.uniform(0.15, 0.26)),
        noise=float(rng.uniform(2, 6)),
        light=float(rng.uniform(3, 10)),
        paper=float(rng.uniform(232, 250)),
        ink=float(rng.uniform(15, 50)),
        spread=float(rng.choice([0.0, 0.0, 0.08])),
        specks=0.05,
        jpeg=40,
    )


def _bilevel(rng: np.random.Generator) -> Wear:
    return Wear(
        skew=0.7,
        bend=float(rng.uniform(0.3, 1.5)),
        blur=float(rng.uniform(0.15, 0.25)),
        noise=float(rng.uniform(4, 10)),
        light=float(rng.uniform(2, 8)),
        specks=float(rng.uniform(0.05, 0.4)),
        streak=bool(rng.random() < 0.35),
        holes=bool(rng.random() < 0.2),
        jpeg=None,
        bilevel=True,
    )


def _coarse(rng: np.random.Generator) -> Wear:
    return Wear(
        skew=0.7,
        bend=float(rng.uniform(0.3, 1.5)),
        blur=float(rng.uniform(0.18, 0.3)),
        noise=float(rng.uniform(2, 5)),
        light=float(rng.uniform(3, 10)),
        paper=float(rng.uniform(228, 248)),
        ink=float(rng.uniform(20, 55)),
        jpeg=30,
    )


def _typescript(rng: np.random.Generator) -> Wear:
    return Wear(
        skew=0.9,
        bend=1.5,
        blur=float(rng.uniform(0.2, 0.32)),
        noise=float(rng.uniform(3, 7)),
        light=float(rng.uniform(6, 14)),
        paper=float(rng.uniform(205, 235)),
        ink=float(rng.uniform(40, 65)),
        patchy=float(rng.uniform(0.4, 0.65)),
        jitter=float(rng.uniform(0.25, 0.5)),
        spread=float(rng.uniform(0.1, 0.2)),
        specks=float(rng.uniform(0.1, 0.5)),
        holes=True,
        through=float(rng.choice([0.0, 0.06])),
        jpeg=35,
    )


def _photocopy(rng: np.random.Generator) -> Wear:
    bilevel = bool(rng.random() < 0.5)
    return Wear(
        skew=1.0,
        bend=2.2,
        blur=float(rng.uniform(0.15, 0.25)),
        noise=float(rng.uniform(4, 9)),
        light=float(rng.uniform(2, 8)),
        paper=float(rng.uniform(228, 248)),
        ink=float(rng.uniform(20, 50)),
        copies=3,
        specks=0.3,
        streak=bool(rng.random() < 0.3),
        edge=bool(rng.random() < 0.5),
        holes=bool(rng.random() < 0.4),
        stamp=pick(rng, ("round", "box", None, None)),
        jpeg=None if bilevel else 35,
        bilevel=bilevel,
    )


SETS = (
    EvaluationSet("grey300", 0, "300 dpi grey, JPEG 40", (300,), PRINT, 5, _grey, 0.0015, 0.997),
    EvaluationSet("bilevel200", 1, "200 dpi, 1 bit", (200,), PRINT, 5, _bilevel, 0.0025),
    EvaluationSet("jpeg150", 2, "150 dpi grey, JPEG 30", (150,), PRINT, 5, _coarse, 0.008),
    EvaluationSet("typescript", 3, "old typescript, worn ribbon", (200, 300), (TYPEWRITER,), 4, _typescript, 0.015),
    EvaluationSet("photocopy", 4, "third-generation photocopy", (200, 300), PRINT, 5, _photocopy, 0.015),
)

LARGE = EvaluationSet("a4-600", 5, "600 dpi grey, for memory", (600,), PRINT, 1, _grey, 0.0015)
"""What the most memory is measured on."""
