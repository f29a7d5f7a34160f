"""A drawn line as paper, printers, copiers and scanners leave it. Fast on small pictures.

`training.synth.degrade` does the same to whole pages; here everything is relative to the letter height in pixels,
noise is cut from textures made once, and ink is pushed around by look-up tables.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from training.lines.setting import Ink

Field = npt.NDArray[np.float32]
Grey = npt.NDArray[np.uint8]  # 0 ink, 255 paper

_LEVELS = np.arange(256, dtype=np.float32)


@lru_cache(maxsize=1)
def _textures() -> tuple[Field, ...]:
    """Unit noise of three grains, (512, 6144): pixels, clumps of two pixels, clumps of six."""
    rng = np.random.default_rng(20)
    found = []
    for sigma in (0.0, 1.0, 3.0):
        field: Field = rng.standard_normal((512, 6144), dtype=np.float32)
        if sigma:
            field = cv2.GaussianBlur(field, (0, 0), sigma).astype(np.float32)
        found.append((field - field.mean()) / field.std())
    return tuple(found)


def _grain(rng: np.random.Generator, shape: tuple[int, ...], coarse: int) -> Field:
    """Unit noise of `shape`."""
    texture = _textures()[coarse]
    height, width = min(shape[0], 512), min(shape[1], 6144)
    y = int(rng.integers(512 - height + 1))
    x = int(rng.integers(6144 - width + 1))
    cut = texture[y : y + height, x : x + width]
    if cut.shape != shape:
        cut = np.resize(cut, shape)
    return cut


def _smooth(rng: np.random.Generator, shape: tuple[int, ...], cell: float, low: float, high: float) -> Field:
    """A smooth field of `shape` between `low` and `high` that changes over `cell` pixels."""
    rows, columns = int(shape[0] / cell) + 2, int(shape[1] / cell) + 2
    coarse = rng.uniform(low, high, (rows, columns)).astype(np.float32)
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _blur(picture: npt.NDArray[np.uint8], sigma: float) -> npt.NDArray[np.uint8]:
    if sigma < 0.2:
        return picture
    return cv2.GaussianBlur(picture, (0, 0), sigma).astype(np.uint8)


def _weak_stroke(ink: Ink, among: Ink) -> float:
    """How dark the thinner strokes still are, 0 to 255: what a threshold must stay below."""
    strokes = ink[among > 110]
    if strokes.size < 8:
        return float(ink.max())
    return max(float(np.percentile(strokes[:: max(strokes.size // 2000, 1)], 30)), 20.0)


def spread(rng: np.random.Generator, ink: Ink, letter: float, eaten: float, soft: float) -> Ink:
    """Ink grown or eaten: blurred, then cut at a level relative to the weaker strokes, so thin type stays.

    Args:
        letter: pixels of a letter height.
        eaten: 0.2 grows the ink much, 0.55 leaves it, 0.95 eats it.
        soft: how gradual the new edges are, 0 to 1.
    """
    blurred = _blur(ink, letter * float(rng.uniform(0.025, 0.055)))
    middle = _weak_stroke(blurred, ink) * eaten
    slope = 255.0 / max(middle * (0.25 + 1.2 * soft), 1.0)
    table = ((_LEVELS - middle) * slope + 127.5).clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(blurred, table), dtype=np.uint8)


def _lose(rng: np.random.Generator, ink: Ink, letter: float, how_much: float) -> Ink:
    """Ink lost in patches and in grains inside the strokes, as in worn ribbons and starved toner."""
    keep = _smooth(rng, ink.shape, letter * rng.uniform(1.0, 4.0), 1 - how_much, 1.15)
    keep += _grain(rng, ink.shape, 1 if letter > 14 else 0) * (0.35 * how_much)
    return np.asarray((ink * keep.clip(0.22, 1)).clip(0, 255), dtype=np.uint8)


def _copy(rng: np.random.Generator, ink: Ink, letter: float) -> Ink:
    """One generation of a photocopier."""
    noisy = _blur(ink, letter * float(rng.uniform(0.02, 0.045))).astype(np.float32)
    noisy += _grain(rng, ink.shape, int(rng.integers(2))) * float(rng.uniform(8, 22))
    seen = noisy.clip(0, 255).astype(np.uint8)
    middle = _weak_stroke(seen, ink) * float(rng.uniform(0.4, 0.85))
    table = ((_LEVELS - middle) * rng.uniform(1.3, 3.5) + 127.5).clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(seen, table), dtype=np.uint8)


def _specks(rng: np.random.Generator, ink: Ink, letter: float, rate: float) -> None:
    """Dark and white specks."""
    count = int(rng.poisson(rate * ink.shape[1] / letter))
    for _ in range(min(count, 150)):
        at = (int(rng.integers(ink.shape[1])), int(rng.integers(ink.shape[0])))
        radius = int(rng.exponential(0.045) * letter)
        cv2.circle(ink, at, radius, 0 if rng.random() < 0.25 else float(rng.integers(90, 256)), -1)


def wear(rng: np.random.Generator, ink: Ink, letter: float, behind: Ink | None = None, heavily: float = 0.25) -> Grey:
    """Ink on clean paper as a scan of it: two fifths of the lines lightly worn, a quarter heavily.

    Args:
        ink: shape (h, w), 255 ink.
        letter: pixels of a letter height.
        behind: the ink of the page's back, for show-through.
        heavily: the share of heavily worn lines.

    Returns:
        Grey pixels of the same shape, dark ink on light paper.
    """
    draw = rng.random()
    heavy, light = draw < heavily, draw > 0.6
    ink = _press(rng, ink, letter, heavy, light)
    amount = float(rng.uniform(140, 250) if not heavy else rng.uniform(70, 240))
    paper = float(rng.uniform(max(amount + 5, 190), 256))
    page: Field = paper - ink.astype(np.float32) * (amount / 255)
    if behind is not None and behind.shape == ink.shape:
        page -= _blur(behind[:, ::-1].copy(), 0.09 * letter).astype(np.float32) * float(rng.uniform(0.04, 0.22))
    if rng.random() < (0.2 if light else 0.6):
        page += _smooth(rng, ink.shape, letter * rng.uniform(4, 14), -0.12 * amount, 0.06 * amount)
    noise = float(rng.uniform(0, 5) if light else rng.uniform(2, 14) if not heavy else rng.uniform(4, 24))
    if noise > 0.5:
        page += _grain(rng, ink.shape, int(rng.random() < 0.4)) * noise
    scan = page.clip(0, 255).astype(np.uint8)
    scan = _blur(scan, float(rng.uniform(0.2, 0.6) if light else rng.uniform(0.2, 0.95)))
    form = rng.random()
    if form < 0.24:
        return _bilevel(rng, scan, ink, letter)
    if form < 0.82:
        quality = int(rng.integers(45, 90) if light else rng.integers(25, 76))
        return _jpeg(scan, quality)
    return scan


def _press(rng: np.random.Generator, ink: Ink, letter: float, heavy: bool, light: bool) -> Ink:
    """What happens to the ink before the page is scanned."""
    if light:
        if rng.random() < 0.45:
            ink = spread(rng, ink, letter, float(rng.uniform(0.35, 0.75)), float(rng.uniform(0.3, 1)))
        if rng.random() < 0.1:
            _specks(rng, ink, letter, 0.03)
        return ink
    if rng.random() < 0.75:
        ink = spread(rng, ink, letter, float(rng.uniform(0.2, 0.95)), float(rng.uniform(0.1, 1)))
    if rng.random() < (0.75 if heavy else 0.3):
        ink = _lose(rng, ink, letter, float(rng.uniform(0.15, 0.55 if not heavy else 0.85)))
    if heavy and rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 4))):
            ink = _copy(rng, ink, letter)
    if rng.random() < 0.4:
        _specks(rng, ink, letter, 0.25 if heavy else 0.06)
    return ink


def _bilevel(rng: np.random.Generator, scan: Grey, ink: Ink, letter: float) -> Grey:
    """1 bit a pixel: cut between the paper and the weaker strokes, evenly or relative to the surroundings."""
    if rng.random() < 0.2:
        window = int(letter * rng.uniform(1.5, 4)) | 1
        paper, dark = float(np.percentile(scan[::2, ::3], 75)), float(scan.min())
        cut = (paper - dark) * float(rng.uniform(0.12, 0.3))
        return np.asarray(
            cv2.adaptiveThreshold(scan, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, max(window, 3), cut),
            dtype=np.uint8,
        )
    paper = float(np.percentile(scan[::2, ::3], 70))
    strokes = scan[ink > 110]
    dark = float(np.percentile(strokes[:: max(strokes.size // 2000, 1)], 65)) if strokes.size > 8 else float(scan.min())
    level = paper - max(paper - dark, 8.0) * float(rng.uniform(0.35, 0.8))
    return np.where(scan < level, 0, 255).astype(np.uint8)


def _jpeg(scan: Grey, quality: int) -> Grey:
    ok, data = cv2.imencode(".jpg", scan, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not ok:
        raise ValueError("the line cannot be written as JPEG")
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
