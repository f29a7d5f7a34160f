"""A page as pixels, and its truth: lines of cells with the boxes of their ink, rules and pictures."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from pipeline.ocr.text import Box, Cell, Line, PageText, union
from pipeline.pages.image import Grey
from training.synth import faces, marks, words
from training.synth.page import A4, Page, Piece, Rule, Run

POINTS = 72.0  # an inch

# A gap wider than this many em parts two cells of a line, and so does a ruled line; a narrower gap is a space.
CELL_GAP = 1.2


def draw(page: Page, dpi: float) -> tuple[Grey, PageText]:
    """`page` on A4 at `dpi`.

    Returns:
        Grey pixels, shape (h, w), 0 ink and 255 paper, and what stands on them. Boxes are the
        extent of the ink in fractions of the page.
    """
    scale = dpi / POINTS
    width, height = (round(side * scale) for side in A4)
    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    figures: list[Box] = []
    for figure in page.figures:
        marks.figure(pen, figure, scale)
        if figure.kind != "scrawl":  # a signature is no picture
            box = (figure.x0 * scale, figure.y0 * scale, figure.x1 * scale, figure.y1 * scale)
            figures.append(_fractions(box, width, height))
    rules: list[Box] = []
    for rule in page.rules:
        thick = max(round(rule.thickness * scale), 1)
        x0, y0, x1, y1 = (round(side * scale) for side in (rule.x0, rule.y0, rule.x1, rule.y1))
        corner = (x1, y0 + thick - 1) if y0 == y1 else (x0 + thick - 1, y1)
        pen.rectangle((x0, y0, *corner), fill=0)
        rules.append((x0 / width, y0 / height, min((corner[0] + 1) / width, 1), min((corner[1] + 1) / height, 1)))
    lines = []
    for row in page.rows():
        boxes = [_draw_piece(pen, piece, scale) for piece in row]
        lines.append(_line(row, boxes, page.rules, width, height))
    truth = PageText(
        number=page.number,
        width=width,
        height=height,
        lines=tuple(lines),
        rules=tuple(rules),
        figures=tuple(figures),
    )
    return np.asarray(image, dtype=np.uint8).copy(), truth


def _draw_piece(pen: ImageDraw.ImageDraw, piece: Piece, scale: float) -> Box:
    """Draw `piece` and return the box of its ink in pixels."""
    return union([_draw_run(pen, run, scale) for run in piece.runs if run.text.strip()])


def _draw_run(pen: ImageDraw.ImageDraw, run: Run, scale: float) -> Box:
    font = faces.font(run.face, round(run.size * scale, 2))
    boxes: list[Box] = []
    x, y = run.x * scale, run.y * scale
    if run.track > 0:
        for cluster in words.clusters(run.text):
            if not cluster.isspace():
                pen.text((x, y), cluster, font=font, fill=0, anchor="ls")
                boxes.append(pen.textbbox((x, y), cluster, font=font, anchor="ls"))
            x += font.getlength(cluster) + run.track * scale
    else:
        text = run.text.rstrip()
        pen.text((x, y), text, font=font, fill=0, anchor="ls")
        boxes.append(pen.textbbox((x, y), text, font=font, anchor="ls"))
    if run.underline:
        # Below the letters, through ุ and ู as word processors draw it.
        under = y + 0.13 * run.size * scale
        thick = max(round(0.055 * run.size * scale), 1)
        pen.rectangle((run.x * scale, under, (run.x + run.width) * scale, under + thick - 1), fill=0)
    return union(boxes)


def _line(row: list[Piece], boxes: list[Box], rules: list[Rule], width: int, height: int) -> Line:
    cells: list[tuple[str, list[Box]]] = []
    right = 0.0
    for piece, box in zip(row, boxes, strict=True):
        gap = piece.x0 - right
        ruled = any(right - 1 <= rule.x0 == rule.x1 <= piece.x0 + 1 and rule.y0 < piece.y < rule.y1 for rule in rules)
        if cells and gap < CELL_GAP * piece.size and not ruled:
            text, held = cells[-1]
            cells[-1] = (text.rstrip() + (" " if gap > 0.05 * piece.size else "") + piece.text.strip(), [*held, box])
        else:
            cells.append((piece.text.strip(), [box]))
        right = piece.x1
    return Line(cells=tuple(Cell(text=text, box=_fractions(union(held), width, height)) for text, held in cells))


def _fractions(box: Box, width: int, height: int) -> Box:
    def clip(value: float) -> float:
        return min(max(value, 0.0), 1.0)

    return clip(box[0] / width), clip(box[1] / height), clip(box[2] / width), clip(box[3] / height)
