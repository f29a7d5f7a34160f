"""The picture of one page, as it travels from the file to the reader."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page.

    Attributes:
        number: page number in the file, from 1.
        pixels: grey picture, shape (height, width), uint8, 0 is ink and 255 paper.
        dpi: pixels an inch.
        turned: degrees clockwise (0, 90, 180, 270) the stored page was turned by to stand upright.
        skew: degrees clockwise that were then taken out.
    """

    number: int
    pixels: Grey
    dpi: float
    turned: int = 0
    skew: float = 0.0

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])
