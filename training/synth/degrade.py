"""A drawn page as a scanner or a copier returns it.

Everything comes from one numpy generator: the same generator state gives the same pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.text import Box, Cell, Line, PageText
from pipeline.pages.image import Grey
from training.synth import marks

Field = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wear:
    """How a page has suffered. Lengths are points, so that wear looks alike at every resolution.

    Attributes:
        skew: the page is turned by up to this many degrees.
        bend: its lines are bent by up to this many points.
        blur: standard deviation of the blur.
        noise: standard deviation of the grain, in grey levels.
        light: the lighting differs by up to this many grey levels over the page.
        paper: grey level of the paper.
        ink: grey level of full ink.
        spread: ink grown (above 0) or eaten (below 0), in points.
        patchy: share of the ink lost in patches, as in old typescript; 0 to 1.
        jitter: letters stand up to this far off their line.
        streak: a dark vertical streak through the page.
        specks: dark specks a square inch.
        holes: two punch holes at the left edge.
        edge: a dark edge where the lid of the scanner stood open.
        stamp: a rubber stamp on the page.
        stamp_at: where its middle stands, in fractions of the page.
        copies: how often the paper went through a photocopier before it was scanned.
        through: how much of the next page shows through, 0 to 1.
        jpeg: JPEG quality, or None for none.
        bilevel: 1 bit a pixel.
    """

    skew: float = 0.5
    bend: float = 1.2
    blur: float = 0.22
    noise: float = 4.0
    light: float = 10.0
    paper: float = 240.0
    ink: float = 25.0
    spread: float = 0.0
    patchy: float = 0.0
    jitter: float = 0.0
    streak: bool = False
    specks: float = 0.0
    holes: bool = False
    edge: bool = False
    stamp: Literal["round", "box"] | None = None
    stamp_at: tuple[float, float] = (0.78, 0.14)
    copies: int = 0
    through: float = 0.0
    jpeg: int | None = 40
    bilevel: bool = False


CLEAN = Wear(skew=0, bend=0, blur=0, noise=0, light=0, paper=255, ink=0, jpeg=None)


def degrade(
    pixels: Grey, truth: PageText, wear: Wear, dpi: float, rng: np.random.Generator, behind: Grey | None = None
) -> tuple[Grey, PageText]:
    """`pixels` worn, with the truth moved along.

    Args:
        pixels: the drawn page, shape (h, w), 0 ink.
        dpi: its resolution.
        behind: the page printed on the back, for show-through.

    Returns:
        Pixels of the same shape (only 0 and 255 if `wear.bilevel`), and `truth` with its boxes
        where the text went.
    """
    point = dpi / 72.0
    page = _ink(pixels, wear, point, rng)
    page, moved = _warp(page, truth, wear, point, rng)
    if behind is not None and wear.through:
        back = cv2.GaussianBlur(behind[:, ::-1].astype(np.float32), (0, 0), 1.0 * point)
        page -= wear.through * (255 - back)
    if wear.stamp:
        _stamp(page, wear, point, rng)
    for _ in range(wear.copies):
        page = _copied(page, point, rng)
    if wear.blur:
        page = cv2.GaussianBlur(page, (0, 0), wear.blur * point).astype(np.float32)
    page = wear.ink + page * (wear.paper - wear.ink) / 255.0
    page = _dirt(page, wear, point, rng)
    if wear.light:
        page += _smooth(rng, page.shape, 3, wear.light)
    if wear.noise:
        page += cv2.GaussianBlur(rng.normal(0, wear.noise * 1.6, page.shape).astype(np.float32), (0, 0), 0.7)
    scanned = page.clip(0, 255).astype(np.uint8)
    if wear.bilevel:
        # Relative to ink and paper: a fixed threshold would eat thin type.
        threshold = wear.ink + (wear.paper - wear.ink) * rng.uniform(0.52, 0.62)
        return np.where(scanned < threshold, 0, 255).astype(np.uint8), moved
    if wear.jpeg is not None:
        ok, data = cv2.imencode(".jpg", scanned, [cv2.IMWRITE_JPEG_QUALITY, wear.jpeg])
        if not ok:
            raise ValueError("the page cannot be written as JPEG")
        decoded = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
        scanned = np.asarray(decoded, dtype=np.uint8)
    return scanned, moved


def _smooth(rng: np.random.Generator, shape: tuple[int, ...], knots: int, amplitude: float) -> Field:
    """A smooth random field of `shape` within about ±amplitude, with `knots` x `knots` free values."""
    coarse = rng.uniform(-amplitude, amplitude, (knots, knots)).astype(np.float32)
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC).astype(np.float32)


def _ink(pixels: Grey, wear: Wear, point: float, rng: np.random.Generator) -> Field:
    """Ink grown or eaten, lost in patches, letters off their line."""
    page = pixels.astype(np.float32)
    if wear.jitter:
        rows, columns = page.shape
        # One knot about every letter, so that neighbours move differently.
        fields = []
        for _ in range(2):
            coarse = rng.normal(0, wear.jitter * point / 2, (rows // round(9 * point), columns // round(6 * point)))
            fields.append(cv2.resize(coarse.astype(np.float32), (columns, rows), interpolation=cv2.INTER_LINEAR))
        y, x = np.indices(page.shape, dtype=np.float32)
        page = cv2.remap(page, x + fields[0], y + fields[1], cv2.INTER_LINEAR, borderValue=(255,)).astype(np.float32)
    if wear.spread:
        sigma = abs(wear.spread) * point
        soft = cv2.GaussianBlur(page, (0, 0), max(sigma, 0.5))
        push = 60.0 if wear.spread > 0 else -60.0
        page = ((soft - 127.5) * 2.2 + 127.5 - push).clip(0, 255).astype(np.float32)
    if wear.patchy:
        # Two scales: whole words typed weakly, and grain inside the strokes.
        weak = _smooth(rng, page.shape, 40, 0.5) + 0.5
        grain = cv2.GaussianBlur(rng.random(page.shape, dtype=np.float32), (0, 0), 0.35 * point)
        grain = (grain - grain.mean()) / max(float(grain.std()), 1e-6)
        keep = (1 - wear.patchy * weak.clip(0, 1) + 0.35 * wear.patchy * grain).clip(0.25, 1)
        page = 255 - (255 - page) * keep
    return np.asarray(page, dtype=np.float32)


def _warp(page: Field, truth: PageText, wear: Wear, point: float, rng: np.random.Generator) -> tuple[Field, PageText]:
    """Turn and bend the paper."""
    angle = np.deg2rad(rng.uniform(-wear.skew, wear.skew)) if wear.skew else 0.0
    bow, twist = rng.uniform(-wear.bend, wear.bend, 2) * point
    if not (wear.skew or wear.bend):
        return page, truth
    height, width = page.shape
    middle = np.array([width / 2, height / 2], dtype=np.float32)

    def source(x: Field, y: Field) -> tuple[Field, Field]:
        """Where on the flat page the scanned pixel (x, y) comes from."""
        u = np.cos(angle) * (x - middle[0]) - np.sin(angle) * (y - middle[1]) + middle[0]
        v = np.sin(angle) * (x - middle[0]) + np.cos(angle) * (y - middle[1]) + middle[1]
        v = v + bow * np.sin(np.pi * x / width) + twist * (y / height) * (x / width - 0.5)
        return u.astype(np.float32), v.astype(np.float32)

    grid: Field = np.indices(page.shape, dtype=np.float32)
    bent = cv2.remap(page, *source(grid[1], grid[0]), cv2.INTER_LINEAR, borderValue=(255,)).astype(np.float32)

    def move(box: Box) -> Box:
        across = np.linspace(box[0] * width, box[2] * width, 9, dtype=np.float32)
        u: Field = np.concatenate([across, across])
        v: Field = np.repeat(np.array([box[1], box[3]], dtype=np.float32) * height, 9)
        x: Field = u
        y: Field = v
        for _ in range(6):  # the map is close to the identity: stepping back by its error converges at once
            at_x, at_y = source(x, y)
            x, y = x - (at_x - u), y - (at_y - v)
        sides = (x.min() / width, y.min() / height, x.max() / width, y.max() / height)
        x0, y0, x1, y1 = (min(max(float(side), 0.0), 1.0) for side in sides)
        return x0, y0, x1, y1

    lines = tuple(
        Line(cells=tuple(Cell(text=cell.text, box=move(cell.box)) for cell in line.cells)) for line in truth.lines
    )
    rules, figures = (tuple(move(box) for box in boxes) for boxes in (truth.rules, truth.figures))
    return bent, truth.model_copy(update={"lines": lines, "rules": rules, "figures": figures})


def _copied(page: Field, point: float, rng: np.random.Generator) -> Field:
    """One generation of an analogue copier: soft optics, steep contrast, grains of toner.

    `page` is ink on white, 0 to 255, and so is what comes back.
    """
    soft: Field = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.15, 0.24) * point).astype(np.float32)
    grain = cv2.GaussianBlur(rng.normal(0, 1, page.shape).astype(np.float32), (0, 0), 0.13 * point)
    soft += (grain / max(float(grain.std()), 1e-6) * rng.uniform(9, 15)).astype(np.float32)
    # Exposure differs over the glass and from copy to copy: here strokes grow, there they are eaten.
    level = rng.uniform(118, 158) + _smooth(rng, page.shape, 4, 16)
    copy = ((soft - level) * rng.uniform(2.2, 3.2) + 140).clip(0, 255).astype(np.float32)
    for _ in range(rng.poisson(0.7 * page.size / (72 * point) ** 2)):
        at = (int(rng.integers(page.shape[1])), int(rng.integers(page.shape[0])))
        cv2.circle(copy, at, round(max(rng.exponential(0.28) * point, 0.6)), float(rng.uniform(0, 90)), -1)
    return copy


def _stamp(page: Field, wear: Wear, point: float, rng: np.random.Generator) -> None:
    """Press a grey rubber stamp onto `page`."""
    if wear.stamp == "round":
        ink = marks.round_stamp(round(92 * point), "สำนักงานเลขานุการที่ประชุม * ", rng)
    else:
        ink = marks.box_stamp(round(120 * point), round(58 * point), rng)
    height, width = ink.shape
    top = int(wear.stamp_at[1] * page.shape[0]) - height // 2
    left = int(wear.stamp_at[0] * page.shape[1]) - width // 2
    top, left = max(min(top, page.shape[0] - height), 0), max(min(left, page.shape[1] - width), 0)
    part = page[top : top + height, left : left + width]
    page[top : top + height, left : left + width] = np.minimum(part, 255 - (255 - ink.astype(np.float32)) * 0.6)


def _dirt(page: Field, wear: Wear, point: float, rng: np.random.Generator) -> Field:
    """Streak, specks, punch holes and the dark edge of an open lid."""
    height, width = page.shape
    if wear.streak:
        column = rng.uniform(0.2, 0.8) * width
        wander = np.interp(np.arange(height), np.linspace(0, height, 5), column + rng.normal(0, 0.6 * point, 5))
        for y, x in enumerate(wander.astype(int)):
            page[y, x : x + max(round(0.35 * point), 1)] = wear.ink + 20
    count = rng.poisson(wear.specks * width * height / (72 * point) ** 2)
    for _ in range(count):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        radius = max(rng.exponential(0.35) * point, 0.7)
        cv2.circle(page, (x, y), round(radius), float(wear.ink + rng.uniform(0, 90)), -1)
    if wear.holes:
        x = round(24 * point)
        for share in (0.45, 0.55):
            y = round(height * share + rng.normal(0, 4) * point)
            cv2.circle(page, (x, y), round(8.5 * point), 20.0, -1)
    if wear.edge:
        side = round(rng.uniform(5, 11) * point)
        fade = np.linspace(0, 1, side, dtype=np.float32)
        page[:, width - side :] -= (fade**2 * 210)[None, :]
        page[height - side // 2 :, :] -= 120
    return page
