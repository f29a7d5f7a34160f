"""The faces that lines are drawn in, and which families training never sees.

Two sources: Debian's fonts through fontconfig, and the families that `fetch` puts into an ignored folder. What is
not installed is left out, so the generator runs with fonts-thai-tlwg alone; `python -m training.lines --faces`
shows what there is.
"""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import ImageFont

from pipeline.errors import MissingDependencyError
from training.lines.fetch import FOLDER, PLAIN
from training.synth.faces import HINT, code_points, cut

# Family: how often it is drawn, relative to the others. Official papers are mostly set in TH Sarabun (Sarabun and
# Laksaman are its kin), older ones in Angsana, Cordia and Browallia (looped; their kin are Norasi, Umpush, Waree).
# Left out: Debian's Noto Looped Thai, whose tone marks lie upon the vowel under them.
_DEBIAN = {
    "Laksaman": 5.0,
    "Norasi": 3.0,
    "Umpush": 2.5,
    "Garuda": 2.0,
    "Loma": 1.5,
    "Waree": 1.5,
    "Sawasdee": 1.0,
    "Tlwg Typist": 2.0,
    "Tlwg Typewriter": 2.0,
    "Kinnari": 2.0,
    "Tlwg Typo": 1.0,
    "Arundina Sans": 1.0,
    "Arundina Serif": 1.5,
    "Noto Sans Thai": 0.6,
    "Noto Serif Thai": 0.8,
}
_FETCHED = {
    "sarabun": 9.0,
    "trirong": 1.2,
    "maitree": 1.0,
    "pridi": 0.8,
    "kodchasan": 0.8,
    "krub": 0.7,
    "k2d": 0.7,
    "mitr": 0.5,
    "prompt": 0.6,
    "bai-jamjuree": 0.6,
    "koho": 0.5,
    "fahkwang": 0.4,
    "ibm-plex-sans-thai": 0.6,
    "noto-sans-thai-looped": 1.0,
    "niramit": 1.0,
    "taviraj": 1.0,
    "kanit": 0.6,
    "ibm-plex-sans-thai-looped": 1.0,
}

HELD_OUT = ("Kinnari", "Tlwg Typo", "Niramit", "Taviraj", "Kanit", "Ibm Plex Sans Thai Looped")
"""Families that only evaluation sees: looped serifs (Kinnari, Taviraj), looped (Niramit, Plex Looped), loopless
(Kanit), a typewriter (Typo). With fonts-thai-tlwg alone there are two."""

# Faces that lend what a Thai face has not: Latin letters and digits, then signs.
_LATIN = ("NotoSans-Regular.ttf", "NotoSerif-Regular.ttf", "NotoSans-Bold.ttf", "NotoSerif-Bold.ttf")
_SIGNS = ("NotoSansSymbols2-Regular.ttf", "NotoSansMath-Regular.ttf", "NotoSans-Regular.ttf", "DejaVuSans.ttf")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file.

    Attributes:
        family: as in `HELD_OUT`.
        weight: 400 regular, 700 bold.
        letters: the code points it has glyphs for.
        height: how high ก stands above the baseline, in em.
        share: how often it is drawn, relative to the others.
    """

    family: str
    weight: int
    italic: bool
    file: Path
    letters: frozenset[int]
    height: float
    share: float

    @property
    def typewriter(self) -> bool:
        return self.family.startswith("Tlwg Typ")

    def lacks(self, text: str) -> bool:
        """Whether a character of `text` has no glyph."""
        return any(ord(letter) not in self.letters for letter in text if letter != " ")


@lru_cache(maxsize=4096)
def font(file: Path, pixels: int) -> ImageFont.FreeTypeFont:
    """A font file, or its copy without hints, at an em of `pixels`, shaped by raqm, which places Thai marks."""
    copy = PLAIN / file.name
    return ImageFont.truetype(str(copy if copy.exists() else file), pixels, layout_engine=ImageFont.Layout.RAQM)


def _height(file: Path, letter: str) -> float:
    return -float(font(file, 200).getbbox(letter, anchor="ls")[1]) / 200


def _share(family: str, weight: int, italic: bool, share: float, cuts: int) -> float:
    """Most text is upright and regular, whatever number of other cuts a family has."""
    if (weight, italic) == (400, False):
        return share * 0.62
    return share * 0.38 / max(cuts - 1, 1)


@lru_cache(maxsize=1)
def _debian() -> tuple[Face, ...]:
    found = []
    for family, share in _DEBIAN.items():
        cuts = {}
        for bold, italic in ((False, False), (True, False), (False, True), (True, True)):
            try:
                cuts[bold, italic] = cut(family, bold, italic)
            except MissingDependencyError:
                continue
        for (bold, italic), one in cuts.items():
            weight = 700 if bold else 400
            part = _share(family, weight, italic, share, len(cuts))
            found.append(Face(family, weight, italic, one.file, one.letters, _height(one.file, "ก"), part))
    return tuple(found)


def charsets(files: Iterable[Path]) -> dict[Path, frozenset[int]]:
    """The code points of font files.

    Raises:
        MissingDependencyError: fontconfig is not installed.
    """
    names = [str(file) for file in files]
    if not names:
        return {}
    try:
        answer = subprocess.run(
            ["fc-query", "--format", "%{file}\t%{charset}\n", *names], capture_output=True, text=True, timeout=60
        ).stdout
    except OSError as error:
        raise MissingDependencyError("fc-query, which looks into type faces, does not run", HINT) from error
    pairs = (line.split("\t") for line in answer.splitlines())
    return {Path(name): code_points(charset) for name, charset in pairs}


@lru_cache(maxsize=1)
def _fetched() -> tuple[Face, ...]:
    letters = charsets(sorted(FOLDER.glob("*.ttf")))
    found = []
    for name, share in _FETCHED.items():
        files = [file for file in letters if file.name.startswith(f"{name}-") and file.stem[len(name) + 1].isdigit()]
        for file in files:
            weight, slant = file.stem[len(name) + 1 :].split("-")
            italic = slant == "italic"
            part = _share(name, int(weight), italic, share, len(files))
            family = name.replace("-", " ").title()
            found.append(Face(family, int(weight), italic, file, letters[file], _height(file, "ก"), part))
    return tuple(found)


def all_faces() -> tuple[Face, ...]:
    """Every face that is installed, in a fixed order.

    Raises:
        MissingDependencyError: there is none.
    """
    found = _debian() + _fetched()
    if not found:
        raise MissingDependencyError("No Thai type face is installed", HINT)
    return found


def train_faces(without: Collection[str] = ()) -> tuple[Face, ...]:
    """The faces of training.

    Args:
        without: families to leave out as well, such as `Sarabun` for the honest figure of an unseen face.
    """
    barred = {*HELD_OUT, *without}
    return tuple(face for face in all_faces() if face.family not in barred)


def held_out_faces() -> tuple[Face, ...]:
    """The faces that only evaluation draws."""
    return tuple(face for face in all_faces() if face.family in HELD_OUT)


class FacePool:
    """Faces to draw from, each as often as its share says."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._faces = tuple(faces)
        self._steps = np.cumsum([face.share for face in self._faces])
        self._steps /= self._steps[-1]
        self._kin = {
            face.file: tuple(other for other in self._faces if other.family == face.family) for face in self._faces
        }

    def draw(self, rng: np.random.Generator) -> tuple[Face, tuple[Face, ...]]:
        """A face, and all cuts of its family."""
        place = int(np.searchsorted(self._steps, rng.random(), side="right"))
        face = self._faces[min(place, len(self._faces) - 1)]
        return face, self._kin[face.file]


@lru_cache(maxsize=1)
def _helpers() -> tuple[tuple[Face, ...], tuple[Face, ...]]:
    """Latin faces and sign faces that are installed."""
    wanted = {*_LATIN, *_SIGNS}
    try:
        listed = subprocess.run(
            ["fc-list", "--format", "%{file}\t%{charset}\n"], capture_output=True, text=True, timeout=60
        ).stdout
    except OSError as error:
        raise MissingDependencyError("fc-list, which finds type faces, does not run", HINT) from error
    by_name: dict[str, Face] = {}
    for line in sorted(listed.splitlines()):
        name, _, charset = line.partition("\t")
        file = Path(name)
        if file.name in wanted and file.name not in by_name:
            weight = 700 if "Bold" in file.name else 400
            by_name[file.name] = Face(file.stem, weight, False, file, code_points(charset), 0.6, 1.0)
    return tuple(by_name[name] for name in _LATIN if name in by_name), tuple(
        by_name[name] for name in _SIGNS if name in by_name
    )


def latin_faces() -> tuple[Face, ...]:
    """Faces that may lend Latin letters and digits; empty if fonts-noto-core is not installed."""
    return _helpers()[0]


def sign_faces() -> tuple[Face, ...]:
    """Faces that may lend signs such as □ and ✓."""
    return _helpers()[1]
