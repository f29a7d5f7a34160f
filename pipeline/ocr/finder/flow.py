"""How the lines of a page run, and the baseline of each.

A page lies warped under the scanner: one angle for all is not enough. The course that
all long lines share is fitted first, so that a short line or a lone number still gets
the right slope; then each long line may differ from it a little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.ocr.finder.components import Floats, Ints

_LONG = 15.0
"""Letter heights a line must have to say how the page is bent."""

_OWN_COURSE = 12.0
"""Letter heights a line must have to differ from the page's course by more than its place."""

_ROUNDS = 4
"""Of reweighting: letters with tails (ฐ ญ ฤ, or ุ grown onto one) stand below the baseline and drop out."""

_SETTLED = 0.002
"""Letter heights by which a line's course may still move once it is taken as found."""

_LOOSE = 0.2
"""Letter heights a letter may stand off its line before it counts for nothing."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The course of the page's lines: y = place + rise(x, place).

    Attributes:
        size: width and height of the page in pixels.
        weights: of the terms of `_terms`, pixels.
    """

    size: tuple[int, int]
    weights: Floats

    def rise(self, x: Floats, y: Floats | float) -> Floats:
        """How far a line near `y` has moved at `x` from where it crosses the middle of the page."""
        u, v = x / self.size[0] - 0.5, y / self.size[1] - 0.5
        a, b, c, d, e = self.weights
        return np.asarray(u * (a + d * v + u * (b + e * v + u * c)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baseline of one line.

    Attributes:
        place: where it crosses the middle of the page by the page's course.
        own: polynomial in (x - centre) / reach that is added, highest power first.
    """

    flow: Flow
    place: float
    centre: float
    reach: float
    own: Floats

    def at(self, x: npt.ArrayLike) -> Floats:
        """y of the baseline at `x`."""
        where = np.atleast_1d(np.asarray(x, dtype=np.float64))
        course = self.place + self.flow.rise(where, self.place)
        if len(self.own) == 1:
            return np.asarray(course + self.own[0], dtype=np.float64)
        # Beyond its letters a line goes on straight: a parabola would fly off.
        t = np.clip((where - self.centre) / self.reach, -1.0, 1.0)
        return np.asarray(course + np.polyval(self.own, t), dtype=np.float64)


def _terms(x: Floats, y: Floats | float, size: tuple[int, int]) -> Floats:
    u = x / size[0] - 0.5
    v = np.broadcast_to(np.asarray(y, dtype=np.float64) / size[1] - 0.5, u.shape)
    return np.stack([u, u**2, u**3, u * v, u**2 * v], axis=-1)


def flow_of(x: Floats, bottom: Floats, chain: Ints, size: tuple[int, int], letter: float) -> Flow:
    """The course of the lines of a page.

    Args:
        x: middles of the letters.
        bottom: their lower edges.
        chain: which line each belongs to, from 0.
        size: width and height of the page.
        letter: letter height; all in pixels.
    """
    still = Flow(size, np.zeros(5))
    if not len(x):
        return still
    count = int(chain.max()) + 1
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, chain, x)
    np.maximum.at(last, chain, x)
    long = (last - first)[chain] > _LONG * letter
    if long.sum() < 20:
        return still
    _, line = np.unique(chain[long], return_inverse=True)
    middle = np.array([np.median(bottom[long][line == index]) for index in range(line.max() + 1)])
    terms, y = _terms(x[long], middle[line], size), bottom[long]
    weight = np.ones(len(y))
    weights = np.zeros(5)
    for step in range(_ROUNDS):
        total = np.maximum(np.bincount(line, weight), 1e-9)
        means = np.stack([np.bincount(line, weight * column) / total for column in terms.T], axis=1)
        height = np.bincount(line, weight * y) / total
        a = (terms - means[line]) * weight[:, None]
        # Little text must not bend the page: each term is held back as by a few letters.
        weights = _solved(a.T @ (terms - means[line]) + np.diag([0.01, 0.1, 0.2, 0.3, 0.3]), a.T @ (y - height[line]))
        off = y - terms @ weights
        place = np.array([np.median(off[line == index]) for index in range(line.max() + 1)])
        loose = _LOOSE * letter * (2.0 if step == 0 else 1.0)
        weight = np.clip(1 - ((off - place[line]) / loose) ** 2, 0, None) ** 2
    return Flow(size, weights)


def _solved(a: Floats, b: Floats) -> Floats:
    return np.asarray(np.linalg.solve(a, b), dtype=np.float64)


def baseline_of(x: Floats, bottom: Floats, trust: Floats, flow: Flow, letter: float) -> Baseline:
    """The baseline of one line.

    Args:
        x: middles of its letters, at least one.
        bottom: their lower edges.
        trust: weight of each.
    """
    place = float(np.median(bottom))
    for _ in range(2):  # the rise hardly changes with the place
        off = bottom - flow.rise(x, place)
        place = _weighted_median(off, trust)
    centre, reach = float((x.min() + x.max()) / 2), max(float(x.max() - x.min()) / 2, letter)
    width = 2 * reach
    degree = 0 if width < _OWN_COURSE * letter or len(x) < 8 else 1 if width < 2 * _OWN_COURSE * letter else 2
    rest = off - place
    powers = np.vander((x - centre) / reach, degree + 1)
    held = np.diag([0.3 * trust.sum() * 0.1] * degree + [1e-9])
    own: Floats = np.zeros(degree + 1)
    for step in range(_ROUNDS):
        loose = _LOOSE * letter * (2.0 if step == 0 else 1.0)
        weight = trust * np.maximum(1 - ((rest - powers @ own) / loose) ** 2, 0) ** 2
        if np.count_nonzero(weight) <= 2 * degree:
            break
        weighted = (powers * weight[:, None]).T
        before, own = own, _solved(weighted @ powers + held, weighted @ rest)
        if step and np.abs(own - before).max() < _SETTLED * letter:
            break
    return Baseline(flow, place, centre, reach, own)


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values, kind="stable")
    heap = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(heap, heap[-1] / 2)])
