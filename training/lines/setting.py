"""One line of type drawn as ink on a strip of page, with what stands around it.

Lengths are in letter heights: the height of ก of the face, so that they hold at every size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from training.lines import faces
from training.lines.faces import Face
from training.synth.words import clusters

Ink = npt.NDArray[np.uint8]  # 255 full ink, 0 paper

# Drawn at one of these em sizes in pixels, and scaled to the scan afterwards: fewer font objects, no hinting to see.
_SIZES = (34, 40, 48, 58)
_WIDEST = 1.9  # letter heights a space may grow by; the reader takes what stands farther apart for two pieces
ABOVE, BELOW, SIDE = 2.75, 1.7, 1.7  # room around the line, in letter heights


@dataclass(frozen=True, slots=True)
class Dress:
    """How a line is set.

    Attributes:
        face: its type face.
        other: the face of a part of it (bold in a regular line, say), or None.
        latin: the face of its Latin letters and Arabic digits, or None for the line's own.
        em: pixels of an em.
        track: room added after each letter, in em.
        gap: how wide a space is, as a multiple of the face's own.
        wide: one space is this many letter heights wider, as between given and family name.
        typed: letters stand unevenly and in uneven ink, as in typescript.
    """

    face: Face
    other: Face | None
    latin: Face | None
    em: int
    track: float
    gap: float
    wide: float
    typed: bool

    @property
    def letter(self) -> float:
        """Pixels of a letter height."""
        return self.face.height * self.em


@dataclass(frozen=True, slots=True)
class Strip:
    """A drawn line.

    Attributes:
        ink: shape (h, w).
        base: row of the baseline.
        letter: pixels of a letter height.
        box: left, top, right, bottom of the line's own ink in pixels.
    """

    ink: Ink
    base: float
    letter: float
    box: tuple[int, int, int, int]


def dress(rng: np.random.Generator, face: Face, kin: Sequence[Face], letter: float) -> Dress:
    """Choose how a line in `face` is set.

    Args:
        kin: the other cuts of its family.
        letter: pixels of a letter height on the scan that will come of it.
    """
    # Drawn somewhat larger than it is scanned.
    em = next((size for size in _SIZES if size * face.height >= 1.1 * letter), _SIZES[-1])
    helpers = faces.latin_faces()
    latin = helpers[int(rng.integers(len(helpers)))] if helpers and rng.random() < 0.07 else None
    return Dress(
        face=face,
        other=kin[int(rng.integers(len(kin)))] if kin and rng.random() < 0.1 else None,
        latin=latin,
        em=em,
        track=float(rng.uniform(0.01, 0.18)) if rng.random() < 0.13 else 0.0,
        gap=float(rng.uniform(0.85, 3.2)) if rng.random() < 0.35 else 1.0,
        wide=float(rng.uniform(0.5, 2.0)) if rng.random() < 0.06 else 0.0,
        typed=face.typewriter and rng.random() < 0.6,
    )


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    face: Face
    em: int


def _runs(rng: np.random.Generator, text: str, how: Dress) -> list[_Run] | None:
    """`text` cut into stretches of one face; None if some character can be drawn by none."""
    stretches = [(text, how.face, how.em)]
    spaces = [index for index, letter in enumerate(text) if letter == " "]
    if how.other is not None and spaces:
        at = spaces[int(rng.integers(len(spaces)))]
        em = how.em if rng.random() < 0.6 else round(how.em * rng.uniform(0.7, 1.0))
        parts = [(text[: at + 1], how.face, how.em), (text[at + 1 :], how.other, em)]
        stretches = parts
    runs: list[_Run] = []
    for stretch, face, em in stretches:
        if how.latin is None and not face.lacks(stretch):
            runs.append(_Run(stretch, face, em))
            continue
        held = ""
        held_face = face
        for letter in stretch:
            chosen = held_face if letter == " " else _face_for(letter, face, how.latin)
            if chosen is None:
                return None
            if chosen is not held_face and held:
                runs.append(_Run(held, held_face, em))
                held = ""
            held_face = chosen
            held += letter
        if held:
            runs.append(_Run(held, held_face, em))
    return runs


def _face_for(letter: str, face: Face, latin: Face | None) -> Face | None:
    code = ord(letter)
    if latin is not None and letter.isascii() and letter.isalnum() and code in latin.letters:
        return latin
    if code in face.letters:
        return face
    for helper in (*faces.latin_faces(), *faces.sign_faces()):
        if code in helper.letters:
            return helper
    return None


def _pieces(run: _Run, how: Dress) -> list[str]:
    """What is drawn at one go: clusters when letters are spaced, words when spaces are widened."""
    if how.track or how.typed:
        return clusters(run.text)
    if how.gap != 1.0 or how.wide:
        return run.text.replace(" ", " \0").split("\0")
    return [run.text]


def set_line(rng: np.random.Generator, text: str, how: Dress) -> Strip | None:
    """`text` as ink with room for its surroundings; None if a character has no glyph anywhere."""
    runs = _runs(rng, text, how)
    if runs is None:
        return None
    letter = how.letter
    placed: list[tuple[float, str, _Run]] = []
    pen = 0.0
    widened = int(rng.integers(max(text.count(" "), 1)))
    seen = 0
    for run in runs:
        type_ = faces.font(run.face.file, run.em)
        for piece in _pieces(run, how):
            if not piece:
                continue
            placed.append((pen, piece, run))
            pen += type_.getlength(piece) + how.track * run.em
            if piece.endswith(" "):
                more = (how.gap - 1) * type_.getlength(" ") + (how.wide * letter if seen == widened else 0.0)
                pen += min(more, _WIDEST * letter)
                seen += 1
    side, base = SIDE * letter, round(ABOVE * letter)
    image = Image.new("L", (int(pen + 2 * side) + 1, base + int(BELOW * letter)), 0)
    brush = ImageDraw.Draw(image)
    for x, piece, run in placed:
        if piece == " ":
            continue
        up, ink = 0.0, 255
        if how.typed:
            up, ink = float(rng.normal(0, 0.035)) * letter, int(rng.integers(150, 256))
        brush.text((side + x, base + up), piece, font=faces.font(run.face.file, run.em), fill=ink, anchor="ls")
    box = image.getbbox()
    if box is None:
        return None
    return Strip(np.asarray(image, dtype=np.uint8).copy(), base, letter, box)


def add_neighbours(rng: np.random.Generator, strip: Strip, how: Dress, texts: Sequence[str]) -> None:
    """Draw the lines above and below into `strip`, at a pitch of 1.02 to 1.6 em.

    Args:
        texts: some lines to take words from.
    """
    pitch = float(1.02 + 0.58 * rng.beta(1.3, 1.6)) * how.em
    draw = rng.random()
    offsets = [-pitch, pitch] if draw < 0.66 else [-pitch] if draw < 0.83 else [pitch]
    image = Image.new("L", (strip.ink.shape[1], strip.ink.shape[0]), 0)
    brush = ImageDraw.Draw(image)
    type_ = faces.font(how.face.file, how.em)
    for offset in offsets:
        text = texts[int(rng.integers(len(texts)))]
        wanted = int(image.width / (0.36 * how.em)) + 4
        while len(text) < wanted:
            text += " " + texts[int(rng.integers(len(texts)))]
        x = (
            -float(rng.uniform(0, 3)) * strip.letter
            if rng.random() < 0.85
            else float(rng.uniform(0, 0.5)) * image.width
        )
        text = "".join(letter for letter in text[:wanted] if ord(letter) in how.face.letters or letter == " ")
        if text.strip():
            brush.text((x, strip.base + offset), text, font=type_, fill=255, anchor="ls")
    np.maximum(strip.ink, np.asarray(image, dtype=np.uint8), out=strip.ink)


def add_marks(rng: np.random.Generator, strip: Strip, short: bool) -> tuple[float, float]:
    """Draw underlines, table rules, dotted lines, a streak or the stroke of a pen or stamp into `strip`.

    Args:
        short: the line is a cell's few letters, which stand between rules more often.

    Returns:
        How far the crop must at least reach left and right of the ink to show the rules, in letter heights.
    """
    ink, unit = strip.ink, strip.letter
    left, top, right, bottom = strip.box
    height, width = ink.shape
    thick = max(round(unit * rng.uniform(0.035, 0.12)), 1)
    dark = int(rng.integers(170, 256))

    def across(y: float, x0: float, x1: float) -> None:
        row = round(y)
        part = ink[max(row, 0) : max(row + thick, 0), max(round(x0), 0) : max(round(x1), 0)]
        np.maximum(part, dark, out=part)

    def upright(x: float, shade: int, wide: int, y0: float = 0, y1: float = 1e9) -> None:
        column = round(x)
        part = ink[max(round(y0), 0) : min(round(y1), height), max(column, 0) : max(column + wide, 0)]
        np.maximum(part, shade, out=part)

    reach = [0.0, 0.0]
    if rng.random() < 0.07:  # an underline, of all or part of the line
        x0, x1 = (left, right) if rng.random() < 0.7 else sorted(rng.uniform(left, right, 2))
        y = strip.base + unit * rng.uniform(0.14, 0.34)
        across(y, x0 - 0.1 * unit, x1 + 0.1 * unit)
        if rng.random() < 0.1:
            across(y + 2.2 * thick, x0, x1)
    if rng.random() < 0.035:  # a dotted line to write on
        y, step = strip.base + unit * rng.uniform(0.08, 0.3), unit * rng.uniform(0.22, 0.45)
        x0, x1 = left - unit * rng.uniform(0, 1.5), right + unit * rng.uniform(0, 1.6)
        reach = [0.0, rng.uniform(0, 1.6) if rng.random() < 0.5 else 0.0]
        for x in np.arange(x0, x1, step):
            across(y, x, x + max(thick, 0.08 * unit))
    ruled = rng.random() < (0.33 if short else 0.12)
    rows = [strip.base - unit * rng.uniform(1.25, 2.4), strip.base + unit * rng.uniform(0.25, 1.1)]
    rows[0], rows[1] = min(rows[0], top - 0.06 * unit), max(rows[1], bottom + 0.04 * unit)
    if ruled:
        draw = rng.random()
        for side, edge in ((0, left), (1, right)):
            if draw < 0.5 or (draw < 0.7) == (side == 0):
                off = unit * rng.uniform(0.15, 1.2)
                upright(edge - off if side == 0 else edge + off, dark, thick)
                reach[side] = off / unit + (rng.uniform(-0.1, 0.5) if rng.random() < 0.7 else -0.2)
    if ruled or rng.random() < 0.05:
        draw = rng.random()
        if draw < 0.65:
            across(rows[1], 0, width)
        if 0.4 < draw < 0.85:
            across(rows[0], 0, width)
    if rng.random() < 0.03:  # a streak of the scanner, anywhere
        upright(rng.uniform(left - unit, right + unit), int(rng.integers(50, 230)), max(round(unit * 0.05), 1))
    if rng.random() < 0.025:
        _stroke(rng, ink, unit)
    return reach[0], reach[1]


def _stroke(rng: np.random.Generator, ink: Ink, unit: float) -> None:
    """A piece of a stamp's ring or of a pen's stroke, in pale ink."""
    image = Image.new("L", (ink.shape[1], ink.shape[0]), 0)
    brush = ImageDraw.Draw(image)
    thick = max(round(unit * rng.uniform(0.06, 0.16)), 1)
    shade = int(rng.integers(40, 150))
    if rng.random() < 0.5:
        radius = unit * rng.uniform(4, 8)
        x, y = rng.uniform(0, ink.shape[1]), rng.uniform(-radius, ink.shape[0] + radius)
        brush.ellipse((x - radius, y - radius, x + radius, y + radius), outline=shade, width=thick)
    else:
        x = rng.uniform(0, ink.shape[1])
        points = [(x + unit * k, ink.shape[0] * rng.uniform(-0.2, 1.2)) for k in range(int(rng.integers(2, 6)))]
        for one, two in pairwise(points):
            brush.line((*one, *two), fill=shade, width=thick)
    np.maximum(ink, np.asarray(image, dtype=np.uint8), out=ink)
