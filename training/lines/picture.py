"""One line of text as the reader will hand it to the recogniser: 40 pixels high, dark ink on light paper."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.finder.crop import ABOVE, BELOW, stretched
from pipeline.ocr.leaders import STRIDE, steps_needed
from training.lines import degrade, scribbles, setting
from training.lines.degrade import Grey
from training.lines.faces import Face

HEIGHT = 40  # pixels of a picture

_DPI = (100, 150, 200, 300, 400, 600)
_DPI_STEPS = (0.04, 0.20, 0.54, 0.90, 0.95, 1.0)
_READER_DPI = 200
_BESIDE = 0.05  # share of lines with a scribble beside them


def picture(
    rng: np.random.Generator, text: str, face: Face, kin: Sequence[Face], texts: Sequence[str], scribbled: bool = False
) -> npt.NDArray[np.uint8] | None:
    """`text` in `face`, drawn, worn and framed.

    Args:
        kin: the other cuts of its family, for words in bold or italic.
        texts: lines to fill the neighbours with.
        scribbled: a scribble stands in place of the text.

    Returns:
        Pixels of shape (40, w), or None if the text cannot be set so that it can be read: a character has no
        glyph, or its letters would stand closer than the net can tell apart.
    """
    dpi = next(dpi for dpi, step in zip(_DPI, _DPI_STEPS, strict=True) if rng.random() < step or step == 1.0)
    tall = float(np.clip(rng.normal(6.6, 1.3), 3.6, 13)) if rng.random() < 0.93 else float(rng.uniform(8, 16))
    scanned = float(np.clip(tall * dpi / 72, 7.5, 38))
    how = setting.dress(rng, face, kin, scanned)
    strip = setting.set_line(rng, text, how)
    if strip is None:
        return None
    if scribbled:
        text, strip = "", scribbles.instead(rng, strip)
    reach = setting.add_marks(rng, strip, short=len(text) < 12) if text else (0.0, 0.0)
    if text and rng.random() < _BESIDE:
        strip, further = scribbles.beside(rng, strip)
        reach = (max(reach[0], further[0]), max(reach[1], further[1]))
    if rng.random() < 0.62:
        setting.add_neighbours(rng, strip, how, texts)
    behind = strip.ink if rng.random() < 0.05 else None
    window = _window(rng, strip, reach, low=not any("ก" <= letter <= "ฮ" for letter in text))
    strip, window, turned = _onto_scan(rng, strip, window, scanned, how)
    if behind is not None:
        behind = np.roll(strip.ink, int(strip.letter * rng.uniform(0.4, 2)), axis=0)
    # What is typed is old, and its ribbon was weak.
    grey = degrade.wear(rng, strip.ink, strip.letter, behind, heavily=0.42 if face.typewriter else 0.25)
    if abs(turned) > 0.002 and rng.random() < 0.6:
        grey = _turn_back(grey, turned * float(rng.uniform(0.75, 1.1)))
    if dpi > _READER_DPI and scanned > 17 and rng.random() < 0.6:
        part = _READER_DPI / dpi if scanned < 38 else 20 / scanned
        grey = np.asarray(cv2.resize(grey, None, fx=part, fy=part, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        window = tuple(side * part for side in window)
    return _frame(rng, grey, window, text)


def _window(rng: np.random.Generator, strip: setting.Strip, reach: tuple[float, float], low: bool) -> tuple[float, ...]:
    """Left, top, right, bottom of the crop in pixels of `strip`.

    Args:
        low: the line has no Thai letter; the reader takes its higher digits or capitals for letters.
    """
    unit = strip.letter * float(rng.uniform(0.94, 1.06) if rng.random() < 0.85 else rng.uniform(0.8, 1.25))
    if low and rng.random() < 0.4:
        unit *= float(rng.uniform(1.0, 1.35))
    left, top, right, bottom = strip.box
    over, under = ABOVE + rng.normal(0, 0.07), BELOW + rng.normal(0, 0.06)
    draw = rng.random()
    if draw < 0.14:
        over, under = over + rng.uniform(0.1, 0.45), under + rng.uniform(0.1, 0.45)
    y0, y1 = strip.base - unit * (1 + over), strip.base + unit * under
    if draw > 0.87:
        y0, y1 = top - unit * rng.uniform(0.05, 0.4), bottom + unit * rng.uniform(0.05, 0.4)
        lack = (1.7 * unit - (y1 - y0)) / 2
        if lack > 0:
            y0, y1 = y0 - lack, y1 + lack
    drop = unit * rng.normal(0, 0.06)
    y0, y1 = y0 + drop, y1 + drop
    # The tip of a mark or the tail of ฎู may be cut off, as the segmenter would, but never a mark.
    y0, y1 = min(y0, top + unit * rng.uniform(0, 0.1)), max(y1, bottom - unit * rng.uniform(0, 0.25))
    margins = rng.uniform(0, 1.5, 2) if rng.random() < 0.4 else rng.uniform(0.02, 0.45, 2)
    x0 = left - strip.letter * max(float(margins[0]), reach[0])
    x1 = right + strip.letter * max(float(margins[1]), reach[1])
    return x0, y0, x1, y1


def _onto_scan(
    rng: np.random.Generator, strip: setting.Strip, window: tuple[float, ...], scanned: float, how: setting.Dress
) -> tuple[setting.Strip, tuple[float, ...], float]:
    """`strip` at the scan's resolution, slanted, turned and bent.

    Returns:
        The strip, the window on it, and the angle in radians by which it is turned.
    """
    scale = scanned / strip.letter
    wide = scale * (float(rng.uniform(0.86, 1.14)) if rng.random() < 0.5 else 1.0)
    height, width = strip.ink.shape
    size = (max(round(width * wide), 8), max(round(height * scale), 8))
    # A long line may not drift out of its frame: turned by up to 1.2°, but at most a third of a letter height.
    most = min(math.radians(1.2), 0.34 * scanned / size[0] * 2)
    angle = float(rng.uniform(-most, most)) if rng.random() < 0.55 else 0.0
    lean = 0.0
    if rng.random() < 0.05:
        lean = float(rng.uniform(-0.06, 0.25 if not how.face.italic else 0.05))
    base = strip.base * scale
    # x' = wide x - lean (y - base); y' = scale y + angle (x' - middle)
    matrix = np.array(
        [[wide, -lean * scale, lean * base], [angle * wide, scale, -angle * size[0] / 2]],
        dtype=np.float64,
    )
    ink = strip.ink
    if scale < 0.62:
        ink = cv2.GaussianBlur(ink, (0, 0), 0.42 / scale).astype(np.uint8)
    if rng.random() < 0.14:
        ink = _bend(rng, ink, strip.letter)
    turned = cv2.warpAffine(ink, matrix, size, flags=cv2.INTER_LINEAR).astype(np.uint8)
    x0, y0, x1, y1 = window
    grown = scanned * abs(lean)
    frame = (x0 * wide - grown, y0 * scale, x1 * wide + grown, y1 * scale)
    box = tuple(round(side * part) for side, part in zip(strip.box, (wide, scale) * 2, strict=True))
    return setting.Strip(turned, base, scanned, (box[0], box[1], box[2], box[3])), frame, angle


def _bend(rng: np.random.Generator, ink: setting.Ink, letter: float) -> setting.Ink:
    """The line slightly bowed, and its letters unevenly spaced, as on warped paper."""
    height, width = ink.shape
    x = np.arange(width, dtype=np.float32)
    waves = rng.uniform(0.3, 1.2) * math.pi / width
    down = rng.uniform(-0.16, 0.16) * letter * np.sin(x * waves + rng.uniform(0, 6))
    along = x + rng.uniform(-0.4, 0.4) * letter * np.sin(x * rng.uniform(0.5, 3) * math.pi / width)
    map_x = np.repeat(along[None].astype(np.float32), height, axis=0)
    map_y = np.arange(height, dtype=np.float32)[:, None] + down[None].astype(np.float32)
    return np.asarray(cv2.remap(ink, map_x, map_y.astype(np.float32), cv2.INTER_LINEAR), dtype=np.uint8)


def _turn_back(grey: Grey, angle: float) -> Grey:
    """The page turned upright by the reader."""
    height, width = grey.shape
    matrix = np.array([[1, 0, 0], [-angle, 1, angle * width / 2]], dtype=np.float64)
    return np.asarray(
        cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.uint8,
    )


def _frame(rng: np.random.Generator, grey: Grey, window: tuple[float, ...], text: str) -> Grey | None:
    """`window` of the page at the height of a picture, its contrast stretched."""
    height, width = grey.shape
    x0, x1 = max(round(window[0]), 0), min(round(window[2]), width)
    y0, y1 = max(round(window[1]), 0), min(round(window[3]), height)
    cut = grey[y0:y1, x0:x1]
    if min(cut.shape) < 4:
        return None
    scale = HEIGHT / cut.shape[0]
    columns = max(round(cut.shape[1] * scale), 3 * STRIDE)
    needed = STRIDE * steps_needed(text)
    if columns < needed:
        if columns * 1.3 < needed:
            return None
        columns = needed
    method = cv2.INTER_AREA if scale < 1 and rng.random() < 0.8 else cv2.INTER_LINEAR
    if scale > 1 and rng.random() < 0.5:
        method = cv2.INTER_CUBIC
    return stretched(np.asarray(cv2.resize(cut, (columns, HEIGHT), interpolation=method), dtype=np.uint8))
