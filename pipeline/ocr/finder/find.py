"""The door: an upright page → the pieces of its text lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from pipeline.ocr.finder.binarise import ink_of
from pipeline.ocr.finder.bodies import Bodies, find_bodies
from pipeline.ocr.finder.chains import link, renumbered, rooted
from pipeline.ocr.finder.components import Components, Ints, components_of, letter_height
from pipeline.ocr.finder.dirt import clean_rows, is_certain
from pipeline.ocr.finder.flow import flow_of
from pipeline.ocr.finder.furniture import find_furniture, inside, walls_of
from pipeline.ocr.finder.large import large_type
from pipeline.ocr.finder.leftovers import print_strands, small_print, strokes
from pipeline.ocr.finder.piece import Piece
from pipeline.ocr.finder.rows import Span, levelled, pieces_of, rows_of, sized
from pipeline.ocr.finder.strands import Strand, lengthened, owners, strand_of, without_marks
from pipeline.pages.image import PageImage
from pipeline.pages.rules import Rule

_KNOTS = 4.0
"""Letter heights between the points a baseline is given at."""


def find_pieces(page: PageImage, rules: Sequence[Rule]) -> list[Piece]:
    """The pieces of text on an upright, level page, in reading order.

    Args:
        page: usually after `without_rules`.
        rules: from `find_rules`; upright ones that are no streaks part cells.

    Returns:
        Rows from the top, the pieces of a row from the left; none for a blank page.
    """
    ink, scale = ink_of(page)
    dpi = page.dpi / scale
    components = components_of(ink)
    letter = letter_height(components, dpi)
    if letter is None:
        return []
    size = (ink.shape[1], ink.shape[0])
    furniture = find_furniture(components, rules, letter, dpi)
    large = large_type(components, ~furniture.part, letter)
    bodies = find_bodies(components, ~furniture.part, large, furniture.doubtful, letter)
    if not len(bodies):
        return []
    walls = walls_of(rules, bodies, size, letter)
    chains = link(bodies, walls, letter)
    kept = rooted(chains, furniture.part[bodies.piece])
    bodies, chains = bodies.subset(kept), renumbered(chains[kept])
    if not len(bodies):
        return []
    flow = flow_of(
        ((bodies.x0 + bodies.x1) / 2)[bodies.whole], bodies.bottom[bodies.whole], chains[bodies.whole], size, letter
    )
    strands = [
        strand_of(np.flatnonzero(chains == chain).astype(np.int32), bodies, flow, letter)
        for chain in range(int(chains.max()) + 1)
    ]
    strands = without_marks(strands, bodies)
    strands = [strand for strand in strands if not _in_seal(strand, bodies, furniture.seals)]
    free = ~furniture.part
    free[bodies.piece] = False
    owner = owners(components, free, strands, dpi)
    free &= owner < 0
    strands = lengthened(strands, components, owner)
    owner = np.maximum(owner, owners(components, free, strands, dpi))
    free &= owner < 0
    free &= ~inside(furniture.seals, components.x0, components.y0, components.x1, components.y1)
    small, chains = small_print(components, free & (components.height < letter), walls, letter)
    if len(small):
        strands += print_strands(small, chains, len(bodies), flow)
        bodies = bodies.joined(small)
        free[small.piece] = False
        more = owners(components, free, strands, dpi)
        owner = np.maximum(owner, more)
        free &= owner < 0
    for strand, parts in strokes(components, free, walls, flow, letter, dpi):
        owner[parts] = len(strands)
        strands.append(strand)
    spans = _spans(components, bodies, strands, owner)
    pieces: list[Piece] = []
    number = 0
    rows = clean_rows(rows_of(strands), strands, bodies, components, furniture.scrawls)
    strands = sized(rows, strands)
    strands = levelled(rows, strands, [is_certain(strand, bodies) for strand in strands])
    for row in rows:
        held = [span for index in row for span in spans[index]]
        cut = pieces_of(held, walls, strands)
        pieces += [_piece(part, strands, number, scale, page) for part in cut]
        number += bool(cut)
    return pieces


def _in_seal(strand: Strand, bodies: Bodies, seals: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    held = bodies.subset(strand.bodies)
    return bool(inside(seals, held.x0, held.top, held.x1, held.bottom).all()) if len(seals) else False


def _spans(components: Components, bodies: Bodies, strands: Sequence[Strand], owner: Ints) -> dict[int, list[Span]]:
    """The ink of each strand."""
    spans: dict[int, list[Span]] = defaultdict(list)
    boxes = list(zip(*(side.tolist() for side in (bodies.x0, bodies.top, bodies.x1, bodies.bottom)), strict=True))
    whole, pieces = bodies.whole.tolist(), bodies.piece.tolist()
    for index, strand in enumerate(strands):
        for body in strand.bodies.tolist():
            x0, y0, x1, y1 = boxes[body]
            if not whole[body]:
                # Ink that runs together may be of two lines: no more of it than marks reach is this line's.
                y0 = max(float(components.y0[pieces[body]]), y0 - strand.letter)
                y1 = min(float(components.y1[pieces[body]]), y1 + 0.5 * strand.letter)
            spans[index].append(Span(x0, y0, x1, y1, index))
    owned = np.flatnonzero(owner >= 0)
    sides = (side[owned].tolist() for side in (components.x0, components.y0, components.x1, components.y1, owner))
    for x0, y0, x1, y1, index in zip(*sides, strict=True):
        spans[index].append(Span(float(x0), float(y0), float(x1), float(y1), index))
    return spans


def _piece(part: Sequence[Span], strands: Sequence[Strand], row: int, scale: float, page: PageImage) -> Piece:
    x0, x1 = min(span.x0 for span in part), max(span.x1 for span in part)
    y0, y1 = min(span.y0 for span in part), max(span.y1 for span in part)
    # The strand most of the piece is of says how it runs.
    widths: dict[int, float] = defaultdict(float)
    for span in part:
        widths[span.strand] += span.x1 - span.x0
    strand = strands[max(widths, key=lambda index: (widths[index], -index))]
    knots = np.linspace(x0, x1, max(2, round((x1 - x0) / (_KNOTS * strand.letter)) + 1))
    box = (
        max(0, int(np.floor(x0 * scale))),
        max(0, int(np.floor(y0 * scale))),
        min(page.width, int(np.ceil(x1 * scale))),
        min(page.height, int(np.ceil(y1 * scale))),
    )
    baseline = tuple(
        (round(float(x) * scale, 2), round(float(y) * scale, 2))
        for x, y in zip(knots, strand.baseline.at(knots), strict=True)
    )
    return Piece(box, baseline, round(strand.letter * scale, 2), row)
