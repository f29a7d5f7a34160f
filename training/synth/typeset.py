"""Text into lines: widths, line breaks, tabs, justification.

Widths are measured at one large size and scaled, so that lines break at the same
places whatever resolution the page is drawn at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from training.synth import faces, words
from training.synth.page import Piece, Run, Span

Align = Literal["left", "centre", "right", "spaces", "letters"]

_MEASURE = 100.0  # pixels of an em while measuring
_WIDEST_SPACE = 0.9  # em a space may grow by; beyond it letters are spaced instead, as word processors do
_WIDEST_TRACK = 0.35  # em between letters; beyond it the line is left ragged


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family at one size in points."""

    family: str
    size: float

    def cut(self, span: Span) -> faces.Cut:
        return faces.cut(self.family, span.bold, span.italic)

    def width(self, text: str, span: Span) -> float:
        """Advance of `text` in points."""
        return _advance(self.cut(span), text) * self.size / _MEASURE


@lru_cache(maxsize=65536)
def _advance(face: faces.Cut, text: str) -> float:
    faces.check(face, text)
    return float(faces.font(face, _MEASURE).getlength(text))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of one line in one dress, from `x` on."""

    x: float
    text: str
    span: Span
    width: float


@dataclass(slots=True)
class SetLine:
    """One line, its parts measured from the left edge of the text."""

    parts: list[_Part]
    ends_paragraph: bool

    @property
    def width(self) -> float:
        return self.parts[-1].x + self.parts[-1].width if self.parts else 0.0


def break_lines(
    spans: Sequence[Span],
    face: Typeface,
    width: float,
    *,
    first: float = 0.0,
    tabs: Sequence[float] = (),
    after_tab: float | None = None,
    at_space: bool = False,
) -> list[SetLine]:
    """`spans` as lines no wider than `width` points.

    Args:
        first: where the first line starts (its indent), in points.
        tabs: tab stops, in points from the left edge of the text; a tab beyond the last moves by one em.
        after_tab: where lines after the first start; None is the left edge.
        at_space: break at a space in the latter part of a line rather than inside running Thai, as a
            person does who types a narrow column.
    """
    lines: list[SetLine] = []
    current: list[_Part] = []
    x = first
    for atom in _atoms(spans):
        if atom[0][1] == "\n":
            lines.append(SetLine(_trimmed(current), ends_paragraph=True))
            current, x = [], after_tab or 0.0
            continue
        if atom[0][1] == "\t":
            stop = next((tab for tab in tabs if tab > x + 0.2 * face.size), x + face.size)
            current.append(_Part(x, "\t", atom[0][0], stop - x))
            x = stop
            continue
        parts = [(span, text, face.width(text, span)) for span, text in atom]
        wide = sum(part[2] for part in parts)
        space = atom[0][1].isspace()
        if x + wide > width + 0.01 and current and not space and not _only_blank(current):
            rest = _split_at_space(current, width) if at_space else []
            lines.append(SetLine(_trimmed(current), ends_paragraph=False))
            x = after_tab or 0.0
            current = []
            for part in rest:
                current.append(_Part(x, part.text, part.span, part.width))
                x += part.width
        if space and not current and lines and not lines[-1].ends_paragraph:
            continue
        for span, text, part_width in parts:
            current.append(_Part(x, text, span, part_width))
            x += part_width
    lines.append(SetLine(_trimmed(current), ends_paragraph=True))
    return lines


def _atoms(spans: Sequence[Span]) -> list[list[tuple[Span, str]]]:
    """What is never broken, each as stretches of (dress, text)."""
    plain = "".join(span.text for span in spans)
    owners = [span for span in spans for _ in span.text]
    atoms = []
    at = 0
    for piece in words.unbroken(plain):
        # Tabs and line ends are atoms of their own, whatever blanks stand beside them.
        for unit in [piece] if not ({"\t", "\n"} & set(piece)) else list(piece):
            letters = list(zip(owners[at : at + len(unit)], unit, strict=True))
            atoms.append(
                [(span, "".join(c for _, c in run)) for span, run in groupby(letters, key=lambda pair: pair[0])]
            )
            at += len(unit)
    return atoms


def _only_blank(parts: list[_Part]) -> bool:
    return all(part.text.isspace() for part in parts)


def _trimmed(parts: list[_Part]) -> list[_Part]:
    while parts and parts[-1].text.isspace():
        parts = parts[:-1]
    return parts


def _split_at_space(parts: list[_Part], width: float) -> list[_Part]:
    """Take off what follows the last space of `parts`, if that space is far enough to the right."""
    for index in range(len(parts) - 1, 0, -1):
        if parts[index].text == " " and parts[index].x > 0.5 * width:
            rest = parts[index + 1 :]
            del parts[index:]
            return rest
    return []


def place(line: SetLine, face: Typeface, x: float, y: float, width: float, align: Align) -> list[Piece]:
    """The pieces of `line` in a column of `width` points at (x, y), y being the baseline."""
    slack = width - line.width
    shift = {"centre": slack / 2, "right": slack}.get(align, 0.0)
    stretches = _between_tabs(line.parts)
    pieces = []
    for index, stretch in enumerate(stretches):
        spread = index == len(stretches) - 1 and align in ("spaces", "letters") and not line.ends_paragraph
        text = "".join(part.text for part in stretch)
        pieces.append(Piece(text, tuple(_runs(stretch, face, x + shift, y, slack if spread else 0.0, align))))
    return pieces


def _between_tabs(parts: list[_Part]) -> list[list[_Part]]:
    stretches: list[list[_Part]] = [[]]
    for part in parts:
        if part.text == "\t":
            stretches.append([])
        else:
            stretches[-1].append(part)
    return [stretch for stretch in stretches if "".join(part.text for part in stretch).strip()]


def _runs(parts: list[_Part], face: Typeface, x: float, y: float, slack: float, align: Align) -> list[Run]:
    text = "".join(part.text for part in parts)
    spaces = text.count(" ")
    letters = max(len(words.clusters(text)) - 1, 1)
    grow = track = 0.0
    if slack > 0 and align == "spaces" and spaces and slack / spaces < _WIDEST_SPACE * face.size:
        grow = slack / spaces
    elif slack > 0 and slack / letters < _WIDEST_TRACK * face.size:
        track = slack / letters
    runs: list[Run] = []
    pen = x + parts[0].x
    for span, same in groupby(parts, key=lambda part: part.span):
        stretch = "".join(part.text for part in same)
        # Grown spaces part the runs; otherwise a stretch in one dress is drawn, and shaped, as a whole.
        for bit in stretch.replace(" ", " \0").split("\0") if grow else [stretch]:
            if not bit:
                continue
            advance = face.width(bit, span) + track * len(words.clusters(bit)) + (grow if bit.endswith(" ") else 0.0)
            runs.append(Run(pen, y, bit, face.cut(span), face.size, advance, track, span.underline))
            pen += advance
    return runs
