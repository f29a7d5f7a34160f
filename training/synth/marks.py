"""What stands on a page and is no text: crests, scrawled signatures, charts, stamps."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from pipeline.pages.image import Grey
from training.synth import faces
from training.synth.page import Figure

Point = tuple[float, float]


def figure(pen: ImageDraw.ImageDraw, shape: Figure, scale: float) -> None:
    """Draw `shape`; `scale` is pixels a point."""
    box = (shape.x0 * scale, shape.y0 * scale, shape.x1 * scale, shape.y1 * scale)
    rng = np.random.default_rng(shape.seed)
    {"crest": _crest, "scrawl": _scrawl, "chart": _chart}[shape.kind](pen, box, scale, rng)


def _crest(
    pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float], scale: float, rng: np.random.Generator
) -> None:
    """A seal of nobody: rings, rays and a lotus of arcs."""
    x0, y0, x1, y1 = box
    cx, cy, radius = (x0 + x1) / 2, (y0 + y1) / 2, min(x1 - x0, y1 - y0) / 2
    thin = max(round(0.7 * scale), 1)
    for share in (1.0, 0.93, 0.62):
        r = radius * share
        pen.ellipse((cx - r, cy - r, cx + r, cy + r), outline=0, width=thin * (2 if share == 1.0 else 1))
    rays = int(rng.integers(18, 30))
    for ray in range(rays):
        turn = 2 * math.pi * ray / rays
        a, b = radius * 0.68, radius * (0.88 if ray % 2 else 0.8)
        pen.line(
            (cx + a * math.cos(turn), cy + a * math.sin(turn), cx + b * math.cos(turn), cy + b * math.sin(turn)),
            0,
            thin,
        )
    for petal in range(5):
        lean = (petal - 2) * 0.42
        tip = (cx + radius * 0.5 * math.sin(lean), cy + radius * 0.25 - radius * 0.68 * math.cos(lean))
        for side in (-1, 1):
            middle = (cx + radius * (0.3 * math.sin(lean) + side * 0.13), cy - radius * 0.05 * math.cos(lean))
            _stroke(pen, [(cx, cy + radius * 0.35), middle, tip], thin, 0)


def _scrawl(
    pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float], scale: float, rng: np.random.Generator
) -> None:
    """A signature that nobody can read."""
    x0, y0, x1, y1 = box
    points: list[Point] = []
    steps = int(rng.integers(9, 14))
    for step in range(steps):
        x = x0 + (x1 - x0) * (step / (steps - 1)) + rng.normal(0, 0.05) * (x1 - x0)
        high = step % 2 == 0
        y = (y0 if high else y1) + rng.uniform(-0.05, 0.4) * (y1 - y0) * (1 if high else -1)
        points.append((x, y))
    _stroke(pen, points, max(round(1.1 * scale), 1), 40)
    tail = [(x0 + 0.1 * (x1 - x0), y1), (x1, (y0 + 2 * y1) / 3), (x1 * 1.01, y0)]
    _stroke(pen, tail, max(round(0.9 * scale), 1), 40)


def _chart(
    pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float], scale: float, rng: np.random.Generator
) -> None:
    """A bar chart without words, like a picture pasted into the text."""
    x0, y0, x1, y1 = box
    thin = max(round(0.8 * scale), 1)
    pen.rectangle(box, outline=90, width=thin)
    bars = int(rng.integers(5, 9))
    step = (x1 - x0) / (bars + 1)
    for bar in range(bars):
        left = x0 + step * (bar + 0.6)
        top = y1 - (y1 - y0) * rng.uniform(0.25, 0.85)
        pen.rectangle((left, top, left + step * 0.55, y1 - 3 * scale), fill=int(rng.integers(110, 190)), outline=60)


def _stroke(pen: ImageDraw.ImageDraw, points: list[Point], width: int, fill: int) -> None:
    """A smooth line through `points` (Catmull-Rom)."""
    held = [points[0], *points, points[-1]]
    path: list[Point] = []
    for a, b, c, d in zip(held, held[1:], held[2:], held[3:], strict=False):
        for step in range(12):
            t = step / 12
            path.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    path.append(points[-1])
    pen.line(path, fill=fill, width=width, joint="curve")


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def round_stamp(side: int, words: str, rng: np.random.Generator) -> Grey:
    """A round rubber stamp of `side` pixels, shape (side, side), 0 ink: rings and `words` around them."""
    image = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(image)
    thin = max(side // 60, 1)
    for inset in (0.02, 0.07, 0.3):
        pen.ellipse((side * inset, side * inset, side * (1 - inset), side * (1 - inset)), outline=0, width=thin)
    font = faces.font(faces.cut("Loma", bold=True), round(side * 0.11, 2))
    letters = [*words]
    for index, letter in enumerate(letters):
        turn = 360 * index / len(letters)
        tile = Image.new("L", (side, side), 255)
        ImageDraw.Draw(tile).text((side / 2, side * 0.245), letter, font=font, fill=0, anchor="ms")
        tile = tile.rotate(-turn, resample=Image.Resampling.BILINEAR, fillcolor=255)
        image.paste(0, mask=tile.point(lambda value: 255 - value))
    for arm in range(5):
        turn = 2 * math.pi * arm / 5 - math.pi / 2
        over = turn + 4 * math.pi / 5
        r = side * 0.15
        pen.line(
            (
                side / 2 + r * math.cos(turn),
                side / 2 + r * math.sin(turn),
                side / 2 + r * math.cos(over),
                side / 2 + r * math.sin(over),
            ),
            fill=0,
            width=thin,
        )
    return _inked(image, rng)


def box_stamp(width: int, height: int, rng: np.random.Generator) -> Grey:
    """A boxed date stamp of `width` x `height` pixels with a smeared, unreadable hand in it, 0 ink."""
    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    thin = max(height // 30, 1)
    pen.rectangle((thin, thin, width - 1 - thin, height - 1 - thin), outline=0, width=thin)
    for row in range(1, 3):
        y = height * row / 3
        pen.line((width * 0.08, y, width * 0.92, y), fill=0, width=max(thin // 2, 1))
        _scrawl(pen, (width * 0.2, y - height * 0.2, width * 0.7, y - height * 0.03), height / 90, rng)
    return _inked(image, rng)


def _inked(image: Image.Image, rng: np.random.Generator) -> Grey:
    """The uneven print of a rubber stamp, turned a little."""
    image = image.rotate(rng.uniform(-14, 14), resample=Image.Resampling.BILINEAR, fillcolor=255)
    patches = rng.uniform(0.35, 1.0, (6, 6)).astype(np.float32)
    even = Image.fromarray((patches * 255).astype(np.uint8)).resize(image.size, Image.Resampling.BICUBIC)
    ink = (255 - np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)) * np.asarray(even) / 255
    return np.asarray((255 - ink).clip(0, 255), dtype=np.uint8)
